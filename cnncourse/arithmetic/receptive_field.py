"""Which elements of the input an output sees, along one axis, layer after layer.

Elements are counted from 0; those below 0, and those behind the last, are padding.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from cnncourse.arithmetic.counts import require
from cnncourse.arithmetic.sizes import (
    covered_size,
    output_size,
    total_same_padding,
    transposed_size,
    zeros_per_side,
)


@dataclass(frozen=True)
class Window:
    """A convolution, a pool, or a transposed convolution along one axis.

    Args:
        padding: elements before the first and behind the last, negative where some are cropped,
            or Keras's "valid" or "same". If `transposed`, outputs dropped.
        transposed: inputs lie `strides` apart in the output; up-sampling is one of these.
    """

    kernel_size: int
    strides: int = 1
    padding: int | str = 0
    dilation_rate: int = 1
    transposed: bool = False

    def __post_init__(self) -> None:
        require(
            1,
            kernel_size=self.kernel_size,
            strides=self.strides,
            dilation_rate=self.dilation_rate,
        )

    @property
    def covered(self) -> int:
        """Elements from the first to the last that it touches."""
        return covered_size(self.kernel_size, dilation_rate=self.dilation_rate)

    @property
    def depends_on_size(self) -> bool:
        """Whether the padding before the first element is known only with the input's size."""
        moves = self.strides > 1 and self.kernel_size > 1
        return self.padding == "same" and moves and not self.transposed

    def before(self, input_size: int | None = None) -> int:
        """Padding before the first element, as a number.

        Raises:
            ValueError: it is that of "same" and depends on `input_size`, which is not known.
        """
        if not isinstance(self.padding, str):
            return self.padding
        if self.padding != "same":
            return zeros_per_side(self.padding)
        if self.transposed:
            return max(self.covered - self.strides, 0) // 2
        if not self.depends_on_size:
            return (self.covered - 1) // 2
        if input_size is None:
            raise ValueError('padding is "same" with strides; give the input_size it depends on')
        total = total_same_padding(
            input_size,
            self.kernel_size,
            strides=self.strides,
            dilation_rate=self.dilation_rate,
        )
        return total // 2

    def positions(self, input_size: int) -> int:
        """Outputs along the axis."""
        size = transposed_size if self.transposed else output_size
        return size(
            input_size,
            self.kernel_size,
            strides=self.strides,
            padding=self.padding,
            dilation_rate=self.dilation_rate,
        )

    def elements(self, output: int, before: int) -> list[int]:
        """What `output` is made from, behind a padding of `before`."""
        taps = range(0, self.covered, self.dilation_rate)
        if not self.transposed:
            return [output * self.strides - before + tap for tap in taps]
        places = (output + before - tap for tap in taps)
        return [place // self.strides for place in places if place % self.strides == 0]

    def period(self, inputs: int) -> int:
        """After how many outputs a pattern of so many inputs repeats."""
        return inputs * self.strides if self.transposed else inputs // gcd(inputs, self.strides)


@dataclass(frozen=True)
class ReceptiveField:
    """What the outputs of a layer see.

    After up-sampling neighbours do not all see equally much, but every P-th does; P is 1 elsewhere.

    Args:
        spans: the first and the last element that outputs 0 … P - 1 see.
        advance: how many elements further outputs P … 2P - 1 see.
    """

    spans: tuple[tuple[int, int], ...] = ((0, 0),)
    advance: int = 1

    @property
    def size(self) -> int:
        """Elements that an output sees; the most that any does where they differ."""
        return max(last - first + 1 for first, last in self.spans)

    @property
    def jump(self) -> Fraction:
        """Elements from what one output sees to what the next one sees: the effective stride."""
        return Fraction(self.advance, len(self.spans))

    @property
    def start(self) -> Fraction:
        """The centre of what the first output sees; the first element's centre is 0."""
        return Fraction(sum(self.spans[0]), 2)

    @property
    def padding(self) -> int:
        """Elements before the input's first that the first output sees: the effective padding."""
        return -self.spans[0][0]

    def seen_by(self, output: int) -> tuple[int, int]:
        """The first and the last element that an output sees."""
        turns, phase = divmod(output, len(self.spans))
        first, last = self.spans[phase]
        return first + turns * self.advance, last + turns * self.advance

    def through(self, window: Window, input_size: int | None = None) -> "ReceptiveField":
        """What a layer behind this one sees.

        Args:
            input_size: of that layer; where its padding is "same", strides may need it.

        Raises:
            ValueError: outputs that see nothing lie between the others, or `input_size` is needed.

        Source:
            Araujo et al. 2019, *Computing Receptive Fields of Convolutional Neural Networks*,
            section 2, doi:10.23915/distill.00021
        """
        before = window.before(input_size)
        period = window.period(len(self.spans))
        jump = self.jump / window.strides if window.transposed else self.jump * window.strides
        spans = (self._hull(window.elements(output, before)) for output in range(period))
        return ReceptiveField(tuple(spans), int(period * jump))

    def union(self, other: "ReceptiveField") -> "ReceptiveField":
        """What a sum or a concatenation of the two sees, from the first element to the last.

        Raises:
            ValueError: they do not advance alike.
        """
        if self.jump != other.jump:
            raise ValueError(f"the jumps are {self.jump} and {other.jump}; they must be equal")
        period = lcm(len(self.spans), len(other.spans))
        pairs = (self.seen_by(i) + other.seen_by(i) for i in range(period))
        spans = tuple((min(ends), max(ends)) for ends in pairs)
        return ReceptiveField(spans, int(period * self.jump))

    def _hull(self, outputs: list[int]) -> tuple[int, int]:
        """The first and the last element that any of these outputs sees."""
        if not outputs:
            raise ValueError("strides leave outputs that see nothing; use a larger kernel")
        spans = [self.seen_by(output) for output in outputs]
        return min(first for first, _ in spans), max(last for _, last in spans)


def receptive_fields(
    layers: Iterable[Window], input_size: int | None = None
) -> list[ReceptiveField]:
    """What each layer of a chain sees of the chain's input.

    Args:
        input_size: needed where padding is "same" and strides are not 1.

    Raises:
        ValueError: a kernel does not fit, or `input_size` is needed.
    """
    fields = [ReceptiveField()]
    for layer in layers:
        fields.append(fields[-1].through(layer, input_size))
        input_size = None if input_size is None else layer.positions(input_size)
    return fields[1:]
