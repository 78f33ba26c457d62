"""Cells of the assignment that stand elsewhere than in the release."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from autograder.submission.matching import Slot
from autograder.submission.release import Part
from autograder.submission.repairs import Mended, Repairs

ELSEWHERE = Mended("had been moved", "it runs where you put it", "they run where you put them")
BACK = Mended(
    "had been moved",
    "it is back before the answers that need it",
    "they are back before the answers that need them",
)


def put_back(slots: Sequence[Slot], parts: Mapping[str, Part], repairs: Repairs) -> list[Slot]:
    """Move our own code back before the answers that build on it; note what else has moved.

    Answers and cells of the student's own keep their order: it is the one in which they ran.
    """
    places = {grade_id: place for place, grade_id in enumerate(parts)}
    ordered = list(slots)
    for ours in parts.values():
        if ours.is_code and ours.is_preparation:
            _advance(ordered, ours, places, repairs)
    for slot in _out_of_order(ordered, places):
        part = slot.part
        if part and part.is_code and part.is_solution and not repairs.tell_of(part):
            repairs.add(part, ELSEWHERE)
    return ordered


def _advance(slots: list[Slot], part: Part, places: Mapping[str, int], repairs: Repairs) -> None:
    """Put a cell of ours before the first answer that comes after it in the release."""
    own = next((i for i, slot in enumerate(slots) if slot.part is part), None)
    if own is None:
        return
    for index, slot in enumerate(slots[:own]):
        later = slot.part and places[slot.part.grade_id] > places[part.grade_id]
        if slot.part and later and slot.part.is_code and slot.part.is_solution:
            slots.insert(index, slots.pop(own))
            repairs.add(part, BACK)
            return


def _out_of_order(slots: Sequence[Slot], places: Mapping[str, int]) -> list[Slot]:
    """The fewest of the release's cells that, taken out, leave the others in its order."""
    known = [(places[slot.part.grade_id], slot) for slot in slots if slot.part]
    ends: list[int] = []  # of the longest runs in order so far, by length: the smallest last place
    lengths = []
    for place, _ in known:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    moved, wanted, limit = [], len(ends) - 1, len(places)
    for (place, slot), length in zip(reversed(known), reversed(lengths), strict=True):
        if length == wanted and place < limit:
            wanted, limit = wanted - 1, place
        else:
            moved.append(slot)
    return moved[::-1]
