"""Every message that a student can be told, each from an answer that is told it.

The answers stand in examples/messages, the exercises in its checks.py. This grades them all and
writes docs/messages.md.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from runpy import run_path
from typing import Any

import jupytext
import nbformat
from handed_in import Notebook, release

from autograder.asking import ask
from autograder.checks import Check, Limits
from autograder.course import open_course
from autograder.examining import examine
from autograder.feedback import products
from autograder.feedback.signs import advice
from autograder.grade import grade
from autograder.isolation import Isolation
from autograder.planning import Plan, collect, prepare, warm_parent
from autograder.questions import Question
from autograder.results import Verdict
from autograder.sandbox import Parent, start
from autograder.submission import Unreadable, parse, rebuild

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examples" / "messages"
PAGE = ROOT / "docs" / "messages.md"
SECRET = bytes(32)
NAME = "01_convolution"

ANSWERS: Mapping[str, tuple[Sequence[str], Limits]] = {
    "functions.py": (("numpy",), Limits(call_seconds=1, memory_bytes=512 << 20)),
    "layers_models_trainings.py": (("keras",), Limits(call_seconds=20)),
}
"""The files of answers, with what their assignment allows."""


@dataclass(frozen=True)
class Answer:
    """A student's cell, and the check that it is an answer to."""

    section: str
    check: str
    what: str
    source: str


def answers(file: str) -> Iterator[Answer]:
    """The answers in a file: a cell each, titled with its check and what is wrong."""
    section = ""
    for cell in jupytext.read(FOLDER / file, fmt="py:percent").cells:
        if cell.cell_type == "markdown":
            section = cell.source.removeprefix("## ")
        else:
            check, what = cell.metadata["title"].split(": ")
            yield Answer(section, check, what, cell.source)


def questions(limits: Limits) -> dict[str, Question]:
    """The exercises, with public and hidden cases."""
    checks: Sequence[Check] = run_path(str(FOLDER / "checks.py"))["ALL"]
    return {check.name: ask(check, "messages", SECRET, limits) for check in checks}


def verdict(
    answer: Answer, question: Question, public: bool, parent: Parent, limits: Limits
) -> Verdict:
    """What is said of an answer in the public cases, or in the hidden ones, alone."""
    trials = tuple(trial for trial in question.trials if trial.case.public is public)
    imports = "import numpy as np\n" + ("import keras\n" if "keras" in answer.source else "")

    def put(request: dict[str, Any]) -> Any:
        # Each in a child of its own: some answers leave none.
        with parent.child(limits) as child:
            child.ask({"do": "cell", "source": imports + answer.source}, limits.cell_seconds)
            return child.ask(request, limits.call_seconds)

    return examine(replace(question, trials=trials), put)


def told(file: str, isolation: Isolation) -> Iterator[tuple[Answer, list[Verdict]]]:
    """Each answer of a file with what it is told, as far as there are such cases."""
    packages, limits = ANSWERS[file]
    asked = questions(limits)
    with start(packages, isolation) as parent:
        for answer in answers(file):
            question = asked[answer.check]
            kinds = sorted({trial.case.public for trial in question.trials}, reverse=True)
            yield answer, [verdict(answer, question, one, parent, limits) for one in kinds]


def entries(file: str, isolation: Isolation) -> Iterator[str]:
    """The page's lines about the answers of a file."""
    section = ""
    for answer, verdicts in told(file, isolation):
        if answer.section != section:
            section = answer.section
            yield f"## {section}\n"
        yield f"**{answer.what}**\n"
        yield f"```python\n{answer.source.strip()}\n```\n"
        for one in verdicts:
            yield f"> *{one.kind}*: " + "  \n> ".join(one.message.splitlines()) + "\n"


def lost_marks(notebook: Notebook) -> None:
    notebook.answer("conv1d", "def conv1d(x, kernel, stride):\n    return x")
    for number, cell in enumerate(notebook.cells):
        cell.metadata = nbformat.NotebookNode()
        cell.id = f"new-{number}"


def written_elsewhere(notebook: Notebook) -> None:
    notebook.add("def conv1d(x, kernel, stride):\n    return x")


def split(notebook: Notebook) -> None:
    notebook.answer("conv1d", "half = 2")
    notebook.add("def conv1d(x, kernel, stride):\n    return x", notebook.find("conv1d"))


def move(grade_id: str, place: int) -> Callable[[Notebook], None]:
    return lambda notebook: notebook.cells.insert(
        place, notebook.cells.pop(notebook.find(grade_id))
    )


def delete(grade_id: str) -> Callable[[Notebook], None]:
    return lambda notebook: notebook.cells.pop(notebook.find(grade_id)) and None


def change(grade_id: str, **fields: str) -> Callable[[Notebook], None]:
    return lambda notebook: notebook.cells[notebook.find(grade_id)].update(fields)


def twice(notebook: Notebook) -> None:
    place = notebook.find("conv1d-solution")
    notebook.answer("conv1d", "def conv1d(x, kernel, stride):\n    return x")
    notebook.cells.insert(place, nbformat.from_dict(dict(notebook.cells[place], id="copy")))


REPAIRS: Mapping[str, Callable[[Notebook], None]] = {
    "nbgrader's marks and all ids lost": lost_marks,
    "an answer deleted": delete("conv1d-solution"),
    "the setup deleted": delete("setup"),
    "a check changed": change("conv1d", source="10.0"),
    "an answer made Markdown": change("conv1d-solution", cell_type="markdown"),
    "an answer there twice": twice,
    "the answer in a cell of one's own": written_elsewhere,
    "an answer split": split,
    "an answer moved to the end": move("conv1d-solution", 1000),
    "the setup moved to the end": move("setup", 1000),
}
UNREADABLE: Mapping[str, bytes] = {
    "nothing in it": b"",
    "no JSON": b"conv1d = 3",
    "cut off": b'{"cells": [',
    "a web page": b"<!DOCTYPE html><html></html>",
    "an unfinished merge": b'{\n<<<<<<< HEAD\n"cells": []\n=======\n>>>>>>> b\n}',
    "another encoding": b"\xff\xfe\x00{",
    "JSON, but no notebook": b'{"a": 1}',
    "another notebook": b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
}


def mended() -> Iterator[str]:
    """The page's lines about notebooks as a whole."""
    yield "## Notebooks that cannot be read\n\nAll checks are *error*, and this is the line:\n"
    for what, data in UNREADABLE.items():
        try:
            rebuild(parse(data, "hw.ipynb"), release(NAME), NAME)
        except Unreadable as line:
            yield f"- **{what}**: {line}"
    yield "\n## Notebooks that are mended\n\nNothing is lost; student and instructor are told:\n"
    for what, damage in REPAIRS.items():
        notebook = Notebook(release(NAME))
        damage(notebook)
        data = json.dumps(notebook.node).encode()
        repairs = rebuild(parse(data, "hw.ipynb"), release(NAME), NAME).repairs
        yield f"- **{what}**: {repairs[0]}"
    yield ""


MORE: Mapping[str, Sequence[str]] = {
    "stride_ignored": ("conv1d", "conv2d"),
    "off_by_one": ("conv2d", "find_mistake"),
}
"""Students of the sample class, and the verdicts that say what else there is to say."""


def explained(isolation: Isolation) -> Iterator[str]:
    """The page's lines about what is known of a mistake besides."""
    course = open_course(ROOT)
    submissions = collect(ROOT / "examples" / "class", NAME, list(MORE))
    chosen = course.assignment(NAME)
    plan = Plan(
        course, chosen, submissions, isolation, jobs=1, out=Path(), database="", students=list(MORE)
    )
    yield "## What is known of a mistake\n"
    with warm_parent(plan) as parent, closing(prepare(plan)) as exam:
        for submission in plan.asked_for:
            result = grade(submission, exam, parent).result
            for one in result.verdicts:
                if one.check in MORE[submission.student]:
                    yield from _known(submission.student, one)


def _known(student: str, one: Verdict) -> Iterator[str]:
    lines = [*one.message.splitlines(), products.line(one.difference), *advice(one)]
    yield f"**`{one.check}` of {student} in the sample class**\n"
    yield f"> *{one.kind}*: " + "  \n> ".join(filter(None, lines)) + "\n"


def page(isolation: Isolation) -> str:
    """docs/messages.md."""
    head = (FOLDER / "head.md").read_text(encoding="utf-8")
    lines = [line for file in ANSWERS for line in entries(file, isolation)]
    return "\n".join([head, *lines, *explained(isolation), *mended()])


if __name__ == "__main__":
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    PAGE.write_text(page(Isolation.FULL), encoding="utf-8")
    print(PAGE)
