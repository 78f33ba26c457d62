"""The lectures' rows, the refusals, and agreement with Keras, the reference and brute force.

A row is one of the lectures' worked examples, by its number in the project's list.
"""

import math
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnncourse.arithmetic import (
    Cost,
    Window,
    activation_bytes,
    batch_norm_params,
    conv_macs,
    conv_params,
    conv_passes,
    covered_size,
    dense_macs,
    dense_params,
    dense_passes,
    depthwise_macs,
    depthwise_params,
    local_params,
    output_size,
    receptive_fields,
    size_preserving_padding,
    total_same_padding,
    transposed_macs,
    transposed_size,
)
from cnncourse.reference import correlate1d

small = st.integers(1, 5)


def test_row_13_seven_under_a_kernel_of_three():
    assert output_size(7, 3, strides=1, strict=True) == 5
    assert output_size(7, 3, strides=2, strict=True) == 3
    with pytest.raises(ValueError, match=r"\(7 - 3\) / 3 \+ 1 = 2.33 is no whole number"):
        output_size(7, 3, strides=3, strict=True)
    assert output_size(7, 3, strides=3) == 2


def test_row_14_ten_filters_of_five_on_a_padded_image_of_32():
    assert output_size(32, 5, padding=2, strict=True) == 32
    assert conv_params((5, 5), 3, 10) == 760


def test_row_15_one_output_of_a_5x5x3_filter_sums_75_products():
    assert output_size(32, 5, padding="valid") == 28
    assert conv_macs((1, 1), (5, 5), 3, 1) == 75
    assert conv_passes((32, 32), (5, 5), 3, 6).forward.numbers == 28 * 28 * 6


def test_row_16_a_hundred_units_on_200x200_need_4_million_weights_or_900():
    assert dense_params(200 * 200, 1, use_bias=False) == 4 * 10**4
    assert dense_params(200 * 200, 100, use_bias=False) == 4_000_000
    assert local_params((10, 10), (3, 3), 1, 1, use_bias=False) == 900  # each on a patch of its own
    assert conv_params((3, 3), 1, 100, use_bias=False) == 900  # each slid over the whole image


def test_row_17_a_28x28_image_into_800_units_is_a_784x800_matrix():
    assert dense_macs(28 * 28, 800) == 784 * 800


def test_row_18_the_layers_of_the_keras_mnist_cnn():
    counts = [conv_params((3, 3), 1, 32), conv_params((3, 3), 32, 64)]
    counts += [dense_params(12 * 12 * 64, 128), dense_params(128, 10)]
    assert counts == [320, 18496, 1179776, 1290]
    assert sum(counts) == 1_199_882


def test_row_19_eight_convolutions_on_256():
    sizes, totals = [256], []
    layers = [Window(3, strides, "same") for strides in (1, 2, 1, 1, 2, 1, 1, 2)]
    for layer in layers:
        totals.append(total_same_padding(sizes[-1], 3, strides=layer.strides))
        sizes.append(layer.positions(sizes[-1]))
    assert sizes[1:] == [256, 128, 128, 128, 64, 64, 64, 32]
    assert totals == [2, 1, 2, 2, 1, 2, 2, 1]
    fields = receptive_fields(layers, 256)
    assert [field.size for field in fields] == [3, 5, 9, 13, 17, 25, 33, 41]
    assert [field.jump for field in fields] == [1, 2, 2, 2, 4, 4, 4, 8]


def test_row_20_pooling_widens_the_field_by_its_size_less_one():
    fields = receptive_fields([Window(3), Window(2, strides=2)])
    assert [field.size for field in fields] == [3, 4]
    for k, pool in ((3, 2), (5, 3), (7, 4)):
        assert receptive_fields([Window(k), Window(pool, pool)])[-1].size == pool + k - 1


def test_row_21_a_dilated_kernel_covers_more_at_the_same_cost():
    assert covered_size(3, dilation_rate=2) == 5
    assert receptive_fields([Window(3, dilation_rate=2)])[0].size == 5
    dilated = conv_passes((9, 9), (3, 3), 2, 4, padding="same", dilation_rate=2)
    assert dilated == conv_passes((9, 9), (3, 3), 2, 4, padding="same")


def test_row_22_features_are_aggregated():
    convolved = conv_passes((64, 64), (3, 3), 16, 32, padding="same")
    assert convolved.forward.numbers == 64 * 64 * 32
    assert output_size(64, 2, strides=2, strict=True) == 32


def test_row_23_standard_depthwise_and_pointwise_multiplications():
    standard, pointwise = conv_macs((14, 15), (3, 3), 8, 16), conv_macs((14, 15), (1, 1), 8, 16)
    assert standard == 3 * 3 * 14 * 15 * 8 * 16 == 9 * pointwise
    assert depthwise_macs((14, 15), (3, 3), 8) == 3 * 3 * 14 * 15 * 8
    assert depthwise_params((3, 3), 8) == 3 * 3 * 8 + 8


def test_row_24_a_padded_image_of_five_and_stride_two():
    assert output_size(5, 3, strides=2, padding=1, strict=True) == 3


@pytest.mark.parametrize(("kernel_size", "padding"), [(3, 1), (5, 2), (7, 3)])
def test_row_25_the_padding_that_preserves_the_size(kernel_size, padding):
    assert size_preserving_padding(kernel_size) == padding
    assert output_size(7, kernel_size, padding=padding) == 7


@given(st.integers(1, 40), small, small, st.integers(0, 3))
def test_row_26_the_general_size(size, k, strides, padding):
    assume(k <= size + 2 * padding)
    expected = math.floor((size + 2 * padding - k) / strides + 1)
    assert output_size(size, k, strides=strides, padding=padding) == expected


def test_row_30_forward_and_backward_in_time_and_space():
    x, y, z, a, b, m, n = 12, 15, 4, 3, 5, 3, 5  # input, kernel, and strides that divide the input
    passes = conv_passes((x, y), (a, b), z, 1, strides=(m, n), padding="same")
    assert passes.forward == Cost(a * b * z * (x // m) * (y // n), (x // m) * (y // n))
    assert passes.weight_gradient == Cost(passes.forward.macs, a * b * z)
    assert passes.input_gradient == Cost(passes.forward.macs, x * y * z)


@given(
    st.integers(1, 4), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.integers(1, 2)
)
def test_each_gradient_takes_as_many_products_as_the_forward_pass(width, k, channels, filters, s):
    assume(k <= width)
    products = [  # (input, weight) of each output
        ((o * s + tap, c), (tap, c, f))
        for o in range((width - k) // s + 1)
        for tap in range(k)
        for c in range(channels)
        for f in range(filters)
    ]
    passes = conv_passes((width,), (k,), channels, filters, strides=s)
    assert passes.forward.macs == len(products)
    assert passes.weight_gradient == Cost(len(products), len({w for _, w in products}))
    assert passes.input_gradient.numbers == width * channels


def test_a_dense_layer_passes_as_a_convolution_with_one_position():
    assert dense_passes(7 * 7 * 4, 9) == conv_passes((7, 7), (7, 7), 4, 9)


def test_unshared_weights_cost_memory_and_no_time():
    assert local_params((26, 26), (3, 3), 3, 8) == 26 * 26 * conv_params((3, 3), 3, 8)


def test_an_activation_takes_four_bytes_in_float32():
    assert activation_bytes((224, 224, 64)) == 12_845_056
    assert activation_bytes((224, 224, 64), item_size=2) == 6_422_528


@given(st.integers(1, 12), small, small, st.integers(0, 2), small)
def test_the_reference_has_as_many_outputs(length, k, strides, padding, dilation_rate):
    assume(covered_size(k, dilation_rate=dilation_rate) <= length + 2 * padding)
    options = {"strides": strides, "padding": padding, "dilation_rate": dilation_rate}
    assert output_size(length, k, **options) == len(
        correlate1d(np.ones(length), np.ones(k), **options)
    )


@given(st.integers(1, 12), small, small, small)
def test_same_padding_makes_the_size_of_same(length, k, strides, dilation_rate):
    total = total_same_padding(length, k, strides=strides, dilation_rate=dilation_rate)
    size = output_size(length, k, strides=strides, padding="same", dilation_rate=dilation_rate)
    assert size == output_size(length + total, k, strides=strides, dilation_rate=dilation_rate)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [1, 2, 3])
def test_keras_makes_the_same_sizes_and_parameters(padding, strides):
    layer = keras.layers.Conv2D(6, (3, 2), strides, padding, groups=2)
    layer.build((None, 11, 12, 4))
    options = {"strides": strides, "padding": padding}
    sizes = (output_size(11, 3, **options), output_size(12, 2, **options))
    assert layer.compute_output_shape((None, 11, 12, 4)) == (None, *sizes, 6)
    assert layer.count_params() == conv_params((3, 2), 4, 6, groups=2)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("k", "strides"), [(2, 3), (3, 2), (4, 2), (3, 1)])
def test_keras_makes_the_same_transposed_sizes_and_parameters(padding, k, strides):
    layer = keras.layers.Conv1DTranspose(6, k, strides, padding)
    layer.build((None, 11, 4))
    size = transposed_size(11, k, strides=strides, padding=padding)
    assert tuple(layer.compute_output_shape((None, 11, 4))) == (None, size, 6)
    assert layer.count_params() == conv_params((k,), 4, 6)
    assert transposed_macs((11,), (k,), 4, 6) == 11 * k * 4 * 6


@given(st.integers(1, 9), small, small, st.integers(0, 2), st.integers(0, 2), st.integers(1, 3))
def test_a_transposed_convolution_goes_back_to_the_size_it_came_from(size, k, s, p, rest, d):
    covered = covered_size(k, dilation_rate=d)
    back = transposed_size(size, k, strides=s, padding=0, output_padding=rest, dilation_rate=d)
    assume(rest < s and back > 2 * p)
    back = transposed_size(size, k, strides=s, padding=p, output_padding=rest, dilation_rate=d)
    assume(covered <= back + 2 * p)
    assert output_size(back, k, strides=s, padding=p, dilation_rate=d) == size


def test_keras_makes_the_same_parameters_of_depthwise_and_batch_norm():
    depthwise = keras.layers.DepthwiseConv2D((3, 2), depth_multiplier=2)
    depthwise.build((None, 8, 8, 5))
    assert depthwise.count_params() == depthwise_params((3, 2), 5, depth_multiplier=2)
    normalization = keras.layers.BatchNormalization()
    normalization.build((None, 8, 8, 5))
    assert normalization.count_params() == batch_norm_params(5)


REFUSALS = {
    "a kernel larger than the input": (lambda: output_size(3, 5), "covers 5 of 3; use a smaller"),
    "no stride": (lambda: output_size(7, 3, strides=0), "strides is 0; it must be at least 1"),
    "a negative padding": (lambda: output_size(7, 3, padding=-1), "padding is -1"),
    "an unknown padding": (lambda: output_size(7, 3, padding="full"), 'padding is "full"'),
    "an even kernel": (lambda: size_preserving_padding(4), "covers 4; it must be odd"),
    "groups that divide nothing": (
        lambda: conv_params((3, 3), 4, 6, groups=4),
        "in_channels is 4, filters 6, groups 4; choose groups",
    ),
    "no units": (lambda: dense_params(10, 0), "units is 0"),
    "a padding that drops everything": (
        lambda: transposed_size(1, 3, padding=2),
        "padding is 2; it leaves -1 of the outputs",
    ),
    "an input size that is needed": (
        lambda: receptive_fields([Window(3, 2, "same")]),
        "give the input_size it depends on",
    ),
}


@pytest.mark.parametrize(("call", "complaint"), REFUSALS.values(), ids=REFUSALS)
def test_it_refuses(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
