"""A block is the same as a layer and in the graph of the caller."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import shutil

import keras
import numpy as np
import pytest

from cnncourse import layers
from cnncourse.layers.block import Block
from tests.cnncourse.layers.blocks_cases import CASES
from tests.cnncourse.layers.cases import Case, mapped

# The last case of each: the one with most options.
BLOCKS = tuple({case.layer: case for case in CASES if issubclass(case.layer, Block)}.values())

every_block = pytest.mark.parametrize("case", BLOCKS, ids=str)


def symbolic(case: Case):
    return mapped(lambda shape: keras.Input(shape[1:]), case.input_shape)


def inlined(case: Case, block: Block) -> keras.Model:
    """A model of the block's layers."""
    inputs = symbolic(case)
    return keras.Model(inputs, block.compose(inputs))


@every_block
def test_composed_it_gives_the_same_numbers_and_reloads_without_custom_objects(
    case: Case, tmp_path
):
    block, x = case.built(name="stage2_block1"), case.inputs()
    model = inlined(case, block)
    model.set_weights(block.get_weights())
    outputs = keras.ops.convert_to_numpy(model(x))
    np.testing.assert_array_equal(outputs, keras.ops.convert_to_numpy(block(x)))
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(keras.ops.convert_to_numpy(loaded(x)), outputs)
    shutil.rmtree(tmp_path)


@every_block
def test_all_of_its_layers_bear_its_name_and_options(case: Case):
    block = case.make(name="stage2_block1", dtype="mixed_float16", trainable=False)
    model = inlined(case, block)
    parts = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    assert len(parts) > 1
    assert all(layer.name.startswith("stage2_block1_") for layer in parts)
    assert not any(isinstance(layer, Block) for layer in parts)
    assert {layer.dtype_policy.name for layer in parts} == {"mixed_float16"}
    assert not model.trainable_weights


def test_names_are_those_of_keras_applications():
    inputs = keras.Input((8, 8, 16))
    block = layers.BottleneckResidual(4, strides=2, name="conv2_block1")
    model = keras.Model(inputs, block.compose(inputs))
    steps = {f"{step}_{kind}" for step in "0123" for kind in ("conv", "bn")}
    roles = {*steps, "1_relu", "2_relu", "add", "out"}
    assert {layer.name for layer in model.layers[1:]} == {f"conv2_block1_{one}" for one in roles}


def test_training_reaches_the_moving_statistics_in_both():
    case = next(case for case in BLOCKS if case.layer is layers.DepthwiseSeparable)
    block = case.built(name="block")
    model = inlined(case, block)
    model.set_weights(block.get_weights())
    before = [weight.numpy() for weight in block.non_trainable_weights]
    block(case.inputs(), training=True)
    model(case.inputs(), training=True)
    after = [weight.numpy() for weight in block.non_trainable_weights]
    assert all(np.any(old != new) for old, new in zip(before, after, strict=True))
    for new, other in zip(after, model.non_trainable_weights, strict=True):
        np.testing.assert_allclose(new, other.numpy(), rtol=1e-6)


def test_a_frozen_block_thaws():
    block = layers.Fire(2, 4, trainable=False)
    block.build((None, 8, 8, 3))
    assert not block.trainable_weights
    block.trainable = True
    assert len(block.trainable_weights) == 6


def test_kernels_are_drawn_as_he_and_others_say():
    block = layers.UNetEncoder(64, pool=False)
    block.build((None, None, None, 64))
    kernel = block.weights[0]
    assert kernel.shape == (3, 3, 64, 64)
    assert np.std(kernel.numpy()) == pytest.approx(np.sqrt(2 / (9 * 64)), rel=0.02)
