"""Which layers the profile knows: all that the lectures name."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import pytest

from cnncourse import layers
from cnncourse.layers import crop_like
from cnncourse.layers.block import Block
from cnncourse.tables.profile.kinds import KINDS, OF_CLASS, kind_of

LECTURES = """
Conv1D Conv2D Conv3D DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D Conv1DTranspose
Conv2DTranspose Conv3DTranspose MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D
AveragePooling2D AveragePooling3D GlobalAveragePooling1D GlobalAveragePooling2D
GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D UpSampling1D
UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D Cropping3D
BatchNormalization Dropout SpatialDropout2D Flatten Reshape Dense Activation Softmax ReLU LeakyReLU
PReLU ELU Add Multiply Average Maximum Concatenate Rescaling
"""


@pytest.mark.parametrize("name", LECTURES.split())
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
