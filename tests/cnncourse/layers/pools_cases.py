"""Pools."""

from tests.cnncourse.layers.cases import Case

CASES: tuple[Case, ...] = ()
