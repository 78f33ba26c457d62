"""docs/layers.md: every row leads somewhere, and every layer of ours stands in one."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import importlib
import re
from pathlib import Path

import pytest

from cnncourse import layers, reference
from cnncourse.layers import validation

PAGE = (Path(__file__).parents[3] / "docs" / "layers.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| ---", "| in the lectures"))
]


def named(cell):
    return re.findall(r"`([\w.]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_a_row_names_is_there(row):
    _, layer, functions, _ = row
    assert named(layer)
    for name in named(layer):
        module, attribute = name.rsplit(".", 1)
        assert callable(getattr(importlib.import_module(module), attribute))
    for name in named(functions):
        assert name in reference.__all__


def test_every_layer_of_ours_is_in_the_table():
    rows = {name.rpartition(".")[2] for row in ROWS for name in named(row[1])}
    assert set(layers.__all__) <= rows


def test_the_refusal_is_the_one_that_the_page_quotes():
    quoted = re.search(r"`(filters is 5[^`]*)`", PAGE).group(1)
    with pytest.raises(ValueError, match=re.escape(quoted)):
        validation.require_multiple("filters", 5, "groups", 2)
