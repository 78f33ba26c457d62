"""Convolutions, and what stands between them."""

from functools import partial

from cnncourse import reference
from cnncourse.layers import (
    ChannelShuffle,
    Convolution2D,
    GroupConv2DTranspose,
    LocallyConnected1D,
    LocallyConnected2D,
    ResizeConv2D,
    StridedDilatedConv2D,
    SubpixelConv2D,
)
from tests.cnncourse.layers.cases import Case


def biased(operator, **options):
    """An operator of input and kernel, and the bias that the layer adds, if it has one."""

    def oracle(x, kernel, bias=0.0):
        return operator(x, kernel, **options) + bias

    return oracle


def resized(upsample, padding="same"):
    def oracle(x, kernel, bias):
        return reference.correlate2d(upsample(x), kernel, padding=padding) + bias

    return oracle


def interleaved(scale, padding="same"):
    def oracle(x, kernel, bias):
        maps = reference.correlate2d(x, kernel, padding=padding) + bias
        return reference.depth_to_space(maps, scale)

    return oracle


correlated = partial(biased, reference.correlate2d)
convolved = partial(biased, reference.convolve2d)
transposed = partial(biased, reference.correlate2d_transpose)
connected1d = partial(biased, reference.locally_connected1d)
connected2d = partial(biased, reference.locally_connected2d)

KERNEL_REFUSED = (
    ({"filters": 0}, "filters is 0; it must be an int of at least 1"),
    ({"kernel_size": 2.5}, "kernel_size is 2.5; it must be an int of at least 1"),
    ({"kernel_size": (2, 2, 2, 2)}, "kernel_size is (2, 2, 2, 2); it must be an int, or"),
    ({"padding": "full"}, "padding is 'full'; it must be one of: valid, same"),
    ({"data_format": "nchw"}, "data_format is 'nchw'; it must be one of: channels_last"),
)
STRIDE_REFUSED = (({"strides": 0}, "strides is 0; it must be an int of at least 1"),)
TOO_LARGE = "the window covers"
RANK = "it must have 4 axes"

CASES = (
    Case(
        ChannelShuffle,
        {"groups": 3},
        (2, 4, 5, 12),
        (2, 4, 5, 12),
        partial(reference.channel_shuffle, groups=3),
        refused=(
            ({"groups": 0}, "groups is 0; it must be an int of at least 1"),
            ({"groups": 5}, "number of channels is 12; it must be a multiple of groups, 5"),
            ({"data_format": "nchw"}, "data_format is 'nchw'; it must be one of: channels_last"),
            ((2, 4, 5, None), "the number of channels, axis -1, must be known"),
        ),
    ),
    Case(
        ChannelShuffle,
        {"groups": 2},
        (2, 5, 4),
        (2, 5, 4),
        partial(reference.channel_shuffle, groups=2),
    ),
    Case(
        StridedDilatedConv2D,
        {"filters": 4, "kernel_size": 3, "strides": 2, "dilation_rate": 2, "groups": 2},
        (2, 11, 12, 6),
        (2, 4, 4, 4),
        correlated(strides=2, dilation_rate=2, groups=2),
        multilinear=True,
        refused=(
            *KERNEL_REFUSED,
            *STRIDE_REFUSED,
            ({"dilation_rate": 0}, "dilation_rate is 0; it must be an int of at least 1"),
            ({"groups": 0}, "groups is 0; it must be an int of at least 1"),
            ({"filters": 5}, "filters is 5; it must be a multiple of groups, 2"),
            ((2, 11, 12, 5), "number of channels is 5; it must be a multiple of groups, 2"),
            ((2, 4, 12, 6), f"{TOO_LARGE} (5, 5) of an input of (4, 12)"),
            ((2, 12, 6), RANK),
            ((2, 3, 11, 12, 6), RANK),
        ),
    ),
    Case(
        StridedDilatedConv2D,
        {
            "filters": 3,
            "kernel_size": (3, 2),
            "strides": (2, 3),
            "dilation_rate": (3, 2),
            "padding": "same",
        },
        (2, 10, 11, 2),
        (2, 5, 4, 3),
        correlated(strides=(2, 3), dilation_rate=(3, 2), padding="same"),
        multilinear=True,
    ),
    Case(
        StridedDilatedConv2D,
        {"filters": 3, "kernel_size": 2, "strides": (4, 1), "dilation_rate": (2, 3)},
        (2, 9, 8, 2),
        (2, 2, 5, 3),
        correlated(strides=(4, 1), dilation_rate=(2, 3)),
        multilinear=True,
    ),
    Case(
        StridedDilatedConv2D,
        {"filters": 3, "kernel_size": 2, "strides": 3, "padding": "same", "use_bias": False},
        (2, 7, 3, 2),
        (2, 3, 1, 3),
        correlated(strides=3, padding="same"),
        multilinear=True,
    ),
    Case(
        Convolution2D,
        {"filters": 4, "kernel_size": (2, 3), "padding": "same"},
        (2, 5, 6, 3),
        (2, 5, 6, 4),
        convolved(padding="same"),
        multilinear=True,
        refused=(*KERNEL_REFUSED, *STRIDE_REFUSED),
    ),
    Case(
        Convolution2D,
        {"filters": 4, "kernel_size": 3, "strides": 2, "groups": 2},
        (2, 6, 7, 4),
        (2, 2, 3, 4),
        convolved(strides=2, groups=2),
        multilinear=True,
    ),
    Case(
        GroupConv2DTranspose,
        {"filters": 6, "kernel_size": 3, "strides": 2, "padding": "same", "groups": 2},
        (2, 4, 5, 4),
        (2, 8, 10, 6),
        transposed(strides=2, padding="same", groups=2),
        multilinear=True,
        refused=(
            *KERNEL_REFUSED,
            *STRIDE_REFUSED,
            ({"groups": 4}, "filters is 6; it must be a multiple of groups, 4"),
            ({"output_padding": -1}, "output_padding is -1; it must be an int of at least 0"),
            ({"output_padding": 2}, "output_padding"),
            ({"dilation_rate": 2}, "dilation_rate"),
            ((2, 4, 5, 3), "number of channels is 3; it must be a multiple of groups, 2"),
            ((2, 5, 4), RANK),
        ),
    ),
    Case(
        GroupConv2DTranspose,
        {"filters": 3, "kernel_size": (2, 3), "strides": (3, 2), "groups": 3},
        (2, 3, 4, 3),
        (2, 9, 9, 3),
        transposed(strides=(3, 2), groups=3),
        multilinear=True,
    ),
    Case(
        GroupConv2DTranspose,
        {"filters": 2, "kernel_size": 3, "strides": 2, "output_padding": 0, "use_bias": False},
        (2, 3, 4, 2),
        (2, 7, 9, 2),
        transposed(strides=2, output_padding=0),
        multilinear=True,
    ),
    Case(
        GroupConv2DTranspose,
        {"filters": 2, "kernel_size": 2, "dilation_rate": 2, "groups": 2},
        (2, 3, 4, 2),
        (2, 5, 6, 2),
        transposed(dilation_rate=2, groups=2),
        multilinear=True,
    ),
    Case(
        LocallyConnected2D,
        {"filters": 4, "kernel_size": (3, 2), "strides": (2, 1)},
        (2, 7, 5, 3),
        (2, 3, 4, 4),
        connected2d(strides=(2, 1)),
        multilinear=True,
        positional=True,
        refused=(
            *KERNEL_REFUSED,
            *STRIDE_REFUSED,
            ((2, None, 5, 3), "spatial sizes are (None, 5); each position has its own weights"),
            ((2, 2, 5, 3), f"{TOO_LARGE} (3, 2) of an input of (2, 5)"),
            ((2, 7, 3), RANK),
        ),
    ),
    Case(
        LocallyConnected2D,
        {"filters": 2, "kernel_size": 3, "strides": 2, "padding": "same", "use_bias": False},
        (2, 5, 4, 2),
        (2, 3, 2, 2),
        connected2d(strides=2, padding="same"),
        multilinear=True,
        positional=True,
    ),
    Case(
        LocallyConnected1D,
        {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"},
        (2, 6, 3),
        (2, 3, 4),
        connected1d(strides=2, padding="same"),
        multilinear=True,
        positional=True,
        refused=(
            *KERNEL_REFUSED,
            *STRIDE_REFUSED,
            ((2, None, 3), "spatial sizes are (None,); each position has its own weights"),
            ((2, 6, 5, 3), "it must have 3 axes"),
        ),
    ),
    Case(
        LocallyConnected1D,
        {"filters": 2, "kernel_size": 4},
        (2, 9, 2),
        (2, 6, 2),
        connected1d(),
        multilinear=True,
        positional=True,
    ),
    Case(
        ResizeConv2D,
        {"filters": 4, "kernel_size": 3},
        (2, 4, 5, 3),
        (2, 8, 10, 4),
        resized(reference.upsample_nearest2d),
        multilinear=True,
        refused=(
            *KERNEL_REFUSED,
            ({"scale": 0}, "scale is 0; it must be an int of at least 1"),
            ({"interpolation": "cubic"}, "interpolation is 'cubic'; it must be one of: nearest"),
            ({"kernel_size": 9, "padding": "valid"}, f"{TOO_LARGE} (9, 9) of an input of (8, 10)"),
            ((2, 4, 3), RANK),
        ),
    ),
    Case(
        ResizeConv2D,
        {
            "filters": 2,
            "kernel_size": 2,
            "scale": 3,
            "interpolation": "bilinear",
            "padding": "valid",
        },
        (2, 3, 4, 2),
        (2, 8, 11, 2),
        resized(partial(reference.upsample_bilinear2d, size=3), "valid"),
        multilinear=True,
    ),
    Case(
        SubpixelConv2D,
        {"filters": 3, "kernel_size": 3},
        (2, 4, 5, 2),
        (2, 8, 10, 3),
        interleaved(2),
        multilinear=True,
        refused=(
            *KERNEL_REFUSED,
            ({"scale": 0}, "scale is 0; it must be an int of at least 1"),
            ({"kernel_size": 5, "padding": "valid"}, f"{TOO_LARGE} (5, 5) of an input of (4, 5)"),
            ((2, 4, 2), RANK),
        ),
    ),
    Case(
        SubpixelConv2D,
        {"filters": 1, "kernel_size": 2, "scale": 3, "padding": "valid"},
        (2, 3, 4, 2),
        (2, 6, 9, 1),
        interleaved(3, "valid"),
        multilinear=True,
    ),
)
