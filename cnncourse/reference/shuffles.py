"""Values that only change places: between channels and space, and among channels."""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, as_float64, as_upstream
from cnncourse.reference.steps import count


def depth_to_space(x: ArrayLike, block_size: int = 2) -> FloatArray:
    """Pixel shuffle: block_size² channels become a square of pixels, as in `keras.ops`.

    Output channel c of the pixel in row v, column u of a square is channel
    (v · block_size + u) · C + c. PyTorch's `pixel_shuffle` takes c · block_size² +
    v · block_size + u instead.

    Shapes:
        x: (…, H, W, block_size² · C)
        output: (…, block_size · H, block_size · W, C)

    Raises:
        ValueError: `x` has fewer than three axes, or block_size² does not divide its channels.

    Source:
        Shi et al. 2016, section 3.2, arXiv:1609.05158
    """
    array, b = as_float64("x", x), count("block_size", block_size)
    if array.ndim < 3 or array.shape[-1] % b**2:
        expected = f"(…, H, W, C) with block_size², {b**2}, dividing C"
        raise ValueError(f"x has shape {array.shape}; it must be {expected}")
    *images, height, width, channels = array.shape
    squares = array.reshape(*images, height, width, b, b, channels // b**2)
    return np.moveaxis(squares, -3, -4).reshape(*images, height * b, width * b, channels // b**2)


def space_to_depth(x: ArrayLike, block_size: int = 2) -> FloatArray:
    """The inverse of `depth_to_space`: each square of pixels becomes block_size² channels.

    Shapes:
        x: (…, block_size · H, block_size · W, C)
        output: (…, H, W, block_size² · C)

    Raises:
        ValueError: `x` has fewer than three axes, or block_size does not divide its sides.
    """
    array, b = as_float64("x", x), count("block_size", block_size)
    if array.ndim < 3 or array.shape[-3] % b or array.shape[-2] % b:
        expected = f"(…, H, W, C) with block_size, {b}, dividing H and W"
        raise ValueError(f"x has shape {array.shape}; it must be {expected}")
    *images, height, width, channels = array.shape
    squares = array.reshape(*images, height // b, b, width // b, b, channels)
    return np.moveaxis(squares, -4, -3).reshape(*images, height // b, width // b, channels * b**2)


def channel_shuffle(x: ArrayLike, groups: int) -> FloatArray:
    """The first channel of each group, then the second of each, and so on.

    After a convolution in groups, each group of the next one so sees something of every group.

    Shapes:
        x: (…, C)
        output: the same

    Raises:
        ValueError: `groups` does not divide the channels.

    Source:
        Zhang et al. 2018, section 3.1, arXiv:1707.01083
    """
    array = as_float64("x", x)
    if array.ndim == 0 or array.shape[-1] % count("groups", groups):
        raise ValueError(f"x has shape {array.shape}; its last axis must be a multiple of {groups}")
    apart = array.reshape(*array.shape[:-1], groups, -1)
    return np.swapaxes(apart, -1, -2).reshape(array.shape)


def depth_to_space_gradients(
    upstream: ArrayLike, x: ArrayLike, block_size: int = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`: what each value got goes back where the value came from."""
    y = as_upstream(upstream, depth_to_space(x, block_size).shape)
    return (space_to_depth(y, block_size),)


def space_to_depth_gradients(
    upstream: ArrayLike, x: ArrayLike, block_size: int = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`: what each value got goes back where the value came from."""
    y = as_upstream(upstream, space_to_depth(x, block_size).shape)
    return (depth_to_space(y, block_size),)


def channel_shuffle_gradients(upstream: ArrayLike, x: ArrayLike, groups: int) -> tuple[FloatArray]:
    """Of a loss with respect to `x`: shuffled in C / groups groups, all are where they were."""
    y = as_upstream(upstream, channel_shuffle(x, groups).shape)
    return (channel_shuffle(y, y.shape[-1] // groups),)
