"""Blocks add up to the parameters of published networks, with stem and head in closed form."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import math
from functools import cache

import keras
import pytest

from cnncourse import layers


class Counter:
    """Adds up a network's parameters, block by block."""

    def __init__(self, channels: int, stem: int, trainable: bool) -> None:
        self.channels = channels
        self.count = stem
        self.trainable = trainable

    def add(self, block: type, **config) -> None:
        added, self.channels = counted(block, tuple(config.items()), self.channels, self.trainable)
        self.count += added

    def dense(self, classes: int) -> int:
        return self.count + (self.channels + 1) * classes


@cache
def counted(block, config, channels, trainable):
    """Parameters and channels of the output; nothing is allocated."""
    with keras.StatelessScope(initialize_variables=False):
        layer = block(**dict(config))
        shape = (None, None, None, channels)
        layer.build(shape)
    weights = layer.trainable_weights if trainable else layer.weights
    parameters = sum(math.prod(weight.shape) for weight in weights)
    return parameters, layer.compute_output_shape(shape)[-1]


def divisible(channels: float) -> int:
    """The multiple of 8 that the MobileNets take: the nearest, but not 10 % less."""
    near = max(8, int(channels + 4) // 8 * 8)
    return near + 8 if near < 0.9 * channels else near


def conv(kernel_size, channels, filters, bias=0, bn=0):
    """Parameters of a convolution; `bn` of batch normalisation's four are counted per channel."""
    return kernel_size**2 * channels * filters + (bias + bn) * filters


def resnet(block, stages, trainable, **config):
    """Stem, stages and head of ResNet on ImageNet; biases also in the stem."""
    bias = int(config.get("use_bias", False))
    net = Counter(64, conv(7, 3, 64, bias, bn=2 if trainable else 4), trainable)
    for stage, blocks in enumerate(stages):
        for number in range(blocks):
            strides = 2 if stage > 0 and number == 0 else 1
            net.add(block, filters=64 * 2**stage, strides=strides, **config)
    return net.dense(1000)


def resnet_v2(stages):
    """`keras.applications`, whose stages but the last end with the strides."""
    net = Counter(64, conv(7, 3, 64, bias=1), trainable=False)
    conventions = {"use_bias": True, "bias_before_norm": False, "strided": "3x3"}
    for stage, blocks in enumerate(stages):
        for number in range(blocks):
            last = number == blocks - 1 and stage < 3
            way = "plain_projection" if number == 0 else "identity"
            net.add(
                layers.PreActivationBottleneck,
                filters=64 * 2**stage,
                strides=2 if last else 1,
                shortcut=way,
                **conventions,
            )
    return net.dense(1000) + 4 * net.channels


def cifar_resnet(depth, trainable, **config):
    """Three stages of basic blocks; biases also in the stem."""
    bias = int(config.get("use_bias", False))
    net = Counter(16, conv(3, 3, 16, bias, bn=2 if trainable else 4), trainable)
    for stage in range(3):
        for number in range((depth - 2) // 6):
            strides = 2 if stage > 0 and number == 0 else 1
            net.add(layers.BasicResidual, filters=16 * 2**stage, strides=strides, **config)
    return net.dense(10)


def cifar_resnet_v2(depth):
    """Keras's example; the first block's projection takes the activated input, the others not."""
    net = Counter(16, conv(3, 3, 16, bias=1), trainable=False)
    for stage, (filters, expansion) in enumerate([(16, 4), (64, 2), (128, 2)]):
        for number in range((depth - 2) // 9):
            net.add(
                layers.PreActivationBottleneck,
                filters=filters,
                strides=2 if stage > 0 and number == 0 else 1,
                expansion=expansion,
                use_bias=True,
                project_activated=stage == 0,
            )
    return net.dense(10) + 4 * net.channels


INCEPTIONS = (
    (64, (96, 128), (16, 32), 32),
    (128, (128, 192), (32, 96), 64),
    (192, (96, 208), (16, 48), 64),
    (160, (112, 224), (24, 64), 64),
    (128, (128, 256), (24, 64), 64),
    (112, (144, 288), (32, 64), 64),
    (256, (160, 320), (32, 128), 128),
    (256, (160, 320), (32, 128), 128),
    (384, (192, 384), (48, 128), 128),
)


def googlenet(**config):
    """Without auxiliary heads."""
    bias, bn = (0, 2) if config else (1, 0)
    stem = conv(7, 3, 64, bias, bn) + conv(1, 64, 64, bias, bn) + conv(3, 64, 192, bias, bn)
    net = Counter(192, stem, trainable=True)
    names = ("filters_1x1", "filters_3x3", "filters_5x5", "filters_pool")
    for columns in INCEPTIONS:
        net.add(layers.Inception, **dict(zip(names, columns, strict=True)), **config)
    return net.dense(1000)


def squeezenet(channels, kernel_size, bypass=False):
    net = Counter(channels, conv(kernel_size, 3, channels, bias=1), trainable=True)
    for number, squeeze in enumerate((16, 16, 32, 32, 48, 48, 64, 64)):
        around = bypass and number % 2 == 1
        net.add(layers.Fire, squeeze=squeeze, expand=4 * squeeze, bypass=around)
    return net.dense(1000)


def mobilenet(alpha):
    net = Counter(int(32 * alpha), conv(3, 3, int(32 * alpha), bn=4), trainable=False)
    for filters in (64, 128, 128, 256, 256, *[512] * 6, 1024, 1024):
        net.add(layers.DepthwiseSeparable, filters=int(filters * alpha), activation="relu6")
    return net.dense(1000)


def mobilenet_v2(alpha):
    stem = divisible(32 * alpha)
    net = Counter(stem, conv(3, 3, stem, bn=4), trainable=False)
    rows = [(1, 16, 1), (6, 24, 2), (6, 32, 3), (6, 64, 4), (6, 96, 3), (6, 160, 3), (6, 320, 1)]
    for times, filters, repeats in rows:
        for _ in range(repeats):
            expanded, wanted = times * net.channels, divisible(int(filters * alpha))
            net.add(layers.InvertedResidual, filters=wanted, expanded=expanded)
    last = divisible(1280 * max(alpha, 1))
    return net.count + conv(1, net.channels, last, bn=4) + (last + 1) * 1000


# expanded, filters, whether it squeezes and excites
V3_SMALL = (
    *((16, 16, True), (72, 24, False), (88, 24, False), (96, 40, True), (240, 40, True)),
    *((240, 40, True), (120, 48, True), (144, 48, True), (288, 96, True)),
    *((576, 96, True), (576, 96, True)),
)
V3_LARGE = (
    *((16, 16, False), (64, 24, False), (72, 24, False), (72, 40, True), (120, 40, True)),
    *((120, 40, True), (240, 80, False), (200, 80, False), (184, 80, False), (184, 80, False)),
    *((480, 112, True), (672, 112, True), (672, 160, True), (960, 160, True), (960, 160, True)),
)


def mobilenet_v3(rows, last, minimalistic=False):
    """The rows with 5×5 windows are those that squeeze, but for the ones listed."""
    net = Counter(16, conv(3, 3, 16, bn=4), trainable=False)
    for number, (expanded, filters, squeezes) in enumerate(rows):
        small = minimalistic or not squeezes or number == 0 or filters == 112
        squeeze = divisible(expanded / 4) if squeezes and not minimalistic else None
        net.add(
            layers.InvertedResidual,
            filters=filters,
            expanded=expanded,
            kernel_size=3 if small else 5,
            squeeze=squeeze,
        )
    wide = divisible(6 * net.channels)
    head = conv(1, net.channels, wide, bn=4) + conv(1, wide, last, bias=1)
    return net.count + head + (last + 1) * 1000


def shufflenet(groups, filters, stem=24):
    """`filters` of the first stage; the two others double it."""
    net = Counter(stem, conv(3, 3, stem, bn=2), trainable=True)
    for stage, repeats in enumerate((4, 8, 4)):
        for number in range(repeats):
            net.add(
                layers.ShuffleUnit,
                filters=filters * 2**stage,
                strides=2 if number == 0 else 1,
                groups=groups,
                first_groups=1 if stage == number == 0 else groups,
            )
    return net.dense(1000)


def shufflenet_v2(filters, last):
    net = Counter(24, conv(3, 3, 24, bn=2), trainable=True)
    for stage, repeats in enumerate((4, 8, 4)):
        for number in range(repeats):
            strides = 2 if number == 0 else 1
            net.add(layers.ShuffleUnitV2, filters=filters * 2**stage, strides=strides)
    return net.count + conv(1, net.channels, last, bn=2) + (last + 1) * 1000


def unet(channels, classes):
    net = Counter(channels, 0, trainable=True)
    levels = (64, 128, 256, 512, 1024)
    for filters in levels:
        net.add(layers.UNetEncoder, filters=filters, pool=filters > 64)
    for filters in reversed(levels[:-1]):
        decoder = layers.UNetDecoder(filters)
        with keras.StatelessScope(initialize_variables=False):
            decoder.build([(None, None, None, 2 * filters), (None, None, None, filters)])
        net.count += decoder.count_params()
    return net.count + conv(1, 64, classes, bias=1)


BASIC, BOTTLENECK = layers.BasicResidual, layers.BottleneckResidual
KERAS_CIFAR = {"use_bias": True, "shortcut": "plain_projection", "padding": "same"}

NETWORKS = {
    "ResNet-18": (11_689_512, lambda: resnet(BASIC, (2, 2, 2, 2), True)),
    "ResNet-34": (21_797_672, lambda: resnet(BASIC, (3, 4, 6, 3), True)),
    "ResNet-50": (25_557_032, lambda: resnet(BOTTLENECK, (3, 4, 6, 3), True, strided="3x3")),
    "ResNet-152": (60_192_808, lambda: resnet(BOTTLENECK, (3, 8, 36, 3), True, strided="3x3")),
    "ResNet-50 v1": (25_636_712, lambda: resnet(BOTTLENECK, (3, 4, 6, 3), False, use_bias=True)),
    "ResNet-50 V2": (25_613_800, lambda: resnet_v2((3, 4, 6, 3))),
    "ResNet-101 V2": (44_675_560, lambda: resnet_v2((3, 4, 23, 3))),
    "CIFAR 20": (269_722, lambda: cifar_resnet(20, True, shortcut="identity")),
    "CIFAR 110": (1_727_962, lambda: cifar_resnet(110, True, shortcut="identity")),
    "Keras's CIFAR 20": (274_442, lambda: cifar_resnet(20, False, **KERAS_CIFAR)),
    "Keras's CIFAR 56": (861_770, lambda: cifar_resnet(56, False, **KERAS_CIFAR)),
    "Keras's CIFAR 20 v2": (574_090, lambda: cifar_resnet_v2(20)),
    "Keras's CIFAR 110 v2": (3_323_210, lambda: cifar_resnet_v2(110)),
    "GoogLeNet": (6_998_552, googlenet),
    "torchvision's": (6_624_904, lambda: googlenet(normalized=True, large_kernel=3)),
    "SqueezeNet 1.0": (1_248_424, lambda: squeezenet(96, 7)),
    "SqueezeNet 1.1": (1_235_496, lambda: squeezenet(64, 3)),
    "SqueezeNet with simple bypass": (1_248_424, lambda: squeezenet(96, 7, bypass=True)),
    "MobileNet": (4_253_864, lambda: mobilenet(1)),
    "MobileNet 0.25": (475_544, lambda: mobilenet(0.25)),
    "MobileNetV2": (3_538_984, lambda: mobilenet_v2(1)),
    "MobileNetV2 0.35": (1_691_208, lambda: mobilenet_v2(0.35)),
    "MobileNetV2 1.4": (6_156_712, lambda: mobilenet_v2(1.4)),
    "MobileNetV3 small": (2_554_968, lambda: mobilenet_v3(V3_SMALL, 1024)),
    "MobileNetV3 large": (5_507_432, lambda: mobilenet_v3(V3_LARGE, 1280)),
    "minimalistic small": (2_056_848, lambda: mobilenet_v3(V3_SMALL, 1024, minimalistic=True)),
    "minimalistic large": (3_948_688, lambda: mobilenet_v3(V3_LARGE, 1280, minimalistic=True)),
    "ShuffleNet g = 1": (1_531_936, lambda: shufflenet(1, 144)),
    "ShuffleNet g = 2": (1_733_848, lambda: shufflenet(2, 200)),
    "ShuffleNet g = 3": (1_865_728, lambda: shufflenet(3, 240)),
    "ShuffleNet g = 4": (1_968_344, lambda: shufflenet(4, 272)),
    "ShuffleNet g = 8": (2_434_768, lambda: shufflenet(8, 384)),
    "ShuffleNet 0.5": (718_324, lambda: shufflenet(3, 120, stem=12)),
    "ShuffleNet 2": (5_450_776, lambda: shufflenet(3, 480, stem=48)),
    "ShuffleNetV2 0.5": (1_366_792, lambda: shufflenet_v2(48, 1024)),
    "ShuffleNetV2": (2_278_604, lambda: shufflenet_v2(116, 1024)),
    "ShuffleNetV2 2": (7_393_996, lambda: shufflenet_v2(244, 2048)),
    "U-Net": (31_030_658, lambda: unet(1, 2)),
    "U-Net of colours": (31_031_745, lambda: unet(3, 1)),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_blocks_add_up_to_the_published_count(name: str):
    published, count = NETWORKS[name]
    assert count() == published
