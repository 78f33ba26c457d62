"""The rows of a profile, and what they show: a summary with what each layer costs and sees."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from cnncourse.tables.contents import Row, Summary, readable
from cnncourse.tables.profile.seen import Axis, View
from cnncourse.tables.profile.unknown import Amount, Unknown, total
from cnncourse.tables.text import table

ALL = "all"
PerAxis = tuple[int | Fraction | str | None, ...]


@dataclass(frozen=True)
class Sight:
    """What an output sees, a value for each axis of the input.

    Args:
        field: the receptive field's size; "all" where the output sees the whole input.
        stride: how far apart neighbours' fields lie; None where the output has no places.
        padding: how far the first output's field lies before the input; None as above.
    """

    field: PerAxis | Unknown
    stride: PerAxis | Unknown
    padding: PerAxis | Unknown

    @classmethod
    def of(cls, view: View) -> "Sight":
        """In numbers."""
        if isinstance(view, Unknown):
            return cls(view, view, view)
        return cls(
            tuple(map(_size, view)),
            tuple(None if axis.field is None else axis.field.jump for axis in view),
            _padding(view),
        )


def _size(axis: Axis) -> int | str:
    if axis.field is not None:
        return axis.field.size
    if axis.sees_everything:
        return ALL
    return 0 if axis.reach is None else axis.reach[1] - axis.reach[0] + 1


def _padding(view: tuple[Axis, ...]) -> PerAxis | Unknown:
    for axis in view:
        if not axis.counted:
            return Unknown(f"{axis.origin} pads by a number that depends on an unknown size")
    return tuple(None if axis.field is None else axis.field.padding for axis in view)


@dataclass(frozen=True)
class ProfileRow(Row):
    """One layer with the sum of its uses' costs, and what its outputs see.

    Args:
        macs: multiply-accumulates of weights with one image.
        memory: bytes of the outputs for one image.
        sights: of each output of each use, as far as they differ.
    """

    macs: Amount
    memory: Amount
    sights: tuple[Sight, ...]

    @property
    def cells(self) -> tuple[str | int, ...]:
        """A line of the table."""
        costs = (_amount(cost) for cost in self.costs.values())
        return *super().cells, *costs, *(shown(values) for values in self.seen.values())

    @property
    def costs(self) -> dict[str, Amount]:
        """What is spent, by name."""
        return {"macs": self.macs, "activation_bytes": self.memory}

    @property
    def seen(self) -> dict[str, list[PerAxis | Unknown]]:
        """What is seen, by name: a value for each sight, equal ones once."""
        by_name = {
            "receptive_field": [sight.field for sight in self.sights],
            "effective_stride": [sight.stride for sight in self.sights],
            "effective_padding": [sight.padding for sight in self.sights],
        }
        return {name: list(dict.fromkeys(values)) for name, values in by_name.items()}

    @property
    def reasons(self) -> dict[str, str]:
        """Why something is unknown, by its name."""
        seen = [(name, value) for name, several in self.seen.items() for value in several]
        values = [*self.costs.items(), *seen]
        return {name: value.why for name, value in values if isinstance(value, Unknown)}


@dataclass(frozen=True)
class Profile(Summary):
    """A model's layers, its weights, and what it costs and sees in all."""

    rows: tuple[ProfileRow, ...]

    header: ClassVar[tuple[str, ...]] = (
        *Summary.header,
        "MACs",
        "Bytes",
        "Field",
        "Stride",
        "Padding",
    )

    @property
    def macs(self) -> Amount:
        """Of all layers."""
        return total(row.macs for row in self.rows)

    @property
    def memory(self) -> Amount:
        """Bytes of all layers' outputs, the input's included."""
        return total(row.memory for row in self.rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """The totals, and why something is unknown."""
        reasons = dict.fromkeys(why for row in self.rows for why in row.reasons.values())
        return (
            f"Total MACs: {_line([row.macs for row in self.rows])}",
            f"Activation memory: {_line([row.memory for row in self.rows], _in_bytes)}",
            *(f"Unknown: {why}" for why in reasons),
        )

    def __str__(self) -> str:
        return table(self)


def _line(amounts: Sequence[Amount], suffix: Callable[[int], str] = lambda _: "") -> str:
    everything = total(amounts)
    if not isinstance(everything, Unknown):
        return f"{everything:,}{suffix(everything)}"
    known = sum(amount for amount in amounts if not isinstance(amount, Unknown))
    return f"unknown (of the others: {known:,}{suffix(known)})" if known else "unknown"


def shown(values: Iterable[PerAxis | Unknown]) -> str:
    """One number where the axes agree, else height×width; several uses' after one another."""
    return "; ".join(map(_shown, values))


def _in_bytes(size: int) -> str:
    return f" bytes ({readable(size)})"


def _amount(amount: Amount) -> str | int:
    return str(amount) if isinstance(amount, Unknown) else amount


def _shown(value: PerAxis | Unknown) -> str:
    if isinstance(value, Unknown):
        return str(value)
    axes = ["–" if axis is None else str(axis) for axis in value]
    return axes[0] if len(set(axes)) == 1 else "×".join(axes)
