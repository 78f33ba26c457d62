"""What an assignment is tried on."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec

from autograder.distributions import BACKENDS, closure, distribution_of


def backends(packages: Sequence[str]) -> tuple[str, ...]:
    """Every backend that an assignment allows and that is installed; its mutants meet the first."""
    allowed = closure(packages)
    named = [one for one in BACKENDS if distribution_of(one) in allowed]
    if "keras" not in allowed:
        return tuple(named[:1]) or ("numpy",)
    return tuple(one for one in named or BACKENDS if find_spec(one))


@contextmanager
def computing_with(backend: str) -> Iterator[None]:
    """Have the next warm parent compute with a backend."""
    before = os.environ.get("KERAS_BACKEND")
    if backend in BACKENDS:
        os.environ["KERAS_BACKEND"] = backend
    try:
        yield
    finally:
        os.environ.pop("KERAS_BACKEND", None)
        if before is not None:
            os.environ["KERAS_BACKEND"] = before
