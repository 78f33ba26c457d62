"""Whether a call left its inputs as they were."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from autograder.complaints import show
from autograder.kinds.finding import Finding
from autograder.kinds.outcomes import Wanted
from autograder.protocol import Array, Value
from autograder.results import VerdictKind


def judge_changes(wanted: Wanted, answer: Value) -> Finding | None:
    """Find fault with the first input that was changed.

    Args:
        answer: under `changed`, what some inputs are afterwards, by their number.
    """
    reported = answer.get("changed") if isinstance(answer, dict) else None
    if not isinstance(reported, dict):
        return None
    for number, (name, before) in enumerate(wanted.trial.case.inputs.items()):
        if str(number) in reported:
            told = _told(name, before, reported[str(number)])
            message = f"{wanted.call} changed its input {told}"
            fault = wanted.fault(VerdictKind.FAILED, message, "it changed an input")
            return replace(fault, hinted=False)
    return None


def _told(name: str, before: Value, after: Value) -> str:
    remedy = f" ({name} = {name}.copy())" if isinstance(before, np.ndarray) else ""
    what = next(_changes(name, before, after), name)
    return f"{what}; work on a copy{remedy}"


def _changes(name: str, before: Value, after: Value) -> Iterator[str]:
    """What has changed, as "x: element [0, 2] was 3, is 0"."""
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray):
        yield from _changes_of_array(name, before, after)
    elif isinstance(before, list | tuple | dict) and type(after) is type(before):
        yield from _changes_of_items(name, before, after)
    elif type(after) is type(before) and after != before:
        yield f"{name} was {before!r:.60}, is {after!r:.60}"


def _changes_of_array(name: str, before: Array, after: Array) -> Iterator[str]:
    if before.shape != after.shape:
        yield f"{name}: its shape was {before.shape}, is {after.shape}"
        return
    for index in np.argwhere((before != after) & ~(np.isnan(before) & np.isnan(after)))[:1]:
        place = tuple(index.tolist())
        yield f"{name}: element {list(place)} was {show(before[place])}, is {show(after[place])}"


def _changes_of_items(name: str, before: Value, after: Value) -> Iterator[str]:
    keys = list(before) if isinstance(before, dict) else range(len(before))
    if len(before) != len(after):
        yield f"{name}: its length was {len(before)}, is {len(after)}"
        return
    for key in keys:
        if not isinstance(before, dict) or key in after:
            yield from _changes(f"{name}[{key!r}]", before[key], after[key])
