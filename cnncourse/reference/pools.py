"""Max and average pooling: each window of each channel becomes its largest value or its mean."""

from typing import Unpack

from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray
from cnncourse.reference.pooling import MAXIMUM, MEAN
from cnncourse.reference.steps import Padding, PoolOptions, Steps

Gradient = tuple[FloatArray]


def max_pool1d(x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]) -> FloatArray:
    """The largest value of each window: `max_pool2d` for `x` of shape (L,), (L, C) or (N, L, C)."""
    return MAXIMUM.output(1, x, pool_size, **options)


def max_pool2d(
    x: ArrayLike, pool_size: Steps = 2, *, strides: Steps | None = None, padding: Padding = "valid"
) -> FloatArray:
    """The largest value of each window, channel by channel; what is padded never wins.

    Args:
        pool_size: elements along each axis of the window; an int, or one for each axis.
        strides: step from one window to the next; `pool_size` where None.
        padding: as for `correlate2d`, but on each side less than `pool_size`, so that no window
            holds padding only.

    Shapes:
        x: (H, W), (H, W, C) or (N, H, W, C)
        output: as `x`, with H and W counting windows (those that fit: floor)

    Raises:
        ValueError: the window exceeds the padded input, or an option is none of the above.

    Source:
        Dumoulin & Visin 2016, chapter 3, arXiv:1603.07285
    """
    return MAXIMUM.output(2, x, pool_size, strides, padding)


def max_pool3d(x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]) -> FloatArray:
    """The largest value of each window: `max_pool2d` with three spatial axes."""
    return MAXIMUM.output(3, x, pool_size, **options)


def average_pool1d(
    x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> FloatArray:
    """The mean of each window: `average_pool2d` for `x` of shape (L,), (L, C) or (N, L, C)."""
    return MEAN.output(1, x, pool_size, **options)


def average_pool2d(
    x: ArrayLike, pool_size: Steps = 2, *, strides: Steps | None = None, padding: Padding = "valid"
) -> FloatArray:
    """The mean of each window, channel by channel; padding is not counted, as in Keras.

    Args, shapes and errors are those of `max_pool2d`. Linear in `x`.
    """
    return MEAN.output(2, x, pool_size, strides, padding)


def average_pool3d(
    x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> FloatArray:
    """The mean of each window: `average_pool2d` with three spatial axes."""
    return MEAN.output(3, x, pool_size, **options)


def max_pool1d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> Gradient:
    """Of a loss with respect to `x`, from that to the output of `max_pool1d`."""
    return (MAXIMUM.gradient(1, upstream, x, pool_size, **options),)


def max_pool2d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> Gradient:
    """Of a loss with respect to `x`, from that to the output of `max_pool2d`.

    Of several largest values in a window, the first gets it all, row by row, as on TensorFlow.
    """
    return (MAXIMUM.gradient(2, upstream, x, pool_size, **options),)


def max_pool3d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> Gradient:
    """Of a loss with respect to `x`, from that to the output of `max_pool3d`."""
    return (MAXIMUM.gradient(3, upstream, x, pool_size, **options),)


def average_pool1d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> Gradient:
    """Of a loss with respect to `x`, from that to the output of `average_pool1d`."""
    return (MEAN.gradient(1, upstream, x, pool_size, **options),)


def average_pool2d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> Gradient:
    """Of a loss with respect to `x`, from that to the output of `average_pool2d`."""
    return (MEAN.gradient(2, upstream, x, pool_size, **options),)


def average_pool3d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> Gradient:
    """Of a loss with respect to `x`, from that to the output of `average_pool3d`."""
    return (MEAN.gradient(3, upstream, x, pool_size, **options),)
