"""What came of calling a student's code, as an observation."""

from collections.abc import Callable
from typing import Any

from autograder.worker.calls.values import Unsupported, observed
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


def outcome(call: Callable[[], Any]) -> dict[str, Any]:
    """Call, and say what came of it."""
    try:
        result = call()
    except Unfit as reason:
        return {"outcome": "unfit", "reason": plain(reason, 300)}
    except NotA as other:
        return {"outcome": "unsupported", "type": other.type, "wanted": other.wanted}
    except BaseException as error:  # SystemExit and KeyboardInterrupt too
        return {"outcome": "raised", "error": describe(error)}
    try:
        return {"outcome": "returned", "value": observed(result), "type": type_of(result)}
    except Unsupported as reason:
        return {"outcome": "unsupported", "type": type_of(result), "reason": plain(reason, 300)}


def type_of(value: object) -> str:
    """The name of a value's type."""
    return plain(type(value).__name__, 100)
