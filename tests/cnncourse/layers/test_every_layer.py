"""Every exported layer, on the backend of KERAS_BACKEND, in every configuration of its cases."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import re
import shutil

import keras
import numpy as np
import pytest
from keras.src.testing import TestCase

from cnncourse import layers
from tests.cnncourse.layers import (
    activations_cases,
    blocks_cases,
    convolutions_cases,
    pools_cases,
)
from tests.cnncourse.layers.cases import DTYPES, Case, channels_first_shape, mapped
from tests.cnncourse.layers.gradients import gradients

BACKEND = keras.backend.backend()
CASES = (
    *convolutions_cases.CASES,
    *pools_cases.CASES,
    *activations_cases.CASES,
    *blocks_cases.CASES,
)
FIRST = tuple({case.layer: case for case in reversed(CASES)}.values())
FORMATTED = tuple(case for case in CASES if "data_format" in case.make().get_config())
REFUSED = [(case, changed, words) for case in CASES for changed, words in case.refused]

every_case = pytest.mark.parametrize("case", CASES, ids=str)


def numbers(outputs):
    """What a layer returned, as a NumPy array."""
    return keras.ops.convert_to_numpy(outputs)


def close(outputs, other):
    """The same numbers, but for the order in which sums are added up."""
    scale = np.max(np.abs(other))
    np.testing.assert_allclose(outputs, other, rtol=0, atol=1e-5 * scale)


def channels_first(x):
    return np.moveaxis(x, -1, 1)


def unknown(shape, case):
    """The shape as it is given for inputs of any size, as far as the layer can do with them."""
    return (None, *shape[1:]) if case.positional else (None, *(None for _ in shape[2:]), shape[-1])


def test_every_layer_that_is_exported_has_a_case():
    tested = {case.layer.__name__ for case in CASES}
    assert tested == set(layers.__all__)


# Keras's test fits a model to a generator, and a layer without weights does too.
@pytest.mark.filterwarnings("ignore:`shuffle=True` was passed:UserWarning")
@pytest.mark.filterwarnings("ignore:The model does not have any trainable weights:UserWarning")
@pytest.mark.parametrize("case", FIRST, ids=str)
def test_it_passes_the_test_that_keras_gives_its_own_layers(case: Case):
    several = isinstance(case.input_shape, list)
    shapes = tuple(case.input_shape) if several else case.input_shape  # as Keras has them
    test_case = TestCase()
    test_case.setUp()
    try:
        test_case.run_layer_test(
            case.layer,
            case.config,
            input_shape=shapes,
            expected_output_shape=case.output_shape,
        )
    finally:
        test_case.doCleanups()


@every_case
@pytest.mark.parametrize("dtype", DTYPES)
def test_it_agrees_with_the_oracle_within_the_bound(case: Case, dtype: str):
    layer, inputs = case.built(dtype=dtype), case.inputs()
    outputs = numbers(layer(mapped(lambda x: x.astype(dtype), inputs), training=case.training))
    expected = case.expected(case.built(), inputs)
    assert outputs.dtype == dtype
    assert outputs.shape == np.shape(expected.value) == case.output_shape
    excess = np.abs(outputs - expected.value) - case.allowed(expected, dtype)
    assert np.max(excess) <= 0


@every_case
def test_symbolic_and_eager_shapes_are_the_same(case: Case):
    inputs = mapped(lambda shape: keras.Input(batch_shape=shape), case.input_shape)
    assert case.make()(inputs).shape == case.output_shape
    shape = case.make().compute_output_shape(case.input_shape)
    assert tuple(shape) == case.output_shape


@every_case
def test_unknown_sizes_give_the_same_numbers(case: Case):
    layer, x = case.built(), case.inputs()
    shapes = mapped(lambda shape: unknown(shape, case), case.input_shape)
    inputs = mapped(lambda shape: keras.Input(batch_shape=shape), shapes)
    model = keras.Model(inputs, layer(inputs))
    known = zip(model.output.shape, case.output_shape, strict=True)
    assert all(size in (None, wanted) for size, wanted in known)
    assert model.output.shape[0] is None
    call = model
    if BACKEND == "tensorflow":  # the only backend that computes with unknown sizes
        import tensorflow as tf

        signature = mapped(lambda shape: tf.TensorSpec(shape, "float32"), shapes)
        call = tf.function(model, input_signature=[signature])
    close(numbers(call(x)), numbers(layer(x)))


@every_case
def test_a_saved_model_comes_back_with_the_same_numbers(case: Case, tmp_path):
    inputs = mapped(lambda shape: keras.Input(shape[1:]), case.input_shape)
    layer = case.built(name="tested")
    model, x = keras.Model(inputs, layer(inputs)), case.inputs()
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert type(loaded.get_layer("tested")) is case.layer
    np.testing.assert_array_equal(numbers(loaded(x)), numbers(model(x)))
    shutil.rmtree(tmp_path)


@pytest.mark.parametrize("case", FORMATTED, ids=str)
def test_channels_first_gives_the_same_numbers(case: Case):
    first = case.built(data_format="channels_first")
    shape = case.output_shape
    shape = channels_first_shape(shape) if len(shape) > 2 else shape
    input_shape = mapped(channels_first_shape, case.input_shape)
    assert tuple(first.compute_output_shape(input_shape)) == shape
    if BACKEND == "tensorflow" and not case.channels_first:
        return
    outputs = numbers(first(mapped(channels_first, case.inputs()), training=case.training))
    assert outputs.shape == shape
    last = numbers(case.built()(case.inputs(), training=case.training))
    close(np.moveaxis(outputs, 1, -1), last) if last.ndim > 2 else close(outputs, last)


@every_case
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_mixed_precision_computes_in_half_and_keeps_single(case: Case, dtype: str):
    layer, inputs = case.built(dtype=f"mixed_{dtype}"), case.inputs()
    outputs = layer(inputs, training=case.training)
    assert keras.backend.standardize_dtype(outputs.dtype) == dtype
    assert {weight.dtype for weight in layer.weights} <= {"float32"}
    expected = case.expected(case.built(), inputs)
    errors = np.abs(numbers(keras.ops.cast(outputs, "float32")) - expected.value)
    assert np.max(errors - case.allowed(expected, dtype)) <= 0


@every_case
def test_gradients_are_finite_and_reach_every_weight(case: Case):
    layer, inputs = case.built(), case.inputs()
    upstream = np.random.default_rng(3).standard_normal(case.output_shape).astype("float32")
    for gradient in gradients(layer, inputs, upstream, case.training):
        assert gradient is not None
        assert np.all(np.isfinite(gradient))
        assert np.any(gradient)


@pytest.mark.parametrize(("case", "changed", "words"), REFUSED, ids=str)
def test_what_cannot_be_is_refused(case: Case, changed, words: str):
    config = changed if isinstance(changed, dict) else {}
    shape = case.input_shape if isinstance(changed, dict) else changed
    with pytest.raises(ValueError, match=re.escape(words)):
        case.make(**config).build(shape)
