"""The operators of a convolutional network in NumPy float64: short, exact, and nobody's homework.

Arrays are channels last, as in Keras: inputs (N, H, W, C), kernels (kh, kw, C_in, C_out). Without
channels, an image (H, W) with a kernel (kh, kw) works too. Convolutions are linear in each of their
two arguments.
"""

from cnncourse.reference.channel_order import (
    channels_first,
    channels_last,
    kernel_channels_first,
    kernel_channels_last,
)
from cnncourse.reference.convolutions import convolve1d, convolve2d, correlate1d, correlate2d
from cnncourse.reference.pools import average_pool1d, average_pool2d, max_pool1d, max_pool2d

__all__ = [
    "average_pool1d",
    "average_pool2d",
    "channels_first",
    "channels_last",
    "convolve1d",
    "convolve2d",
    "correlate1d",
    "correlate2d",
    "kernel_channels_first",
    "kernel_channels_last",
    "max_pool1d",
    "max_pool2d",
]
