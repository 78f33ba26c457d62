"""Transposed convolution: every input lays the kernel, times itself, on the output.

`correlate2d` is linear in its input, so it is a matrix; transposed, that matrix leads from the
output's size back to the input's. It is the gradient of `correlate2d`, used as an operator.
"""

from collections.abc import Sequence
from typing import Unpack

from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, as_float64
from cnncourse.reference.operations import Gradients, Transpose
from cnncourse.reference.products import Products
from cnncourse.reference.steps import (
    Padding,
    Sides,
    Steps,
    TransposeOptions,
    count,
    padding_sides,
    per_axis,
)
from cnncourse.reference.windows import Sliding, spans_of


def correlate1d_transpose(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> FloatArray:
    """What Keras's `Conv1DTranspose` computes: `correlate2d_transpose` with one spatial axis.

    Shapes:
        x: (L,) with a kernel (k,), or (L, C_in) or (N, L, C_in) with a kernel (k, C_out, C_in)
    """
    return transpose(1, x, kernel, **options).output()


def correlate2d_transpose(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    strides: Steps = 1,
    padding: Padding = "valid",
    output_padding: Steps | None = None,
    dilation_rate: Steps = 1,
    groups: int = 1,
) -> FloatArray:
    """What Keras's `Conv2DTranspose` computes before its bias: every input times the kernel, added.

    Neighbouring inputs lay their kernels `strides` apart. The other options are those of the
    `correlate2d` that leads from the output's size to the size of `x`: its padding is cut off here.

    Args:
        output_padding: rows and columns that the output has below and right, besides those of
            (n - 1) · stride + k for "valid", k being what the dilated kernel covers,
            (n - 1) · stride + k mod 2 for "same", and (n - 1) · stride + k - before - after for an
            explicit padding. By default as many as make the first at least n · stride, the second
            just that, and none for the third.

    Shapes:
        x: (H, W) with a kernel (kh, kw), or (H, W, C_in) or (N, H, W, C_in) with a kernel
            (kh, kw, C_out / groups, C_in)
        output: as `x`, with H and W as above and C_out channels

    Raises:
        ValueError: the shapes do not match, an option is none of the above, or `correlate2d` leads
            from no output of that size to the size of `x`.

    Source:
        Dumoulin & Visin 2016, chapter 4, arXiv:1603.07285; where k < stride, Keras's "valid"
        output is n · stride long, PyTorch's (n - 1) · stride + k
    """
    return transpose(2, x, kernel, strides, padding, output_padding, dilation_rate, groups).output()


def correlate3d_transpose(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> FloatArray:
    """What Keras's `Conv3DTranspose` computes: `correlate2d_transpose` with three spatial axes.

    Shapes:
        x: (D, H, W) with a kernel (kd, kh, kw), or (D, H, W, C_in) or (N, D, H, W, C_in) with a
            kernel (kd, kh, kw, C_out / groups, C_in)
    """
    return transpose(3, x, kernel, **options).output()


def correlate1d_transpose_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> Gradients:
    """As `correlate2d_transpose_gradients`, with one spatial axis."""
    return transpose(1, x, kernel, **options).gradients(upstream)


def correlate2d_transpose_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to the output of the transpose.

    Transposed twice, a matrix is itself: `x` gets `correlate2d` of `upstream` with the kernel.
    """
    return transpose(2, x, kernel, **options).gradients(upstream)


def correlate3d_transpose_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> Gradients:
    """As `correlate2d_transpose_gradients`, with three spatial axes."""
    return transpose(3, x, kernel, **options).gradients(upstream)


def transpose(
    rank: int,
    x: ArrayLike,
    kernel: ArrayLike,
    strides: Steps = 1,
    padding: Padding = "valid",
    output_padding: Steps | None = None,
    dilation_rate: Steps = 1,
    groups: int = 1,
) -> Transpose:
    """A transposed correlation of this rank, its arguments checked and its options looked up."""
    x, kernel = as_float64("x", x), as_float64("kernel", kernel)
    _refuse_mismatch(x, kernel, rank, count("groups", groups))
    sliding = _over_output(
        add_axes(x, rank).shape[1:-1],
        kernel.shape[:rank],
        per_axis("strides", strides, rank),
        per_axis("dilation_rate", dilation_rate, rank),
        padding,
        output_padding,
    )
    return Transpose(x, kernel, Products(sliding, groups))


def _over_output(
    inputs: tuple[int, ...],
    size: tuple[int, ...],
    strides: tuple[int, ...],
    rates: tuple[int, ...],
    padding: Padding,
    output_padding: Steps | None,
) -> Sliding:
    """The window on an output of the length that leads back to `inputs`."""
    rank, spans = len(inputs), spans_of(size, rates)
    paddings: Sequence[str | Sides]
    if isinstance(padding, str) and padding in ("valid", "same"):
        paddings = [padding] * rank
    else:
        paddings = padding_sides(padding, inputs, spans, strides)
    extras: Sequence[int | None] = [None] * rank
    if output_padding is not None:
        extras = per_axis("output_padding", output_padding, rank, minimum=0)
    axes = zip(inputs, spans, strides, paddings, extras, strict=True)
    lengths = tuple(_output_length(*axis) for axis in axes)
    sides = padding_sides(padding, lengths, spans, strides)
    over = Sliding(lengths, size, strides, tuple(sides), rates)
    if min(lengths) < 1 or over.positions != inputs:
        received = f"padding is {padding!r} and output_padding {output_padding}"
        leads = f"from which correlate{rank}d does not lead back to {inputs}"
        raise ValueError(f"{received}; that gives an output of {lengths}, {leads}; change them")
    return over


def _output_length(
    n: int, span: int, stride: int, padding: str | Sides, output_padding: int | None
) -> int:
    if padding == "same":
        kept, usual = span % 2, stride - span % 2
    elif isinstance(padding, str):
        kept, usual = span, max(stride - span, 0)
    else:
        kept, usual = span - sum(padding), 0
    return (n - 1) * stride + kept + (usual if output_padding is None else output_padding)


def _refuse_mismatch(x: FloatArray, kernel: FloatArray, rank: int, groups: int) -> None:
    shapes = f"x has shape {x.shape} and kernel {kernel.shape}"
    if kernel.ndim not in (rank, rank + 2) or kernel.size == 0:
        expected = f"{rank} axes, or {rank + 2} with C_out and C_in last, none of length 0"
        raise ValueError(f"{shapes}; the kernel must have {expected}")
    if (x.ndim == rank) != (kernel.ndim == rank):
        raise ValueError(f"{shapes}; give both their channel axes, or neither")
    if kernel.ndim > rank and x.shape[-1] != kernel.shape[-1]:
        raise ValueError(f"{shapes}; both must have the same last axis, C_in")
    inputs = kernel.shape[-1] if kernel.ndim > rank else 1
    if inputs % groups:
        raise ValueError(f"groups is {groups}; it must divide C_in, {inputs}")
