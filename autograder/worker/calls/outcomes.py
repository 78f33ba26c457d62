"""What came of calling a student's code, as an observation."""

from collections.abc import Callable
from typing import Any

from autograder.worker.calls.values import Crossing, Unsupported
from autograder.worker.failure import describe
from autograder.worker.text import plain


class Unfit(Exception):
    """A layer or model that cannot take the judge's weights; the message says why, in one line."""


class NotA(Exception):
    """A result of another kind than the exercise asks for.

    Args:
        value: the result.
        wanted: what was asked for, with its article.
    """

    def __init__(self, value: object, wanted: str) -> None:
        super().__init__(wanted)
        self.type = type_of(value)
        self.wanted = wanted


def outcome(call: Callable[[], Any], crossing: Crossing | None = None) -> dict[str, Any]:
    """Call, and say what came of it; `dtype` is a type that did not cross as it was."""
    try:
        result = call()
    except Unfit as reason:
        return {"outcome": "unfit", "reason": plain(reason, 300)}
    except NotA as other:
        return {"outcome": "unsupported", "type": other.type, "wanted": other.wanted}
    except BaseException as error:  # SystemExit and KeyboardInterrupt too
        return {"outcome": "raised", "error": describe(error)}
    kind, crossing = type_of(result), crossing or Crossing()
    try:
        came = {"outcome": "returned", "value": crossing.observed(result), "type": kind}
    except Unsupported as reason:
        came = {"outcome": "unsupported", "type": kind, "reason": plain(reason, 300)}
    return {**came, "dtype": crossing.dtype} if crossing.dtype else came


def type_of(value: object) -> str:
    """The name of a value's type."""
    return plain(type(value).__name__, 100)
