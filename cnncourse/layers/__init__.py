"""Layers of the lectures that Keras has not: real Keras layers, for each backend.

What Keras has is used from there; docs/layers.md says which layer meets which row of the lectures.
"""

from cnncourse.layers.activations import CenteredSoftplus, RReLU, VReLU
from cnncourse.layers.apl import APL
from cnncourse.layers.channel_shuffle import ChannelShuffle
from cnncourse.layers.convolution2d import Convolution2D
from cnncourse.layers.group_conv2d_transpose import GroupConv2DTranspose
from cnncourse.layers.local_response_normalization import LocalResponseNormalization
from cnncourse.layers.locally_connected import LocallyConnected1D, LocallyConnected2D
from cnncourse.layers.maxout import Maxout
from cnncourse.layers.pooling import L2Pooling2D, MixedPooling2D
from cnncourse.layers.spatial_pyramid_pooling2d import SpatialPyramidPooling2D
from cnncourse.layers.strided_dilated_conv2d import StridedDilatedConv2D
from cnncourse.layers.upsampling_convolutions import ResizeConv2D, SubpixelConv2D

__all__ = [
    "APL",
    "CenteredSoftplus",
    "ChannelShuffle",
    "Convolution2D",
    "GroupConv2DTranspose",
    "L2Pooling2D",
    "LocalResponseNormalization",
    "LocallyConnected1D",
    "LocallyConnected2D",
    "Maxout",
    "MixedPooling2D",
    "RReLU",
    "ResizeConv2D",
    "SpatialPyramidPooling2D",
    "StridedDilatedConv2D",
    "SubpixelConv2D",
    "VReLU",
]
