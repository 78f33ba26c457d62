"""What the judge answers where a student's code calls a stand-in.

A stand-in is a right function in the place of a wrong one. What it asks comes from a stranger's
program: names, arguments and amounts are held to bounds, and whatever is refused is raised there.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.amounts import amount, known
from autograder.linearity import double
from autograder.protocol import MAX_ARRAYS, ProtocolError, Value, pack
from autograder.questions import Question
from autograder.tolerance import arrays_of

MOST_ASKS = 10_000
MOST_BYTES = 256 << 20


class Refused(Exception):
    """Something that is not answered; the message says why."""


class Oracle:
    """Answers from references while one question is put.

    Args:
        questions: those whose references may be asked, by what the student should have defined.
        asking: the question that is put.

    Attributes:
        asked: the names of those that have been asked.
    """

    def __init__(self, questions: Mapping[str, Question], asking: Question) -> None:
        self._questions = questions
        self.asked: set[str] = set()
        self._known = {name: known([one, asking]) for name, one in questions.items()}
        self.begin(0.0)

    def begin(self, seconds: float) -> None:
        """Be ready for a call, in which the references may compute for so long in all."""
        self._seconds = seconds
        self._asks = MOST_ASKS
        self._bytes = MOST_BYTES

    def __call__(self, message: Value) -> Value | None:
        """The reply to a question; None to what is none."""
        if not isinstance(message, dict) or message.keys() != {"ask", "args"}:
            return None
        try:
            return {"value": self._answer(message["ask"], message["args"])}
        except ValueError as error:
            return _raising("ValueError", str(error))
        except Refused as error:
            return _raising("RuntimeError", str(error))
        except Exception as error:  # a reference was written for the inputs of its own cases
            return _raising("TypeError", f"{type(error).__name__}: {error}")

    def _answer(self, name: Value, args: Value) -> Value:
        question = self._questions.get(name) if isinstance(name, str) else None
        if question is None or question.check is None:
            raise Refused("there is no stand-in of that name")
        if not isinstance(args, list):
            raise Refused(f"{name} was not called with arguments")
        self.asked.add(question.defines)
        self._allow(name, args)
        value = self._computed(question.check.reference, args)
        self._spend(name, value)
        return value

    def _allow(self, name: str, args: list[Value]) -> None:
        self._asks -= 1
        if self._asks < 0:
            raise Refused(f"{name} was called more than {MOST_ASKS} times in one call")
        if self._seconds < 0:
            raise Refused(f"{name} has computed for too long in one call")
        if not _are_inputs(args):
            raise Refused("a stand-in takes arrays, numbers, text, and lists and tuples of them")
        if not self._known[name].covers(amount(args)):
            raise Refused(f"{name} was called with far more than any case of its exercise")
        self._spend(name, args)

    def _spend(self, name: str, value: Value) -> None:
        self._bytes -= sum(array.nbytes for array in arrays_of(value))
        if self._bytes < 0:
            raise Refused(f"{name} has got and given more than {MOST_BYTES >> 20} MiB in one call")

    def _computed(self, reference: Callable[..., Value], args: list[Value]) -> Value:
        started = time.thread_time()
        try:
            with np.errstate(all="ignore"):
                value = reference(*(double(_plain(argument)) for argument in args))
                return _crossing(value, _dtype(args))
        finally:
            self._seconds -= time.thread_time() - started


def parameters(question: Question) -> list[str]:
    """What a function is called with, in order."""
    return list(question.trials[0].case.inputs) if question.trials else []


def _raising(name: str, message: str) -> Value:
    return {"raises": name, "message": message[:300]}


def _are_inputs(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_are_inputs, value))
    return not isinstance(value, dict)


def _plain(value: Value) -> Value:
    """Scalars as Python's own, however deep."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return value.item()
    return type(value)(map(_plain, value)) if isinstance(value, list | tuple) else value


def _dtype(args: list[Value]) -> Any:
    """What a right function returns: as fine as the arrays it is given, never half precision."""
    kinds = [array.dtype for array in arrays_of(args) if array.dtype.kind == "f" and array.ndim]
    return np.result_type(np.float32, *kinds) if kinds else np.dtype(np.float64)


def _crossing(value: Value, dtype: Any) -> Value:
    """The reference's answer as it crosses the wall.

    Raises:
        Refused: it is too large.
    """
    if isinstance(value, list | tuple):
        return type(value)(_crossing(item, dtype) for item in value)
    if isinstance(value, np.generic | np.ndarray):
        array = np.asarray(value)
        value = array.astype(dtype) if array.dtype.kind == "f" else array
    try:
        _, arrays = pack(value)
    except ProtocolError as error:
        raise Refused(str(error)) from None
    if sum(array.nbytes for array in arrays) > MAX_ARRAYS // 4:
        raise Refused(f"the answer has more than {MAX_ARRAYS >> 22} MiB")
    return value
