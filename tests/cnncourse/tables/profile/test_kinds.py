"""Which layers the profile knows: all that the lectures name."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import re
from pathlib import Path

import keras
import pytest

from cnncourse import layers
from cnncourse.layers import crop_like
from cnncourse.layers.block import Block
from cnncourse.tables.profile.kinds import KINDS, OF_CLASS, kind_of

PAGE = (Path(__file__).parents[4] / "docs" / "layers.md").read_text(encoding="utf-8")
LECTURES = sorted(set(re.findall(r"`keras\.layers\.(\w+)`", PAGE)))


@pytest.mark.parametrize("name", LECTURES)
def test_the_lectures_layers_are_known(name):
    assert getattr(keras.layers, name) in OF_CLASS


@pytest.mark.parametrize("name", layers.__all__)
def test_our_layers_are_known_or_made_of_what_is(name):
    ours = getattr(layers, name)
    assert ours in OF_CLASS or issubclass(ours, Block)


def test_every_name_in_the_table_is_a_layers():
    names = [name for several in KINDS.values() for name in several.split()]
    assert len(names) == len(set(names))
    modules = (keras.layers, layers, crop_like)
    assert [name for name in names if not any(hasattr(module, name) for module in modules)] == []


def test_a_subclass_is_its_parents_kind_unless_its_call_is_its_own():
    class Named(keras.layers.Conv2D):
        pass

    class Other(keras.layers.Conv2D):
        def call(self, inputs):
            return inputs

    assert kind_of(Named(1, 1)) == kind_of(keras.layers.Conv2D(1, 1))
    assert kind_of(Other(1, 1)) is None
