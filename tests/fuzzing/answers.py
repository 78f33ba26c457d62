"""What real submissions answered, of every kind, recorded through the wall."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from autograder.asking import ask
from autograder.bundle import read
from autograder.checks import Limits
from autograder.course import Course, open_course
from autograder.isolation import Isolation
from autograder.planning import read_release
from autograder.protocol import Value
from autograder.putting import observe
from autograder.questions import Misconception, Question, Trial
from autograder.sandbox import Child, start
from autograder.submission import parse, rebuild

ROOT = Path(__file__).parents[2]
SECRET = b"fuzzing" * 8
LIMITS = Limits(cell_seconds=120, call_seconds=120, submission_seconds=600)
MOST = 2
"""Of the first trials of a question, and of the last."""

UNSEEN = 40
"""Images that a trained model is judged on: every mutant of its answer is."""


@dataclass(frozen=True)
class Answer:
    """What was answered to a question with one trial."""

    question: Question
    value: Value
    right: bool

    @property
    def trial(self) -> Trial:
        return self.question.trials[0]


@dataclass(frozen=True)
class Recording:
    """What the children of an assignment said.

    Args:
        cells: what running a cell gave.
        questions: all that were asked, by what is to be defined.
    """

    answers: Sequence[Answer]
    cells: Sequence[Value]
    questions: Mapping[str, Question]


@cache
def recorded(assignment: str, isolation: Isolation, *checks: str) -> Recording:
    """What the solution and the released notebook answer to an assignment's checks.

    Args:
        checks: the names of some, of which cells of nobody's are not needed; or all.
    """
    course = open_course(ROOT)
    questions = _questions(course, assignment, checks)
    named = course.assignment(assignment)
    answers: list[Answer] = []
    cells: list[Value] = []
    with start(named.packages, isolation) as parent:
        for path, right in ((named.solution, True), (named.release, False)):
            rebuilt = rebuild(parse(path.read_bytes(), path.name), read_release(named), assignment)
            with parent.child(LIMITS) as child:
                for cell in rebuilt.cells:
                    if checks and not cell.grade_id:
                        continue
                    cells.append(child.ask({"do": "cell", "source": cell.source}, 120))
                for question in questions:
                    answers += _answered(question, child, right)
    return Recording(answers, cells, {one.defines: one for one in questions})


def _questions(course: Course, assignment: str, checks: Collection[str]) -> list[Question]:
    named = course.assignment(assignment)
    asked = [
        ask(check, assignment, SECRET)
        for check in named.checks()
        if not checks or check.name in checks
    ]
    known = {
        one.name: one.misconceptions for one in read(named.release.with_suffix(".npz")).questions
    }
    return [replace(one, misconceptions=known[one.name]) for one in asked]


def _answered(question: Question, child: Child, right: bool) -> list[Answer]:
    """A few of a question's trials, with an answer to all parts that each tests."""
    found = []
    trials = question.trials
    for place in sorted({*range(len(trials))[:MOST], *range(len(trials))[-MOST:]}):
        parts = [part for part in question.parts if trials[place].asks(part)]
        if question.kind == "trained":
            parts = list(question.parts)
        value = observe(
            question, trials[place], parts, lambda asked: child.ask(asked, LIMITS.call_seconds)
        )
        own = replace(
            question,
            trials=(_cut(trials[place]),),
            parts={part: question.parts[part] for part in parts},
            misconceptions=tuple(_at(one, place) for one in question.misconceptions),
            credit="all",
        )
        found.append(Answer(own, value, right))
    return found


def _cut(trial: Trial) -> Trial:
    """The trial with fewer images to be judged on."""
    inputs = {
        name: value[:UNSEEN] if name in ("test_images", "test_labels") else value
        for name, value in trial.case.inputs.items()
    }
    return replace(trial, case=replace(trial.case, inputs=inputs))


def _at(misconception: Misconception, place: int) -> Misconception:
    return replace(misconception, answers=misconception.answers[place : place + 1])
