"""Where the wrong elements of an array lie, in words.

Each finder looks for one pattern and says nothing where it is not there; the first that finds its
own has the word. What is said holds for all wrong elements.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

FULL = 0.75
"""How much of a region must be wrong for the region to be worth telling."""

NAMES = {
    1: ("place",),
    2: ("row", "column"),
    3: ("row", "column", "channel"),
    4: ("image", "row", "column", "channel"),
}
SPATIAL = ("place", "row", "column")


@dataclass(frozen=True)
class Place:
    """A place in words that follow "all"; the summary has no number of the case in it."""

    message: str
    summary: str


@dataclass(frozen=True)
class Axis:
    """What an index along an axis is called: "row", or "slice" with " of axis 4"."""

    noun: str
    of: str = ""

    def at(self, index: int, size: int) -> Place:
        """One index."""
        if index in (0, size - 1):
            return _same(f"in the {'last' if index else 'first'} {self.noun}{self.of}")
        return Place(f"in {self.noun} {index}{self.of}", f"in one {self.noun}{self.of}")

    def along(self, used: NDArray[np.intp], size: int) -> Place | None:
        """Several indices, where they are all of a kind."""
        first, last = int(used[0]), int(used[-1])
        noun, of = self.noun, self.of
        if size > 3 and np.array_equal(used, np.arange(first % 2, size, 2)):
            return _same(f"in every second {noun}{of}")
        if len(used) == size or len(used) != last - first + 1:
            return None
        if last == size - 1:
            return Place(f"from {noun} {first}{of} on", f"in the last {noun}s{of}")
        if first == 0:
            return Place(f"up to {noun} {last}{of}", f"in the first {noun}s{of}")
        return Place(f"in {noun}s {first} to {last}{of}", f"in some {noun}s{of}")


EVERYWHERE = Place("of them", "of them")
NOWHERE = Place("", "")


def axes_of(rank: int, images: bool = True) -> tuple[Axis, ...]:
    """What the axes of an array are called.

    Args:
        images: whether four axes are those of a batch of images.
    """
    if rank in NAMES and (images or rank < 4):
        return tuple(map(Axis, NAMES[rank]))
    return tuple(Axis("slice", f" of axis {number}") for number in range(rank))


def place(wrong: Mask, axes: Sequence[Axis]) -> Place:
    """Where the wrong elements are; nothing where that is not telling. At least one is wrong."""
    axes = [axis for axis, size in zip(axes, wrong.shape, strict=True) if size > 1]
    wrong = wrong.squeeze()
    if not axes:
        return NOWHERE
    return next((found for find in FINDERS if (found := find(wrong, axes))), NOWHERE)


def _same(words: str) -> Place:
    return Place(words, words)


def _used(wrong: Mask, axis: int) -> NDArray[np.intp]:
    """The indices along an axis at which something is wrong."""
    others = tuple(number for number in range(wrong.ndim) if number != axis)
    return np.flatnonzero(wrong.any(axis=others))


def _everywhere(wrong: Mask, _: Sequence[Axis]) -> Place | None:
    return EVERYWHERE if wrong.all() else None


def _all_but_the_first(wrong: Mask, _: Sequence[Axis]) -> Place | None:
    rest = wrong.ravel()[1:]
    return _same("but the first") if rest.size > 1 and rest.all() else None


def _alone(wrong: Mask, axes: Sequence[Axis]) -> Place | None:
    """A single element: its index says the rest."""
    if wrong.sum() > 1:
        return None
    spatial = [number for number, axis in enumerate(axes) if axis.noun in SPATIAL]
    index = [int(_used(wrong, number)[0]) for number in spatial]
    sizes = [wrong.shape[number] for number in spatial]
    ends = [i in (0, size - 1) for i, size in zip(index, sizes, strict=True)]
    if sum(ends) > 1:
        return _same("in a corner")
    at_end = (axes[n].at(i, s) for n, i, s, e in zip(spatial, index, sizes, ends, strict=True) if e)
    return next(at_end, NOWHERE)


def _in_a_slice(wrong: Mask, axes: Sequence[Axis]) -> Place | None:
    """One index of some axes, and what is to be said of the others."""
    used = [_used(wrong, number) for number in range(wrong.ndim)]
    single = [number for number, indices in enumerate(used) if len(indices) == 1]
    if not single:
        return None
    index = tuple(int(used[n][0]) if n in single else slice(None) for n in range(wrong.ndim))
    rest = place(wrong[index], [axis for n, axis in enumerate(axes) if n not in single])
    found = [axes[n].at(int(used[n][0]), wrong.shape[n]) for n in single]
    return _joined([*found, rest] if rest not in (EVERYWHERE, NOWHERE) else found)


def _joined(found: Sequence[Place]) -> Place:
    return Place(", ".join(one.message for one in found), ", ".join(one.summary for one in found))


def _at_the_edges(wrong: Mask, axes: Sequence[Axis]) -> Place | None:
    """Two edges of the image, its corners, or all of its border, whatever the channel."""
    spatial = [number for number, axis in enumerate(axes) if axis.noun in SPATIAL]
    others = tuple(number for number in range(wrong.ndim) if number not in spatial)
    flat = np.asarray(wrong.any(axis=others))
    if not spatial or min(flat.shape) < 3:
        return None
    if flat.ndim == 1:
        return None if flat[1:-1].any() else _same("at the ends")
    if not (flat[1:-1].any() or flat[:, 1:-1].any()):
        return _same("in the corners")
    for (one, first), (other, second) in combinations(_edges(flat), 2):
        if not (flat & ~first & ~second).any():
            return _same(f"in the {one} or the {other}")
    return None if flat[1:-1, 1:-1].any() else _same("at the border")


def _edges(flat: Mask) -> list[tuple[str, Mask]]:
    row, column = np.indices(flat.shape)
    height, width = flat.shape
    return [
        ("first row", row == 0),
        ("last row", row == height - 1),
        ("first column", column == 0),
        ("last column", column == width - 1),
    ]


def _at_the_diagonal(wrong: Mask, axes: Sequence[Axis]) -> Place | None:
    if [axis.noun for axis in axes] != ["row", "column"] or min(wrong.shape) < 3:
        return None
    row, column = np.indices(wrong.shape)
    for words, region in (
        ("on the diagonal", row == column),
        ("below the diagonal", row > column),
        ("above the diagonal", row < column),
        ("in the lower triangle", row >= column),
        ("in the upper triangle", row <= column),
        ("off the diagonal", row != column),
    ):
        if not (wrong & ~region).any() and wrong.sum() >= FULL * region.sum():
            return _same(words)
    return None


def _in_a_range(wrong: Mask, axes: Sequence[Axis]) -> Place | None:
    """A rectangle, or every second row, column or channel."""
    used = [_used(wrong, number) for number in range(wrong.ndim)]
    if wrong.sum() < FULL * np.prod([len(indices) for indices in used]):
        return None
    along = (axis.along(*one) for axis, *one in zip(axes, used, wrong.shape, strict=True))
    found = [one for one in along if one]
    return _joined(found) if found else None


FINDERS: tuple[Callable[[Mask, Sequence[Axis]], Place | None], ...] = (
    _everywhere,
    _all_but_the_first,
    _alone,
    _in_a_slice,
    _at_the_edges,
    _at_the_diagonal,
    _in_a_range,
)
