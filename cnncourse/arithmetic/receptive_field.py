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
    zeros_per_side,
)


@dataclass(frozen=True)
class Window:
    """A convolution or a pool along one axis."""

    kernel_size: int
    strides: int = 1
    padding: int | str = 0  # zeros on each side, or Keras's "valid" or "same"
    dilation_rate: int = 1

    def before(self, input_size: int | None) -> int:
        """Zeros before the first element.

        Raises:
            ValueError: they are those of "same" and depend on `input_size`, which is not known.
        """
        if self.padding != "same":
            return zeros_per_side(self.padding)
        if self.strides == 1:
            return (covered_size(self.kernel_size, dilation_rate=self.dilation_rate) - 1) // 2
        if self.kernel_size == 1:
            return 0
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
        return output_size(
            input_size,
            self.kernel_size,
            strides=self.strides,
            padding=self.padding,
            dilation_rate=self.dilation_rate,
        )


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

    def through(
        self, kernel_size: int, *, strides: int = 1, padding: int = 0, dilation_rate: int = 1
    ) -> "ReceptiveField":
        """What a convolution or a pool sees behind this one.

        Args:
            padding: zeros before the first element; negative where elements are cropped.

        Source:
            Araujo et al. 2019, *Computing Receptive Fields of Convolutional Neural Networks*,
            section 2, doi:10.23915/distill.00021
        """
        covered = covered_size(kernel_size, dilation_rate=dilation_rate)
        require(1, strides=strides)
        period = len(self.spans) // gcd(len(self.spans), strides)
        offsets = range(0, covered, dilation_rate)
        seen = (
            [output * strides - padding + offset for offset in offsets] for output in range(period)
        )
        return self._of(seen, Fraction(period * strides) * self.jump)

    def through_transposed(
        self, kernel_size: int, *, strides: int = 1, padding: int = 0, dilation_rate: int = 1
    ) -> "ReceptiveField":
        """What a transposed convolution sees behind this one; up-sampling is one, too.

        Args:
            padding: outputs dropped before the first; negative where some are added.

        Raises:
            ValueError: outputs that see nothing lie between the others.
        """
        covered = covered_size(kernel_size, dilation_rate=dilation_rate)
        require(1, strides=strides)
        period = strides * len(self.spans)
        seen = [
            [
                (output + padding - offset) // strides
                for offset in range(0, covered, dilation_rate)
                if (output + padding - offset) % strides == 0
            ]
            for output in range(period)
        ]
        if not all(seen):
            received = f"the kernel covers {covered} and strides is {strides}"
            raise ValueError(f"{received}; between the outputs lie some that see nothing")
        return self._of(seen, Fraction(self.advance))

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

    def _of(self, seen: Iterable[list[int]], advance: Fraction) -> "ReceptiveField":
        """From the outputs of this layer that one output after another of the next one sees."""
        spans = ([self.seen_by(output) for output in outputs] for outputs in seen)
        hulls = tuple((min(f for f, _ in ends), max(last for _, last in ends)) for ends in spans)
        return ReceptiveField(hulls, int(advance))


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
        fields.append(
            fields[-1].through(
                layer.kernel_size,
                strides=layer.strides,
                padding=layer.before(input_size),
                dilation_rate=layer.dilation_rate,
            )
        )
        input_size = None if input_size is None else layer.positions(input_size)
    return fields[1:]
