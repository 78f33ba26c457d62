"""The lectures' sizes and counts, the refusals, and agreement with Keras and the reference."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnncourse.arithmetic import (
    conv_macs,
    conv_params,
    covered_size,
    dense_macs,
    dense_params,
    output_size,
    size_preserving_padding,
    total_same_padding,
)
from cnncourse.reference import correlate1d

small = st.integers(1, 5)


@pytest.mark.parametrize(("strides", "size"), [(1, 5), (2, 3)])
def test_seven_under_a_kernel_of_three(strides, size):
    assert output_size(7, 3, strides=strides, strict=True) == size


def test_seven_under_a_kernel_of_three_and_stride_three_does_not_fit():
    with pytest.raises(ValueError, match=r"\(7 - 3\) / 3 \+ 1 = 2.33 is no whole number"):
        output_size(7, 3, strides=3, strict=True)
    assert output_size(7, 3, strides=3) == 2


def test_ten_filters_of_five_on_a_padded_image_of_32():
    assert output_size(32, 5, padding=2, strict=True) == 32
    assert conv_params((5, 5), 3, 10) == 760


def test_one_output_of_a_5x5x3_filter_sums_75_products():
    assert output_size(32, 5, padding="valid") == 28
    assert conv_macs((1, 1), (5, 5), 3, 1) == 75


def test_a_hundred_units_on_200x200_need_4_million_weights_or_900():
    assert dense_params(200 * 200, 100, use_bias=False) == 4_000_000
    assert conv_params((3, 3), 1, 100, use_bias=False) == 900


def test_a_28x28_image_into_800_units_is_a_784x800_matrix():
    assert dense_macs(28 * 28, 800) == 784 * 800


def test_the_layers_of_the_keras_mnist_cnn():
    counts = [conv_params((3, 3), 1, 32), conv_params((3, 3), 32, 64)]
    counts += [dense_params(12 * 12 * 64, 128), dense_params(128, 10)]
    assert counts == [320, 18496, 1179776, 1290]
    assert sum(counts) == 1_199_882


def test_a_pointwise_convolution_costs_a_ninth_of_a_3x3():
    standard, pointwise = conv_macs((14, 15), (3, 3), 8, 16), conv_macs((14, 15), (1, 1), 8, 16)
    assert standard == 3 * 3 * 14 * 15 * 8 * 16 == 9 * pointwise


def test_a_depthwise_convolution_does_not_multiply_by_the_filters():
    assert conv_macs((14, 15), (3, 3), 8, 8, groups=8) == 3 * 3 * 14 * 15 * 8
    assert conv_params((3, 3), 8, 8, groups=8) == 3 * 3 * 8 + 8


@pytest.mark.parametrize(("kernel_size", "padding"), [(3, 1), (5, 2), (7, 3)])
def test_the_padding_that_preserves_the_size(kernel_size, padding):
    assert size_preserving_padding(kernel_size) == padding
    assert output_size(7, kernel_size, padding=padding) == 7


def test_the_total_padding_of_eight_convolutions_on_256():
    sizes, totals = [256], []
    for strides in (1, 2, 1, 1, 2, 1, 1, 2):
        totals.append(total_same_padding(sizes[-1], 3, strides=strides))
        sizes.append(output_size(sizes[-1], 3, strides=strides, padding="same"))
    assert sizes[1:] == [256, 128, 128, 128, 64, 64, 64, 32]
    assert totals == [2, 1, 2, 2, 1, 2, 2, 1]


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
}


@pytest.mark.parametrize(("call", "complaint"), REFUSALS.values(), ids=REFUSALS)
def test_it_refuses(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
