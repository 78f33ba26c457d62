"""What an entry of the journal holds of a graded submission, and back again."""

import base64
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder import protocol
from autograder.grade import Graded
from autograder.protocol import Value
from autograder.results import Difference, Part, Verdict, VerdictKind

QUICK = 1
"""How hard zlib tries."""


@dataclass(frozen=True)
class Kept:
    """What is known of a submission.

    Args:
        outputs: what its cells put out, by their places.
        seconds: what judging it took.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    outputs: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    seconds: float = 0.0


def packed(graded: Graded, checks: Collection[str]) -> dict[str, Any]:
    """The verdicts on some checks, and what the cells put out, as JSON."""
    verdicts = {one.check: one for one in graded.result.verdicts if one.check in checks}
    return {
        "verdicts": {name: [_text(each) for each in _told(one)] for name, one in verdicts.items()},
        "outputs": {str(place): _text(dict(one)) for place, one in graded.outputs.items()},
        "seconds": graded.result.seconds,
    }


def verdict(entry: Mapping[str, Any], check: str) -> Verdict:
    """The verdict on a check, out of an entry."""
    told, difference = map(_value, entry["verdicts"][check])
    parts = tuple(Part(**_kinded(part)) for part in told.pop("parts"))
    shown = None if difference is None else Difference(**difference)
    return Verdict(**_kinded(told), difference=shown, parts=parts)


def outputs(entry: Mapping[str, Any]) -> dict[int, Mapping[str, Value]]:
    """What the cells put out, out of an entry."""
    return {int(place): _value(text) for place, text in entry["outputs"].items()}


def _told(one: Verdict) -> tuple[dict[str, Value], Value]:
    """A verdict and its difference, which may be nested as deep as what crosses the wall."""
    verdict = {
        **vars(one),
        "kind": str(one.kind),
        "parts": [{**vars(part), "kind": str(part.kind)} for part in one.parts],
        "evidence": dict(one.evidence),
    }
    difference = verdict.pop("difference")
    return verdict, None if difference is None else dict(vars(difference))


def _kinded(told: dict[str, Value]) -> dict[str, Value]:
    return {**told, "kind": VerdictKind(told["kind"])}


def _text(value: Value) -> str:
    return base64.b64encode(zlib.compress(protocol.encode(value), QUICK)).decode()


def _value(text: str) -> Any:
    frame = zlib.decompress(base64.b64decode(text))
    document, _ = protocol.HEADER.unpack_from(frame)
    start = protocol.HEADER.size
    return protocol.decode(frame[start : start + document], frame[start + document :])
