"""What had to be mended in a notebook, in as few lines as tell it all."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.submission.errors import one_line
from autograder.submission.release import Part, Role

MOST_NAMED = 6
"""Of cells to which the same had happened."""


@dataclass(frozen=True)
class Mended:
    """What had happened to a cell, and what was done about it.

    Args:
        remedies: what was done about several cells; by default the same.
        were: what had happened to them.
        detail: what is said of one cell alone.
    """

    was: str
    remedy: str
    remedies: str = ""
    were: str = ""
    detail: str = field(default="", compare=False)

    def of_one(self, name: str) -> str:
        detail = f" ({self.detail})" if self.detail else ""
        return "; ".join(filter(None, (f"{name} {self.was}{detail}", self.remedy)))

    def of_many(self, names: str) -> str:
        return "; ".join(
            filter(None, (f"{names} {self.were or self.was}", self.remedies or self.remedy))
        )


@dataclass
class Repairs:
    """Lines for the student: the same of several cells is said once, of text without names."""

    _lines: dict[str, None] = field(default_factory=dict)
    _cells: dict[tuple[str, Mended], list[tuple[str, Mended]]] = field(default_factory=dict)

    def say(self, line: str) -> None:
        """A line that is about no cell of the assignment."""
        self._lines[line] = None

    def add(self, part: Part, mended: Mended) -> None:
        """Something that had happened to a cell of the assignment."""
        told = (part.grade_id, mended)
        self._cells.setdefault((_noun(part), mended), []).append(told)

    def tell_of(self, part: Part) -> bool:
        """Whether something is told of a cell."""
        return any(name == part.grade_id for told in self._cells.values() for name, _ in told)

    def all(self) -> tuple[str, ...]:
        """All lines, those about the assignment's text last."""
        return (*self._about(text=False), *self._lines, *self._about(text=True))

    def _about(self, text: bool) -> Iterator[str]:
        for (noun, mended), told in self._cells.items():
            if (noun == TEXT) is not text:
                continue
            names = [name for name, _ in told]
            if len(told) > 1:
                yield mended.of_many(f"{_many(noun, len(told))}{'' if text else _listed(names)}")
            else:
                yield told[0][1].of_one(f"a cell {TEXT}" if text else named(names[0]))


TEXT = "of the assignment's text"


def named(grade_id: str) -> str:
    """A cell as a line names it."""
    return f"the cell '{one_line(grade_id, 60)}'"


def _noun(part: Part) -> str:
    if part.role is Role.CHECK:
        return "check"
    return "" if part.is_code or part.is_solution else TEXT


def _many(noun: str, count: int) -> str:
    return f"{count} check cells" if noun == "check" else f"{count} cells {noun}".rstrip()


def _listed(names: list[str]) -> str:
    more = ", …" if len(names) > MOST_NAMED else ""
    return f" ({', '.join(one_line(name, 60) for name in names[:MOST_NAMED])}{more})"
