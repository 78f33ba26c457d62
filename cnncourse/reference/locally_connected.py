"""Locally connected layers: convolution whose weights are not shared, each patch having its own."""

from typing import Unpack

from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, as_float64
from cnncourse.reference.operations import Correlation, Gradients
from cnncourse.reference.products import Products
from cnncourse.reference.steps import Padding, Steps, WindowOptions
from cnncourse.reference.windows import slide


def locally_connected1d(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[WindowOptions]
) -> FloatArray:
    """Each patch's inner product with its own kernel: `locally_connected2d` with one spatial axis.

    Shapes:
        x: (L,) with a kernel (L', k), or (L, C_in) or (N, L, C_in) with a kernel
            (L', k, C_in, C_out)
        output: as `x`, with L' patches and C_out channels
    """
    return _connection(1, x, kernel, **options).output()


def locally_connected2d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
) -> FloatArray:
    """Each patch's inner product with its own kernel; the options are those of `correlate2d`.

    Shapes:
        x: (H, W) with a kernel (H', W', kh, kw), or (H, W, C_in) or (N, H, W, C_in) with a kernel
            (H', W', kh, kw, C_in, C_out), the patches being H' × W'
        output: as `x`, with H' and W' patches and C_out channels

    Raises:
        ValueError: the shapes do not match, there are not as many kernels as patches, or an option
            is none of those.

    Source:
        LeCun 1989, "Generalization and network design strategies", section 4
    """
    return _connection(2, x, kernel, strides, padding, dilation_rate).output()


def locally_connected1d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[WindowOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to `locally_connected1d`'s output."""
    return _connection(1, x, kernel, **options).gradients(upstream)


def locally_connected2d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[WindowOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to `locally_connected2d`'s output."""
    return _connection(2, x, kernel, **options).gradients(upstream)


def _connection(
    rank: int,
    x: ArrayLike,
    kernel: ArrayLike,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
) -> Correlation:
    x, kernel = as_float64("x", x), as_float64("kernel", kernel)
    _refuse_mismatch(x, kernel, rank)
    lengths, size = add_axes(x, rank).shape[1:-1], kernel.shape[rank : 2 * rank]
    sliding = slide(lengths, size, strides, padding, dilation_rate)
    if kernel.shape[:rank] != sliding.positions:
        received = f"kernel has shape {kernel.shape}, x has {sliding.positions} patches"
        raise ValueError(f"{received}; the kernel's first axes must be as long as those")
    return Correlation(x, kernel, Products(sliding, is_shared=False))


def _refuse_mismatch(x: FloatArray, kernel: FloatArray, rank: int) -> None:
    shapes = f"x has shape {x.shape} and kernel {kernel.shape}"
    if kernel.ndim not in (2 * rank, 2 * rank + 2) or kernel.size == 0:
        axes = f"{2 * rank} axes, or {2 * rank + 2} with C_in and C_out last, none of length 0"
        raise ValueError(f"{shapes}; the kernel must have {axes}")
    if (x.ndim == rank) != (kernel.ndim == 2 * rank):
        raise ValueError(f"{shapes}; give both their channel axes, or neither")
    if kernel.ndim > 2 * rank and x.shape[-1] != kernel.shape[-2]:
        raise ValueError(
            f"{shapes}; the last axis of x must be as long as C_in, {kernel.shape[-2]}"
        )
