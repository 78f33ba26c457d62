"""Our layers in all their cases: what they see against what they answer to, blocks as graphs."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import pytest

from cnncourse import layers, profile_model
from cnncourse.layers.block import Block
from tests.cnncourse.layers import blocks_cases, convolutions_cases, pools_cases
from tests.cnncourse.layers.cases import channels_first_shape
from tests.cnncourse.tables.profile.impulses import check


def named(cases, marks=lambda _: ()):
    return [
        pytest.param(case, id=f"{case.layer.__name__}-{case.config}", marks=marks(case))
        for case in cases
    ]


def inputs_of(case, laid_out=lambda shape: shape):
    shapes = case.input_shape if isinstance(case.input_shape, list) else [case.input_shape]
    shapes = map(laid_out, shapes)
    inputs = [keras.Input(shape[1:]) for shape in shapes]
    return inputs if len(inputs) > 1 else inputs[0]


def answers_with_what_it_sees(case):
    """A gate sees more than an impulse opens; a kernel below the strides leaves outputs empty."""
    gated = case.layer is layers.SqueezeExcite or "squeeze" in case.config
    empty = case.layer is layers.GroupConv2DTranspose and case.config.get("strides") == (3, 2)
    return not (gated and case.layer is not layers.Fire) and not empty


def has_one_image(case):
    return not isinstance(case.input_shape, list)


CASES = [*convolutions_cases.CASES, *pools_cases.CASES, *blocks_cases.CASES]
WITH_ONE_IMAGE = [case for case in CASES if has_one_image(case) and answers_with_what_it_sees(case)]
ONE_OF_EACH = {case.layer: case for case in reversed(WITH_ONE_IMAGE)}
BLOCKS = [case for case in blocks_cases.CASES if issubclass(case.layer, Block)]


def slow_but_one(case):
    """JAX compiles each case, so that every backend is shown one of each layer, and one all."""
    return () if case is ONE_OF_EACH[case.layer] else pytest.mark.slow


@pytest.mark.parametrize("case", named(WITH_ONE_IMAGE, slow_but_one))
def test_a_layer_sees_what_it_answers_to(case):
    inputs = inputs_of(case)
    check(keras.Model(inputs, case.layer(**case.config)(inputs)))


@pytest.mark.parametrize("case", named(BLOCKS))
def test_a_block_costs_and_sees_as_much_as_its_layers(case):
    inputs = inputs_of(case)
    boxed = profile_model(keras.Model(inputs, case.layer(**case.config)(inputs)))
    inlined = profile_model(keras.Model(inputs, case.layer(**case.config).compose(inputs)))
    assert (boxed.macs, boxed.memory) == (inlined.macs, inlined.memory)
    assert boxed.totals == inlined.totals
    if has_one_image(case):
        assert boxed.rows[-1].sights == inlined.rows[-1].sights


def of_an_image(case):
    return "data_format" in case.layer(**case.config).get_config()


@pytest.mark.parametrize("case", named(filter(of_an_image, CASES)))
def test_a_layer_costs_and_sees_as_much_with_channels_first(case):
    def profile(inputs, data_format):
        layer = case.layer(**case.config, data_format=data_format)
        return profile_model(keras.Model(inputs, layer(inputs)))

    with keras.StatelessScope(initialize_variables=False):
        last = profile(inputs_of(case), "channels_last")
        first = profile(inputs_of(case, channels_first_shape), "channels_first")
    assert (first.macs, first.memory) == (last.macs, last.memory)
    if has_one_image(case):
        assert first.rows[-1].cells[5:] == last.rows[-1].cells[5:]


def test_a_unet_level_that_is_carried_across_is_seen_as_the_gradient_says():
    inputs = keras.Input((32, 28, 1))
    across = layers.UNetEncoder(2, pool=False)(inputs)
    below = layers.UNetEncoder(2)(across)
    check(keras.Model(inputs, layers.UNetDecoder(2)([below, across])))


def test_what_a_gate_opens_depends_on_the_whole_image():
    inputs = keras.Input((9, 9, 4))
    profile = profile_model(keras.Model(inputs, layers.SqueezeExcite(2)(inputs)))
    assert profile.rows[-1].cells[5:] == ("all", "–", "–")
    assert profile.macs == 4 * 2 + 2 * 4
