"""Layers of the lectures that Keras has not: real Keras layers, for each backend.

What Keras has is used from there; docs/layers.md says which layer meets which row of the lectures.
"""

from cnncourse.layers.activations import CenteredSoftplus, RReLU, VReLU
from cnncourse.layers.apl import APL
from cnncourse.layers.channel_padding import ChannelPadding
from cnncourse.layers.channel_shuffle import ChannelShuffle
from cnncourse.layers.channel_slice import ChannelSlice
from cnncourse.layers.convolution2d import Convolution2D
from cnncourse.layers.fire import Fire
from cnncourse.layers.group_conv2d_transpose import GroupConv2DTranspose
from cnncourse.layers.inception import Inception
from cnncourse.layers.local_response_normalization import LocalResponseNormalization
from cnncourse.layers.locally_connected import LocallyConnected1D, LocallyConnected2D
from cnncourse.layers.maxout import Maxout
from cnncourse.layers.mobile import DepthwiseSeparable, InvertedResidual
from cnncourse.layers.pooling import L2Pooling2D, MixedPooling2D
from cnncourse.layers.preactivation import PreActivationBasic, PreActivationBottleneck
from cnncourse.layers.residual import BasicResidual, BottleneckResidual
from cnncourse.layers.shuffle_units import ShuffleUnit, ShuffleUnitV2
from cnncourse.layers.spatial_pyramid_pooling2d import SpatialPyramidPooling2D
from cnncourse.layers.squeeze_excite import SqueezeExcite
from cnncourse.layers.strided_dilated_conv2d import StridedDilatedConv2D
from cnncourse.layers.unet import UNetDecoder, UNetEncoder
from cnncourse.layers.upsampling_convolutions import ResizeConv2D, SubpixelConv2D

__all__ = [
    "APL",
    "BasicResidual",
    "BottleneckResidual",
    "CenteredSoftplus",
    "ChannelPadding",
    "ChannelShuffle",
    "ChannelSlice",
    "Convolution2D",
    "DepthwiseSeparable",
    "Fire",
    "GroupConv2DTranspose",
    "Inception",
    "InvertedResidual",
    "L2Pooling2D",
    "LocalResponseNormalization",
    "LocallyConnected1D",
    "LocallyConnected2D",
    "Maxout",
    "MixedPooling2D",
    "PreActivationBasic",
    "PreActivationBottleneck",
    "RReLU",
    "ResizeConv2D",
    "ShuffleUnit",
    "ShuffleUnitV2",
    "SpatialPyramidPooling2D",
    "SqueezeExcite",
    "StridedDilatedConv2D",
    "SubpixelConv2D",
    "UNetDecoder",
    "UNetEncoder",
    "VReLU",
]
