"""How many outputs a layer has along one axis, and which padding makes them so many.

The axes of an image do not depend on one another, so that every size here is of one axis.
"""

from cnncourse.arithmetic.counts import require


def covered_size(kernel_size: int, *, dilation_rate: int = 1) -> int:
    """Elements from the first to the last that a dilated kernel touches."""
    require(1, kernel_size=kernel_size, dilation_rate=dilation_rate)
    return (kernel_size - 1) * dilation_rate + 1


def output_size(
    input_size: int,
    kernel_size: int,
    *,
    strides: int = 1,
    padding: int | str = 0,
    dilation_rate: int = 1,
    strict: bool = False,
) -> int:
    """Positions of a kernel or a pool: floor((input + 2·padding - kernel) / stride) + 1.

    Args:
        padding: zeros on each side, or Keras's "valid" (none) or "same" (⌈input / stride⌉).
        strict: refuse a kernel that does not end exactly at the border, where Keras drops the rest.

    Raises:
        ValueError: the kernel does not fit; or, if `strict`, not exactly.

    Source:
        Dumoulin & Visin 2016, relationships 6 and 15, arXiv:1603.07285
    """
    covered = covered_size(kernel_size, dilation_rate=dilation_rate)
    require(1, input_size=input_size, strides=strides)
    if padding == "same":
        return -(-input_size // strides)
    padded = input_size + 2 * zeros_per_side(padding)
    steps, rest = divmod(padded - covered, strides)
    if steps < 0:
        raise ValueError(
            f"the kernel covers {covered} of {padded}; use a smaller one or more padding"
        )
    if strict and rest:
        received = (
            f"({padded} - {covered}) / {strides} + 1 = {(padded - covered) / strides + 1:.2f}"
        )
        raise ValueError(f"{received} is no whole number; change strides or padding by hand")
    return steps + 1


def transposed_size(
    input_size: int,
    kernel_size: int,
    *,
    strides: int = 1,
    padding: int | str = 0,
    output_padding: int = 0,
    dilation_rate: int = 1,
) -> int:
    """Positions of a transposed convolution: (input - 1)·stride + kernel - 2·padding.

    Args:
        padding: outputs dropped on each side, or Keras's "valid" ((input - 1)·stride + kernel, and
            input·stride where the kernel is smaller than the stride) or "same" (input·stride).
        output_padding: outputs added after the last, where padding is a number.

    Raises:
        ValueError: no output is left.

    Source:
        Dumoulin & Visin 2016, relationship 13, arXiv:1603.07285
    """
    covered = covered_size(kernel_size, dilation_rate=dilation_rate)
    require(1, input_size=input_size, strides=strides)
    require(0, output_padding=output_padding)
    if padding == "same":
        return input_size * strides
    if padding == "valid":
        return input_size * strides + max(covered - strides, 0)
    zeros = zeros_per_side(padding)
    size = (input_size - 1) * strides + covered - 2 * zeros + output_padding
    if size < 1:
        raise ValueError(f"padding is {zeros}; it leaves {size} of the outputs, use less")
    return size


def size_preserving_padding(kernel_size: int, *, dilation_rate: int = 1) -> int:
    """Zeros on each side that keep the size at stride 1: (k - 1) / 2.

    Raises:
        ValueError: the kernel covers an even number of elements, so both sides cannot be equal.
    """
    covered = covered_size(kernel_size, dilation_rate=dilation_rate)
    if covered % 2 == 0:
        raise ValueError(f"the kernel covers {covered}; it must be odd to pad both sides alike")
    return covered // 2


def total_same_padding(
    input_size: int, kernel_size: int, *, strides: int = 1, dilation_rate: int = 1
) -> int:
    """Zeros that "same" adds in all; half of them go before, and an odd one after.

    Source:
        https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    """
    covered = covered_size(kernel_size, dilation_rate=dilation_rate)
    positions = output_size(input_size, kernel_size, strides=strides, padding="same")
    return max((positions - 1) * strides + covered - input_size, 0)


def zeros_per_side(padding: int | str) -> int:
    """`padding` as a number; "same" has none that holds for every size."""
    if isinstance(padding, str) and padding != "valid":
        raise ValueError(
            f'padding is "{padding}"; it must be "valid", "same" or zeros for each side'
        )
    zeros = 0 if isinstance(padding, str) else padding
    require(0, padding=zeros)
    return zeros
