"""What is tried with damaged inputs: how they are made, and what is done with each."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from autograder.course import open_course
from autograder.isolation import Isolation
from autograder.protocol import encode
from tests.fuzzing.answers import Answer, recorded
from tests.fuzzing.archives import archives, unpack
from tests.fuzzing.frames import messages
from tests.fuzzing.grading import Grader
from tests.fuzzing.judging import ask_oracle, judge, run_cell
from tests.fuzzing.notebooks import ROOT, assignment, notebooks
from tests.fuzzing.reading import Reader

CELLS = 11
"""Of a release, where the whole would take long."""

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OUTPUTS = (
    {"stdout": "3\n", "images": [np.frombuffer(PNG, np.uint8)], "result": "4", "error": None},
    {
        "stdout": "",
        "images": [],
        "result": "",
        "error": {"type": "ZeroDivisionError", "message": "m", "line": "1/0", "traceback": "t\nu"},
    },
)
"""What a cell may put out that none of the course's does."""

Input = tuple[str, bytes]
"""What the bytes stand for, in a few words, and the bytes."""


@dataclass(frozen=True)
class Target:
    """What is tried, with what."""

    inputs: st.SearchStrategy[Input]
    attempt: Callable[[Input], None]
    close: Callable[[], None] = lambda: None


def notebook_target(name: str, cells: int | None, folder: Path) -> Target:
    """Notebooks read, rebuilt and written."""
    used = assignment(name, cells)
    read = Reader(folder, used)
    return Target(notebooks(used.seeds).map(lambda data: (name, data)), lambda one: read(one[1]))


def archive_target(folder: Path) -> Target:
    """Zips of submissions."""
    named = archives().map(lambda data: ("class.zip", data))
    return Target(named, lambda one: unpack(one[1], folder))


def message_target(name: str, folder: Path, isolation: Isolation, *checks: str) -> Target:
    """Answers of every kind, judged."""
    answers = {_title(answer): answer for answer in recorded(name, isolation, *checks).answers}
    for title, answer in answers.items():
        verdict = judge(answer, encode(answer.value), folder)
        assert verdict.passed == answer.right, f"{title}: {verdict.message}"
    inputs = st.sampled_from(sorted(answers)).flatmap(
        lambda title: st.tuples(st.just(title), messages(answers[title].value))
    )
    return Target(inputs, lambda one: _judge(answers[one[0]], one[1], folder))


def _judge(answer: Answer, frame: bytes, folder: Path) -> None:
    judge(answer, frame, folder)


def _title(answer: Answer) -> str:
    style = "solution" if answer.right else "stub"
    return f"{answer.question.name}, {answer.trial.case.name}, {style}"


def output_target(name: str, isolation: Isolation, *checks: str) -> Target:
    """What cells put out."""
    recording = recorded(name, isolation, *checks)
    answer = next(one for one in recording.answers if one.right)
    said = [*recording.cells, *OUTPUTS]
    inputs = st.integers(0, len(said) - 1).flatmap(
        lambda number: st.tuples(st.just(f"cell {number}"), messages(said[number]))
    )
    frame = encode(answer.value)
    return Target(inputs, lambda one: run_cell(one[1], answer, frame))


def question_target(name: str, isolation: Isolation, *checks: str) -> Target:
    """What stand-ins ask."""
    recording = recorded(name, isolation, *checks)
    answers = [one for one in recording.answers if one.right and one.question.kind == "function"]
    asks = {
        _title(one): {"ask": one.question.defines, "args": list(one.trial.case.inputs.values())}
        for one in answers
    }
    named = {_title(one): one for one in answers}
    inputs = st.sampled_from(sorted(asks)).flatmap(
        lambda title: st.tuples(st.just(title), messages(asks[title]))
    )

    def attempt(one: Input) -> None:
        answer = named[one[0]]
        ask_oracle(answer, recording.questions[answer.question.defines], [one[1]])

    return Target(inputs, attempt)


def graded_target(folder: Path, isolation: Isolation) -> Target:
    """Notebooks graded in full."""
    grader = Grader(folder, isolation)
    inputs = notebooks(grader.assignment.seeds).map(lambda data: ("graded", data))
    return Target(inputs, lambda one: grader(one[1]), grader.close)


def _checks(name: str) -> list[str]:
    return [check.name for check in open_course(ROOT).assignment(name).checks()]


def target(name: str, folder: Path, isolation: Isolation) -> Target:
    """A target by its name."""
    what, _, which = name.partition(" ")
    made: dict[str, Callable[[], Target]] = {
        "notebooks": lambda: notebook_target(which, CELLS, folder),
        "whole": lambda: notebook_target(which, None, folder),
        "archives": lambda: archive_target(folder),
        "messages": lambda: message_target(which, folder, isolation, *_checks(which)),
        "outputs": lambda: output_target(which, isolation),
        "questions": lambda: question_target(which, isolation),
        "graded": lambda: graded_target(folder, isolation),
    }
    return made[what]()
