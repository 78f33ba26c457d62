"""Each layer of ours beside what is nearest to it in Keras, with the same weights.

Keras computes with what KERAS_BACKEND names when this is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import keras
import numpy as np
from keras import layers as theirs
from keras import ops

from cnncourse import layers as ours

Composition = Callable[[Any, Any], Any]
"""From a symbolic input and our built layer, what Keras makes of it."""


@dataclass(frozen=True)
class Nearest:
    """A pair that gives the same numbers.

    Args:
        make: our layer.
        input_shape: with the batch, channels last.
        composition: of Keras's layers; its weights are those of our layer, whatever their order.
        weights: of ours, as the composition's layers want them.
        why: this composition and no other.
    """

    make: Callable[[], keras.layers.Layer]
    input_shape: tuple[int, ...]
    composition: Composition
    why: str
    weights: Callable[..., list[np.ndarray]] = lambda *given: list(given)


IMAGES = (16, 28, 28, 32)
ROWS = (64, 128, 64)


class Op(keras.layers.Layer):
    """A function as a layer, so that eager compositions pay for a call like ours."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self.function = function

    def call(self, inputs: Any) -> Any:
        return self.function(inputs)


def _dense_per_position(x: Any, layer: Any) -> Any:
    positions = layer.kernel.shape[: layer.rank]
    outputs = []
    for position in product(*map(range, positions)):
        here = tuple(
            slice(at * step, at * step + size)
            for at, step, size in zip(position, layer.strides, layer.kernel_size, strict=True)
        )
        outputs.append(theirs.Dense(layer.filters)(theirs.Flatten()(x[(slice(None), *here)])))
    return theirs.Reshape((*positions, layer.filters))(theirs.Concatenate()(outputs))


def _one_each(kernel: np.ndarray, bias: np.ndarray) -> list[np.ndarray]:
    filters = bias.shape[-1]
    biases = bias.reshape(-1, filters)
    kernels = kernel.reshape(len(biases), -1, filters)
    return [weight for pair in zip(kernels, biases, strict=True) for weight in pair]


def _split_transposes(x: Any, layer: Any) -> Any:
    each = layer.filters // layer.groups
    options = {"strides": layer.strides, "padding": layer.padding}
    size = x.shape[-1] // layer.groups
    parts = [x[..., i * size : (i + 1) * size] for i in range(layer.groups)]
    transposed = [
        theirs.Conv2DTranspose(each, layer.kernel_size, **options)(part) for part in parts
    ]
    return theirs.Concatenate()(transposed)


def _per_group(kernel: np.ndarray, bias: np.ndarray, groups: int) -> list[np.ndarray]:
    pairs = zip(np.split(kernel, groups, axis=-1), np.split(bias, groups), strict=True)
    return [weight for pair in pairs for weight in pair]


def _dilated_then_skipped(x: Any, layer: Any) -> Any:
    dense = theirs.Conv2D(layer.filters, layer.kernel_size, dilation_rate=layer.dilation_rate)(x)
    rows, columns = layer.strides
    return dense[:, ::rows, ::columns]


def _shuffled(x: Any, layer: Any) -> Any:
    height, width, channels = x.shape[1:]
    groups = layer.groups
    dealt = theirs.Reshape((height, width, groups, channels // groups))(x)
    return theirs.Reshape((height, width, channels))(theirs.Permute((1, 2, 4, 3))(dealt))


def _subpixel(x: Any, layer: Any) -> Any:
    filters = layer.filters * layer.scale**2
    maps = theirs.Conv2D(filters, layer.kernel_size, padding=layer.padding)(x)
    return Op(lambda y: ops.depth_to_space(y, layer.scale))(maps)


def _resized(x: Any, layer: Any) -> Any:
    larger = theirs.UpSampling2D(layer.scale, interpolation=layer.interpolation)(x)
    return theirs.Conv2D(layer.filters, layer.kernel_size, padding=layer.padding)(larger)


def _pyramid(x: Any, layer: Any) -> Any:
    sizes = [(x.shape[1] // level, x.shape[2] // level) for level in layer.levels]
    pools = [theirs.MaxPooling2D(size)(x) for size in sizes]
    return theirs.Concatenate()([theirs.Flatten()(pool) for pool in pools])


def _norms(x: Any, layer: Any) -> Any:
    means = theirs.AveragePooling2D(layer.pool_size, layer.strides)(Op(ops.square)(x))
    area = float(np.prod(layer.pool_size))
    return Op(lambda y: ops.sqrt(ops.maximum(y * area, 2.0**-126)))(means)


def _mixed(x: Any, layer: Any) -> Any:
    options = {"pool_size": layer.pool_size, "strides": layer.strides, "padding": layer.padding}
    return theirs.Average()(
        [theirs.MaxPooling2D(**options)(x), theirs.AveragePooling2D(**options)(x)]
    )


def _normalised(x: Any, layer: Any) -> Any:
    def normalise(inputs: Any) -> Any:
        radius, channels = layer.depth_radius, inputs.shape[-1]
        padded = ops.pad(ops.square(inputs), [(0, 0), (0, 0), (0, 0), (radius, radius)])
        sums = sum(padded[..., i : i + channels] for i in range(2 * radius + 1))
        return inputs / ops.power(layer.bias + layer.alpha * sums, layer.beta)

    return Op(normalise)(x)


def _largest(x: Any, layer: Any) -> Any:
    return theirs.Maximum()([theirs.Dense(layer.units)(x) for _ in range(layer.pieces)])


def _softplus(x: Any, _layer: Any) -> Any:
    return Op(lambda y: y - np.log(2).astype("float32"))(theirs.Activation("softplus")(x))


def _leaky(x: Any, _layer: Any) -> Any:
    return theirs.LeakyReLU(0.3)(x)


def _zeros_behind(x: Any, layer: Any) -> Any:
    zeros = layer.filters - x.shape[-1]
    return theirs.ZeroPadding2D(((0, 0), (0, zeros)), data_format="channels_first")(x)


NEAREST = {
    "LocallyConnected1D": Nearest(
        lambda: ours.LocallyConnected1D(16, 5, strides=2),
        (16, 128, 16),
        _dense_per_position,
        "a dense layer for each position is all that Keras has",
        _one_each,
    ),
    "LocallyConnected2D": Nearest(
        lambda: ours.LocallyConnected2D(16, 3),
        (16, 12, 12, 16),
        _dense_per_position,
        "a dense layer for each position is all that Keras has",
        _one_each,
    ),
    "GroupConv2DTranspose": Nearest(
        lambda: ours.GroupConv2DTranspose(32, 3, strides=2, padding="same", groups=4),
        IMAGES,
        _split_transposes,
        "Conv2DTranspose has no groups: one for each, side by side",
        lambda kernel, bias: _per_group(kernel, bias, 4),
    ),
    "StridedDilatedConv2D": Nearest(
        lambda: ours.StridedDilatedConv2D(32, 3, strides=2, dilation_rate=2),
        IMAGES,
        _dilated_then_skipped,
        "Conv2D refuses both: dilated at stride 1, of which every second is kept",
    ),
    "Convolution2D": Nearest(
        lambda: ours.Convolution2D(32, 3),
        IMAGES,
        lambda x, layer: theirs.Conv2D(layer.filters, layer.kernel_size)(x),
        "Conv2D with the kernel flipped beforehand",
        lambda kernel, bias: [kernel[::-1, ::-1], bias],
    ),
    "ChannelShuffle": Nearest(
        lambda: ours.ChannelShuffle(4), IMAGES, _shuffled, "Reshape, Permute, Reshape"
    ),
    "SubpixelConv2D": Nearest(
        lambda: ours.SubpixelConv2D(16, 3), IMAGES, _subpixel, "Conv2D and ops.depth_to_space"
    ),
    "ResizeConv2D": Nearest(
        lambda: ours.ResizeConv2D(16, 3), IMAGES, _resized, "UpSampling2D and Conv2D"
    ),
    "ResizeConv2D, bilinear": Nearest(
        lambda: ours.ResizeConv2D(16, 3, interpolation="bilinear"),
        IMAGES,
        _resized,
        "UpSampling2D and Conv2D",
    ),
    "SpatialPyramidPooling2D": Nearest(
        lambda: ours.SpatialPyramidPooling2D(),
        IMAGES,
        _pyramid,
        "MaxPooling2D for each level, joined: all divide this size",
    ),
    "L2Pooling2D": Nearest(
        lambda: ours.L2Pooling2D(2),
        IMAGES,
        _norms,
        "AveragePooling2D of squares, and its root, with a gradient at 0 too",
    ),
    "MixedPooling2D": Nearest(
        lambda: ours.MixedPooling2D(2),
        IMAGES,
        _mixed,
        "Average of MaxPooling2D and AveragePooling2D",
    ),
    "MixedPooling2D, same": Nearest(
        lambda: ours.MixedPooling2D(3, 2, "same"),
        (16, 27, 27, 32),
        _mixed,
        "Average of MaxPooling2D and AveragePooling2D, at a size where PyTorch's is right",
    ),
    "LocalResponseNormalization": Nearest(
        lambda: ours.LocalResponseNormalization(),
        (8, 27, 27, 96),
        _normalised,
        "slices of the squares along the channels, added up, at AlexNet's size",
    ),
    "Maxout": Nearest(
        lambda: ours.Maxout(64, pieces=2), ROWS, _largest, "Maximum of Dense layers", _one_each
    ),
    "APL": Nearest(
        lambda: ours.APL(1, shared_axes=(1, 2), corners_initializer="zeros"),
        IMAGES,
        lambda x, _layer: theirs.PReLU(shared_axes=(1, 2))(x),
        "PReLU is APL with one hinge, at 0",
        lambda slopes, _corners: [-slopes[0]],
    ),
    "VReLU": Nearest(lambda: ours.VReLU(), IMAGES, _leaky, "LeakyReLU with the same slope"),
    "RReLU": Nearest(
        lambda: ours.RReLU(), IMAGES, _leaky, "LeakyReLU with the mean slope; at inference"
    ),
    "ChannelPadding": Nearest(
        lambda: ours.ChannelPadding(64),
        IMAGES,
        _zeros_behind,
        "ZeroPadding2D, told that the last axis is the width",
    ),
    "ChannelSlice": Nearest(
        lambda: ours.ChannelSlice(0, 16),
        IMAGES,
        lambda x, layer: x[..., layer.start : layer.stop],
        "a slice in the graph",
    ),
    "CenteredSoftplus": Nearest(
        lambda: ours.CenteredSoftplus(), IMAGES, _softplus, "Activation, and a subtraction"
    ),
}
"""By the layer's name, and what is special about this pair where a layer has two.

Blocks are not here: they consist of Keras's layers and of these.
"""


def pair(nearest: Nearest) -> tuple[keras.Model, keras.Model]:
    """Both as models with the same weights."""
    layer = nearest.make()
    x = keras.Input(batch_shape=nearest.input_shape)
    mine = keras.Model(x, layer(x))
    other = keras.Model(x, nearest.composition(x, layer))
    other.set_weights(nearest.weights(*layer.get_weights()))
    return mine, other
