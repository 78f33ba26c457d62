"""What misconceptions answer to the public cases: each is run in the place of the answer.

Answers travel, sources do not. A digest of all code that they came from says whether they are up
to date, so that nothing need be run to find out, and another machine's rounding does not matter.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from nbformat import NotebookNode

from autograder import bundle
from autograder.asking import ask
from autograder.authoring.errors import BuildError
from autograder.course import Assignment, Course
from autograder.explaining import observe_in_full
from autograder.fingerprints import fingerprint
from autograder.kinds import KINDS
from autograder.local import session
from autograder.misconceptions import in_place
from autograder.protocol import Value
from autograder.questions import Misconception, Question, Trial
from autograder.worker import seeds
from autograder.worker.calls import CALLS
from autograder.worker.shell import Shell

SAID: Sequence[str] = ("outcome", "type", "reason", "wanted")
"""What a worker says of how a call came out, in words."""


def marked(questions: Sequence[Question], solution: NotebookNode) -> list[Question]:
    """The questions, each of their misconceptions with a digest of the code that makes it."""
    answers = [cell.source for cell in solution.cells if cell.cell_type == "code"]

    def mark(one: Misconception) -> Misconception:
        digest = sha256(json.dumps([one.source, answers]).encode()).hexdigest()
        return replace(one, made_from=digest[:16])

    return [
        replace(question, misconceptions=tuple(map(mark, question.misconceptions)))
        for question in questions
    ]


def kept(questions: Sequence[Question], built: Path) -> list[Question]:
    """The questions, with the answers that an earlier build found of the same code and cases."""
    try:
        before = {question.name: question for question in bundle.read(built).questions}
    except bundle.BundleError:
        return list(questions)
    return [_kept(question, before.get(question.name)) for question in questions]


def _kept(question: Question, before: Question | None) -> Question:
    if before is None or fingerprint(before.trials) != fingerprint(question.trials):
        return question
    known = {one.made_from: one.answers for one in before.misconceptions}
    told = (replace(m, answers=known.get(m.made_from, ())) for m in question.misconceptions)
    return replace(question, misconceptions=tuple(told))


def answered(
    questions: Sequence[Question], solution: Path, course: Course, assignment: Assignment
) -> list[Question]:
    """The questions, each of their misconceptions with its answers to the public cases.

    What has answers keeps them. What is right in all of these cases has none: hidden ones alone can
    tell it. Training has too little to learn from here to be right.

    Args:
        solution: the notebook with answers, its bundle beside it.

    Raises:
        BuildError: a misconception does not run, or is right in every case.
    """
    missing = (not one.answers for question in questions for one in question.misconceptions)
    if not any(missing):
        return list(questions)
    with session(solution) as shell:
        return [_answered(question, shell, course, assignment) for question in questions]


def _answered(question: Question, shell: Shell, course: Course, assignment: Assignment) -> Question:
    before = dict(shell.namespace)
    made = []
    for one in question.misconceptions:
        if one.answers:
            made.append(one)
            continue
        file = f"{assignment.wrong / question.name}.py: {one.name!r}"
        if error := shell.run(in_place(one, question.defines, question.defines))["error"]:
            line = f"raised {error['type']}: {error['message']}"
            raise BuildError(f"{file} {line}; its cell must define {question.defines}")
        answers = [_put(question, trial, shell) for trial in question.trials]
        if all(map(partial(_right, question), question.trials, answers)):
            if not _wrong_when_hidden(question, shell, course, assignment):
                raise BuildError(f"{file} is right in every case; add one in which it is not")
            answers = []
        made.append(replace(one, answers=tuple(map(partial(_told, question.kind), answers))))
        shell.namespace.update(before)
    return replace(question, misconceptions=tuple(made))


def _wrong_when_hidden(
    question: Question, shell: Shell, course: Course, assignment: Assignment
) -> bool:
    """Whether a hidden case is answered wrongly; without a secret, whether there may be one."""
    check = question.check
    if check is None or not course.has_secret:
        return check is None or check.draw is not None
    asked = ask(check, assignment.name, course.secret())
    hidden = (trial for trial in asked.trials if not trial.case.public)
    return not all(_right(asked, trial, _put(asked, trial, shell)) for trial in hidden)


def _put(question: Question, trial: Trial, shell: Shell) -> Value:
    def put(asked: dict[str, Value]) -> Value:
        seeds.sow()
        return CALLS[question.kind](asked, shell.namespace)

    return observe_in_full(question, trial, put)


def _right(question: Question, trial: Trial, answer: Value) -> bool:
    parts = [part for part in question.parts if trial.asks(part)]
    return not KINDS[question.kind].judge(question, trial, parts, answer)


def _told(kind: str, answer: dict[str, Value]) -> dict[str, Value]:
    """An answer without what it printed, where it raised, and what was learnt by chance."""
    told = {key: answer[key] for key in SAID if key in answer}
    if "parts" in answer:
        told["parts"] = {part: _told(kind, own) for part, own in answer["parts"].items()}
    if "error" in answer:
        told["error"] = {key: answer["error"][key] for key in ("type", "message")}
    if "value" in answer:
        value = answer["value"]
        told["value"] = {"outputs": value.get("outputs")} if kind == "trained" else value
    return told
