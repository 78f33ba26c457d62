"""What a layer's arguments and inputs must be; each refusal says what came and what is allowed."""

from collections.abc import Sequence
from numbers import Integral
from typing import Any

import keras

from cnncourse.arithmetic import covered_size

Sizes = tuple[int, ...]
Shape = Sequence[int | None]

FORMATS = ("channels_last", "channels_first")
PADDINGS = ("valid", "same")


def count(name: str, value: Any, minimum: int = 1) -> int:
    """One whole number that is not too small.

    Raises:
        ValueError: it is no int, or below `minimum`.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < minimum:
        raise ValueError(f"{name} is {value!r}; it must be an int of at least {minimum}")
    return int(value)


def counts(name: str, value: Any, rank: int, minimum: int = 1) -> Sizes:
    """One whole number for each axis, from one for all or from a sequence.

    Raises:
        ValueError: there are not `rank` of them, or one is no int of at least `minimum`.
    """
    values = tuple(value) if isinstance(value, list | tuple) else (value,) * rank
    if len(values) != rank:
        expected = f"an int, or {rank} of them in a tuple"
        raise ValueError(f"{name} is {value!r}; it must be {expected}")
    return tuple(count(name, one, minimum) for one in values)


def choice(name: str, value: Any, allowed: Sequence[str]) -> str:
    """One of the names that are allowed, in lower case.

    Raises:
        ValueError: it is another.
    """
    if not isinstance(value, str) or value.lower() not in allowed:
        raise ValueError(f"{name} is {value!r}; it must be one of: {', '.join(allowed)}")
    return value.lower()


def padding(value: Any) -> str:
    """ "valid" or "same"."""
    return choice("padding", value, PADDINGS)


def data_format(value: Any) -> str:
    """The order of axes; Keras's configured one where None."""
    configured = keras.config.image_data_format()
    return choice("data_format", configured if value is None else value, FORMATS)


def fraction(name: str, value: Any, lowest: float = 0.0, highest: float = 1.0) -> float:
    """A number between two others, or one of them.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} is {value!r}; it must be a number")
    if not lowest <= value <= highest:
        raise ValueError(f"{name} is {value!r}; it must be from {lowest} to {highest}")
    return float(value)


def require_multiple(name: str, value: int, factor_name: str, factor: int) -> int:
    """A number that another divides.

    Raises:
        ValueError: it does not.
    """
    if value % factor:
        raise ValueError(f"{name} is {value}; it must be a multiple of {factor_name}, {factor}")
    return value


def require_ndim(input_shape: Shape, wanted: int) -> None:
    """Refuse inputs with another number of axes, the batch axis included.

    Raises:
        ValueError: there are more or fewer.
    """
    if len(input_shape) != wanted:
        raise ValueError(f"the input has shape {tuple(input_shape)}; it must have {wanted} axes")


def channel_axis(data_format: str) -> int:
    """Where the channels are, whatever the number of axes."""
    return -1 if data_format == "channels_last" else 1


def channels(input_shape: Shape, axis: int) -> int:
    """How many channels an input has.

    Raises:
        ValueError: that is unknown.
    """
    length = input_shape[axis]
    if length is None:
        received = f"the input has shape {tuple(input_shape)}"
        raise ValueError(f"{received}; the number of channels, axis {axis}, must be known")
    return length


def spatial(input_shape: Shape, data_format: str) -> tuple[int | None, ...]:
    """Height and width, or whatever lies between batch and channels."""
    shape = tuple(input_shape)
    return shape[1:-1] if data_format == "channels_last" else shape[2:]


def require_known(noun: str, sizes: Sequence[int | None], why: str, advice: str) -> Sizes:
    """Sizes of an input, where none may be unknown.

    Raises:
        ValueError: one is None; `why` says what depends on it, `advice` what to do.
    """
    if any(size is None for size in sizes):
        raise ValueError(f"the input's {noun} are {tuple(sizes)}; {why}: {advice}")
    return tuple(size for size in sizes if size is not None)


def require_fit(
    sizes: Sequence[int | None], window: Sizes, padding: str, dilation_rate: int | Sizes = 1
) -> None:
    """Refuse a window that covers more than an unpadded input has.

    Raises:
        ValueError: it does so along a known axis.
    """
    rates = counts("dilation_rate", dilation_rate, len(window))
    spans = tuple(
        covered_size(size, dilation_rate=rate) for size, rate in zip(window, rates, strict=True)
    )
    pairs = zip(sizes, spans, strict=True)
    if padding == "valid" and any(size is not None and size < span for size, span in pairs):
        received = f"the window covers {spans} of an input of {tuple(sizes)}"
        raise ValueError(f'{received}; use a smaller one, or padding "same"')


def positive(name: str, value: Any) -> float:
    """A number above 0.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ValueError(f"{name} is {value!r}; it must be a number above 0")
    return float(value)
