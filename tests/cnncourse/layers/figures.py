"""The papers' figures in float64, drawn with the operators of `cnncourse.reference`.

Nothing here knows a block's code, but for the names of the weights: `1_conv` is the first
convolution of a residual block, as in `keras.applications`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from cnncourse import reference

AROUND = 1
"""Padding of a 3×3 window by one on every side, as in PyTorch."""


class Net:
    """The operators of the reference, each with the weights that bear its step's name."""

    def __init__(self, weights: dict[str, np.ndarray], epsilon: float) -> None:
        self.weights = weights
        self.epsilon = epsilon
        self.used: set[str] = set()

    def conv(self, x, step, **options):
        return reference.correlate2d(x, self.weight(step, "conv/kernel"), **options) + self.bias(
            step
        )

    def depthwise(self, x, step, **options):
        return reference.depthwise_correlate2d(x, self.weight(step, "conv/kernel"), **options)

    def transposed(self, x, step, **options):
        kernel = self.weight(step, "conv/kernel")
        return reference.correlate2d_transpose(x, kernel, **options) + self.bias(step)

    def bn(self, x, step):
        roles = ("gamma", "beta", "moving_mean", "moving_variance")
        statistics = [self.weight(step, f"bn/{role}") for role in roles]
        return reference.batch_normalize_inference(x, *statistics, epsilon=self.epsilon)

    def conv_bn(self, x, step, **options):
        return self.bn(self.conv(x, step, **options), step)

    def bn_relu(self, x, step):
        return relu(self.bn(x, step))

    def weight(self, step, role):
        self.used.add(f"{step}_{role}")
        return self.weights[f"{step}_{role}"]

    def bias(self, step):
        return self.weight(step, "conv/bias") if f"{step}_conv/bias" in self.weights else 0.0


def relu(x):
    return np.maximum(x, 0)


def relu6(x):
    return np.clip(x, 0, 6)


def hard_sigmoid(x):
    return relu6(x + 3) / 6


def hard_swish(x):
    return x * hard_sigmoid(x)


def oracle(figure: Callable, layer: type, config: dict[str, Any], input_shape: Any) -> Callable:
    """The figure as a function of inputs and of weights, these in the layer's order.

    Each weight must be used.
    """

    def answer(*arrays):
        block = layer(name="block", **config)
        block.build(input_shape)
        names = [weight.path.removeprefix("block/block_") for weight in block.weights]
        inputs, weights = arrays[: -len(names)], arrays[-len(names) :]
        net = Net(dict(zip(names, weights, strict=True)), getattr(block, "epsilon", 0.0))
        output = figure(net, *inputs)
        assert net.used == set(names)
        return output

    return answer


def zero_padded_identity(x, filters, strides):
    """Option A: every so many pixels, and zeros for the channels that are missing."""
    y = x[:, ::strides, ::strides]
    return np.concatenate([y, np.zeros((*y.shape[:-1], filters - y.shape[-1]))], axis=-1)


def basic(shortcut, strides=1, padding=AROUND):
    """Figure 5 left, with a shortcut of (net, x)."""

    def figure(net, x):
        y = relu(net.conv_bn(x, "1", strides=strides, padding=padding))
        return relu(shortcut(net, x) + net.conv_bn(y, "2", padding=AROUND))

    return figure


def bottleneck(shortcut, first=1, second=1):
    """Figure 5 right, with the strides of its first two convolutions."""

    def figure(net, x):
        y = relu(net.conv_bn(x, "1", strides=first))
        y = relu(net.conv_bn(y, "2", strides=second, padding=AROUND))
        return relu(shortcut(net, x) + net.conv_bn(y, "3"))

    return figure


def pre_activated_basic(shortcut, strides=1):
    """Figure 4 (e) with two convolutions; the shortcut is of (net, x, activated x)."""

    def figure(net, x):
        activated = net.bn_relu(x, "preact")
        y = net.conv(activated, "1", strides=strides, padding=AROUND)
        y = net.conv(net.bn_relu(y, "1"), "2", padding=AROUND)
        return shortcut(net, x, activated) + y

    return figure


def pre_activated_bottleneck(shortcut, first=1, second=1):
    """Figure 4 (e) with three convolutions."""

    def figure(net, x):
        activated = net.bn_relu(x, "preact")
        y = net.bn_relu(net.conv(activated, "1", strides=first), "1")
        y = net.bn_relu(net.conv(y, "2", strides=second, padding=AROUND), "2")
        return shortcut(net, x, activated) + net.conv(y, "3")

    return figure


def inception(unit):
    """GoogLeNet's figure 2 (b), with a unit of (net, x, step, padding)."""

    def figure(net, x):
        branches = [
            unit(net, x, "1x1", 0),
            unit(net, unit(net, x, "3x3_reduce", 0), "3x3", "same"),
            unit(net, unit(net, x, "5x5_reduce", 0), "5x5", "same"),
            unit(net, reference.max_pool2d(x, 3, strides=1, padding=AROUND), "pool_proj", 0),
        ]
        return np.concatenate(branches, axis=-1)

    return figure


def fire(net, x):
    """SqueezeNet's figure 1."""
    squeezed = relu(net.conv(x, "squeeze"))
    left = relu(net.conv(squeezed, "expand1x1"))
    right = relu(net.conv(squeezed, "expand3x3", padding=AROUND))
    return np.concatenate([left, right], axis=-1)


def squeeze_excite(gate):
    """SENet's figure 3."""

    def figure(net, x):
        means = x.mean(axis=(1, 2), keepdims=True)
        return x * gate(net.conv(relu(net.conv(means, "reduce")), "excite"))

    return figure


def separable(activation, strides=1):
    """MobileNet's figure 3, right."""

    def figure(net, x):
        y = net.depthwise(x, "depthwise", strides=strides, padding="same")
        y = activation(net.bn(y, "depthwise"))
        return activation(net.conv_bn(y, "pointwise"))

    return figure


def inverted_residual(activation, expands=True, strides=1, squeezes=False, adds=False):
    """MobileNetV2's figure 4 (d), and MobileNetV3's figure 4 where it squeezes."""

    def figure(net, x):
        y = activation(net.conv_bn(x, "expand")) if expands else x
        y = net.depthwise(y, "depthwise", strides=strides, padding="same")
        y = activation(net.bn(y, "depthwise"))
        if squeezes:
            hidden = relu(net.conv(y.mean(axis=(1, 2), keepdims=True), "se_reduce"))
            y = y * hard_sigmoid(net.conv(hidden, "se_excite"))
        y = net.conv_bn(y, "project")
        return x + y if adds else y

    return figure


def shuffle_unit(groups, first_groups, strides):
    """ShuffleNet's figure 2 (b) and (c)."""

    def figure(net, x):
        y = relu(net.conv_bn(x, "1", groups=first_groups))
        y = reference.channel_shuffle(y, groups)
        y = net.bn(net.depthwise(y, "2", strides=strides, padding=AROUND), "2")
        y = net.conv_bn(y, "3", groups=groups)
        if strides == 1:
            return relu(x + y)
        zeros = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
        means = reference.average_pool2d(zeros, 3, strides=2)
        return relu(np.concatenate([means, y], axis=-1))

    return figure


def shuffle_unit_v2(strides):
    """ShuffleNetV2's figure 3 (c) and (d)."""

    def figure(net, x):
        half = x.shape[-1] // 2
        left, right = (x[..., :half], x[..., half:]) if strides == 1 else (x, x)
        if strides == 2:
            left = net.bn(net.depthwise(left, "left_1", strides=2, padding=AROUND), "left_1")
            left = relu(net.conv_bn(left, "left_2"))
        right = relu(net.conv_bn(right, "right_1"))
        right = net.bn(net.depthwise(right, "right_2", strides=strides, padding=AROUND), "right_2")
        right = relu(net.conv_bn(right, "right_3"))
        return reference.channel_shuffle(np.concatenate([left, right], axis=-1), 2)

    return figure


def encoder(pools, padding):
    """A level on the left of U-Net's figure 1."""

    def figure(net, x):
        y = reference.max_pool2d(x, 2) if pools else x
        return relu(net.conv(relu(net.conv(y, "1", padding=padding)), "2", padding=padding))

    return figure


def decoder(up, padding):
    """A level on the right, with an up-convolution of (net, x)."""

    def figure(net, below, across):
        y = relu(up(net, below))
        top, left = ((a - b) // 2 for a, b in zip(across.shape[1:3], y.shape[1:3], strict=True))
        middle = across[:, top : top + y.shape[1], left : left + y.shape[2]]
        y = np.concatenate([middle, y], axis=-1)
        return relu(net.conv(relu(net.conv(y, "1", padding=padding)), "2", padding=padding))

    return figure
