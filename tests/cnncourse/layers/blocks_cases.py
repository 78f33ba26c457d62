"""Blocks, each in the conventions of the published models that it serves."""

from typing import Any

import numpy as np

from cnncourse import layers, reference
from tests.cnncourse.layers import figures
from tests.cnncourse.layers.cases import Case
from tests.cnncourse.layers.figures import relu

IMAGE = (2, 6, 5, 8)
"""No convolution with a bias has as many filters as its output is wide: there, on TensorFlow with
channels first, Keras 3.15 adds the bias along the width."""

HALVED = (2, 3, 3)

ROUNDINGS = 200
"""More than the products that add up to an element of any of these blocks, one after another."""


def case(
    layer: type,
    config: dict[str, Any],
    output_shape: tuple[int, ...],
    figure: Any,
    input_shape: Any = IMAGE,
    **options: Any,
) -> Case:
    """A case whose oracle is a paper's figure."""
    oracle = figures.oracle(figure, layer, config, input_shape)
    return Case(layer, config, input_shape, output_shape, oracle, roundings=ROUNDINGS, **options)


def identity(_, x):
    return x


def projection(net, x, *_):
    return net.conv_bn(x, "0", strides=2)


def plain_projection(net, x, *_):
    return net.conv(x, "0", strides=2)


def activated_projection(net, _, activated):
    return net.conv(activated, "0", strides=2)


def zeros(_, x, *activated):  # noqa: ARG001 - where there is one, it is not looked at
    return figures.zero_padded_identity(x, 16, 2)


def conv_relu(net, x, step, padding):
    return relu(net.conv(x, step, padding=padding))


def conv_bn_relu(net, x, step, padding):
    return relu(net.conv_bn(x, step, padding=padding))


def transposed(net, x):
    return net.transposed(x, "up", strides=2)


def resized(net, x):
    return net.conv(reference.upsample_nearest2d(x, 2), "up", padding="same")


RESIDUALS = (
    case(
        layers.BasicResidual,
        {"filters": 8},
        IMAGE,
        figures.basic(identity),
        refused=(
            ({"filters": 0}, "filters is 0; it must be an int of at least 1"),
            ({"strides": 0}, "strides is 0; it must be an int of at least 1"),
            ({"shortcut": "option C"}, "shortcut is 'option C'; it must be one of: projection"),
            ({"padding": "valid"}, "padding is 'valid'; it must be one of: same, torch"),
            ({"momentum": 2}, "momentum is 2; it must be from 0.0 to 1.0"),
            (
                {"shortcut": "identity", "filters": 4},
                "filters is 4; it must be at least the input's channels, 8",
            ),
            ((2, 6, 8), "the input has shape (2, 6, 8); it must have 4 axes"),
            ((2, 6, 5, None), "the number of channels, axis -1, must be known"),
        ),
    ),
    case(
        layers.BasicResidual,
        {"filters": 16, "strides": 2},
        (*HALVED, 16),
        figures.basic(projection, strides=2),
    ),
    case(
        layers.BasicResidual,
        {"filters": 16, "strides": 2, "shortcut": "identity"},
        (*HALVED, 16),
        figures.basic(zeros, strides=2),
    ),
    case(
        layers.BasicResidual,
        {
            "filters": 16,
            "strides": 2,
            "shortcut": "plain_projection",
            "use_bias": True,
            "padding": "same",
            "epsilon": 1e-3,
        },
        (*HALVED, 16),
        figures.basic(plain_projection, strides=2, padding="same"),
    ),
    case(
        layers.BottleneckResidual,
        {"filters": 4, "strides": 2, "use_bias": True, "epsilon": 1.001e-5},
        (*HALVED, 16),
        figures.bottleneck(projection, first=2),
        refused=(
            ({"strided": "5x5"}, "strided is '5x5'; it must be one of: 1x1, 3x3"),
            ({"shortcut": None}, "shortcut is None; it must be one of: projection"),
        ),
    ),
    case(
        layers.BottleneckResidual,
        {"filters": 4, "strides": 2, "strided": "3x3"},
        (*HALVED, 16),
        figures.bottleneck(projection, second=2),
    ),
    case(
        layers.PreActivationBasic,
        {"filters": 16, "strides": 2},
        (*HALVED, 16),
        figures.pre_activated_basic(activated_projection, strides=2),
        refused=(
            ({"shortcut": "projection"}, "shortcut is 'projection'; it must be one of: plain_"),
        ),
    ),
    case(
        layers.PreActivationBottleneck,
        {
            "filters": 4,
            "strides": 2,
            "use_bias": True,
            "bias_before_norm": False,
            "strided": "3x3",
            "epsilon": 1.001e-5,
        },
        (*HALVED, 16),
        figures.pre_activated_bottleneck(activated_projection, second=2),
        refused=(({"expansion": 0}, "expansion is 0; it must be an int of at least 1"),),
    ),
    case(
        layers.PreActivationBottleneck,
        {
            "filters": 8,
            "strides": 2,
            "expansion": 2,
            "use_bias": True,
            "project_activated": False,
            "epsilon": 1e-3,
        },
        (*HALVED, 16),
        figures.pre_activated_bottleneck(plain_projection, first=2),
    ),
    case(
        layers.PreActivationBottleneck,
        {"filters": 4, "strides": 2, "expansion": 4, "shortcut": "identity"},
        (*HALVED, 16),
        figures.pre_activated_bottleneck(zeros, first=2),
    ),
)

MOBILES = (
    case(
        layers.SqueezeExcite,
        {"hidden": 4},
        IMAGE,
        figures.squeeze_excite(reference.sigmoid),
        refused=(
            ({"hidden": 0}, "hidden is 0; it must be an int of at least 1"),
            ({"gate": "tanh"}, "gate is 'tanh'; it must be one of: sigmoid, hard_sigmoid"),
        ),
    ),
    case(
        layers.DepthwiseSeparable,
        {"filters": 16, "strides": 2},
        (*HALVED, 16),
        figures.separable(relu, strides=2),
        refused=(({"activation": "elu"}, "activation is 'elu'; it must be one of: relu, relu6"),),
    ),
    case(
        layers.DepthwiseSeparable,
        {"filters": 16, "activation": "relu6"},
        (2, 6, 5, 16),
        figures.separable(figures.relu6),
    ),
    case(
        layers.InvertedResidual,
        {"filters": 8, "expanded": 16},
        IMAGE,
        figures.inverted_residual(figures.relu6, adds=True),
        refused=(
            ({"expanded": 0}, "expanded is 0; it must be an int of at least 1"),
            ({"kernel_size": 2.5}, "kernel_size is 2.5; it must be an int of at least 1"),
            ({"squeeze": 0}, "squeeze is 0; it must be an int of at least 1"),
        ),
    ),
    case(
        layers.InvertedResidual,
        {
            "filters": 8,
            "expanded": 16,
            "kernel_size": 5,
            "strides": 2,
            "activation": "hard_swish",
            "squeeze": 4,
        },
        (*HALVED, 8),
        figures.inverted_residual(figures.hard_swish, strides=2, squeezes=True),
    ),
    case(
        layers.InvertedResidual,
        {"filters": 16, "expanded": 8, "activation": "relu"},
        (2, 6, 5, 16),
        figures.inverted_residual(relu, expands=False),
    ),
)

SHUFFLES = (
    case(
        layers.ShuffleUnit,
        {"filters": 8, "groups": 2},
        IMAGE,
        figures.shuffle_unit(2, 2, strides=1),
        refused=(
            ({"strides": 3}, "strides is 3; it must be 1 or 2"),
            ({"filters": 10}, "filters is 10; it must be a multiple of"),
            ({"groups": 3}, "a fourth of filters is 2; it must be a multiple of groups, 3"),
            ({"filters": 16}, "filters must be the input's channels, 8"),
            ({"filters": 8, "strides": 2}, "filters must exceed the input's channels, 8"),
            ((2, 6, 5, 7), "filters must be the input's channels, 7"),
        ),
    ),
    case(
        layers.ShuffleUnit,
        {"filters": 24, "strides": 2, "groups": 2, "first_groups": 1},
        (*HALVED, 24),
        figures.shuffle_unit(2, 1, strides=2),
        refused=(
            ({"first_groups": 3, "groups": 3}, "number of channels is 8; it must be a multiple"),
            ((2, 6, 5, 7), "filters less the input's is 17; it must be a multiple of groups, 2"),
        ),
    ),
    case(
        layers.ShuffleUnitV2,
        {"filters": 8},
        IMAGE,
        figures.shuffle_unit_v2(strides=1),
        refused=(
            ({"filters": 7}, "filters is 7; it must be a multiple of"),
            ({"filters": 12}, "filters must be the input's channels, 8"),
        ),
    ),
    case(
        layers.ShuffleUnitV2,
        {"filters": 16, "strides": 2},
        (*HALVED, 16),
        figures.shuffle_unit_v2(strides=2),
    ),
)

OTHERS = (
    case(
        layers.Inception,
        {"filters_1x1": 2, "filters_3x3": (4, 3), "filters_5x5": (4, 7), "filters_pool": 6},
        (2, 6, 5, 18),
        figures.inception(conv_relu),
        refused=(
            ({"filters_pool": 0}, "filters_pool is 0; it must be an int of at least 1"),
            ({"filters_3x3": (4, 3, 2)}, "filters_3x3 is (4, 3, 2); it must be an int, or 2 of"),
            ({"filters_5x5": 5}, "filters_5x5 is 5; it must be a pair of ints"),
            ({"large_kernel": 4}, "large_kernel is 4; it must be 3 or 5"),
        ),
    ),
    case(
        layers.Inception,
        {
            "filters_1x1": 2,
            "filters_3x3": (4, 3),
            "filters_5x5": (4, 7),
            "filters_pool": 6,
            "normalized": True,
            "large_kernel": 3,
        },
        (2, 6, 5, 18),
        figures.inception(conv_bn_relu),
    ),
    case(
        layers.Fire,
        {"squeeze": 4, "expand": 8},
        (2, 6, 5, 16),
        figures.fire,
        refused=(
            ({"squeeze": -1}, "squeeze is -1; it must be an int of at least 1"),
            ({"bypass": True}, "expand is 8 and the input has 8 channels; a bypass needs"),
        ),
    ),
    case(
        layers.Fire,
        {"squeeze": 4, "expand": 4, "bypass": True},
        IMAGE,
        lambda net, x: x + figures.fire(net, x),
    ),
    case(
        layers.UNetEncoder,
        {"filters": 4},
        (2, 2, 1, 4),
        figures.encoder(pools=True, padding=0),
        input_shape=(2, 12, 11, 3),
        refused=(
            ({"padding": "torch"}, "padding is 'torch'; it must be one of: valid, same"),
            ((2, 9, 12, 3), "the input is (9, 12); it must be at least 10 high and wide"),
        ),
    ),
    case(
        layers.UNetEncoder,
        {"filters": 4, "padding": "same", "pool": False},
        (2, 6, 5, 4),
        figures.encoder(pools=False, padding=figures.AROUND),
    ),
    case(
        layers.UNetDecoder,
        {"filters": 5},
        (2, 2, 4, 5),
        figures.decoder(transposed, padding=0),
        input_shape=[(2, 3, 4, 8), (2, 9, 10, 3)],
        refused=(
            ({"upsampling": "bilinear"}, "upsampling is 'bilinear'; it must be one of: transposed"),
            ([(2, 3, 4, 8), (2, 9, 7, 3)], "must be at least twice as high and wide"),
            ([(2, 2, 4, 8), (2, 9, 8, 3)], "below is (2, 4); it must be at least 3 × 3"),
            ([(2, 3, 4, 8)], "it must be a list of two images"),
        ),
    ),
    case(
        layers.UNetDecoder,
        {"filters": 4, "padding": "same", "upsampling": "resize"},
        (2, 6, 8, 4),
        figures.decoder(resized, padding=figures.AROUND),
        input_shape=[(2, 3, 4, 8), (2, 6, 8, 3)],
        refused=(([(2, 3, 4, 8), (2, 7, 8, 3)], "must be twice as high and wide"),),
    ),
)

WITHOUT_WEIGHTS = (
    Case(
        layers.ChannelPadding,
        {"filters": 12},
        IMAGE,
        (2, 6, 5, 12),
        lambda x: np.concatenate([x, np.zeros((2, 6, 5, 4))], axis=-1),
        refused=(
            ({"filters": 4}, "filters is 4; it must be at least the input's channels, 8"),
            ((2, 6, 5, None), "the number of channels, axis -1, must be known"),
        ),
    ),
    Case(
        layers.ChannelSlice,
        {"start": 2, "stop": 5},
        IMAGE,
        (2, 6, 5, 3),
        lambda x: x[..., 2:5],
        refused=(
            ({"start": -1}, "start is -1; it must be an int of at least 0"),
            ({"start": 5}, "stop is 5; it must be an int of at least 6"),
            ({"stop": 9}, "stop is 9; it must be at most the input's channels, 8"),
        ),
    ),
)

CASES: tuple[Case, ...] = (*RESIDUALS, *MOBILES, *SHUFFLES, *OTHERS, *WITHOUT_WEIGHTS)
