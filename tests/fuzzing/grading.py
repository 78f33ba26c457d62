"""A changed notebook graded in full, and whether its points are deserved.

What earns points defines the function, and is right on inputs that no grader draws. Where all the
code is what it was, so is the score.
"""

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from autograder.asking import ask
from autograder.checks import Limits
from autograder.course import open_course
from autograder.feedback import write_student
from autograder.grade import Exam, Graded
from autograder.isolation import Isolation
from autograder.mistakes import Mistakes
from autograder.nbgrader import Gradebook, write_autograded
from autograder.pool import Pool
from autograder.putting import request
from autograder.questions import Question
from autograder.receipts import write_receipt
from autograder.results import Verdict
from autograder.sandbox import start
from autograder.submission import find, parse, rebuild
from autograder.submission.release import grade_id_of
from tests.fuzzing.judging import near
from tests.fuzzing.notebooks import ROOT, Assignment, assignment, source

NAME = "01_convolution"
CELLS = 11
LIMITS = Limits(cell_seconds=3, call_seconds=3, submission_seconds=30, memory_bytes=512 << 20)
BORROWED = "judged with a right "


class Grader:
    """Grades notebooks of a few exercises, one after another, below a folder."""

    def __init__(self, folder: Path, isolation: Isolation) -> None:
        self.assignment = _gentle(assignment(NAME, CELLS))
        self._folder = folder
        named = open_course(ROOT).assignment(NAME)
        asked = {grade_id_of(cell) for cell in self.assignment.release.cells}
        checks = [check for check in named.checks() if check.name in asked]
        known = named.misconceptions()
        questions = [ask(check, NAME, b"one secret" * 9) for check in checks]
        self._others = [ask(check, NAME, b"another one" * 9) for check in checks]
        solution = rebuild(
            parse(named.solution.read_bytes(), "solution"), self.assignment.release, NAME
        )
        self._exam = Exam(
            NAME,
            [replace(one, misconceptions=known.get(one.name, ())) for one in questions],
            self.assignment.release,
            LIMITS,
            mistakes=Mistakes(solution, LIMITS),
        )
        tempfile.tempdir = str(folder)
        self._start: Callable[[], Any] = partial(start, named.packages, isolation)
        self._parent = self._start()
        self._pool = Pool(self._exam, self._start, 1)
        self._scores: dict[tuple[str, ...], float] = {}
        self._seeds = {codes: one for one in self.assignment.seeds if (codes := codes_of(one))}

    def __call__(self, data: bytes) -> None:
        """Grade, and look at what came of it."""
        graded = self._graded(data)
        result = graded.result
        assert result.graded, [verdict.message for verdict in result.verdicts]
        assert 0 <= result.score <= result.max_score
        self._assert_its_codes_doing(graded, codes_of(data))
        for verdict, question in zip(result.verdicts, self._others, strict=True):
            if verdict.score and not verdict.message.startswith(BORROWED):
                self._assert_deserved(verdict, question, data)
        self._write(graded)

    def close(self) -> None:
        """End all, and see that nothing is left of it."""
        self._exam.close()
        self._pool.__exit__(None, None, None)
        self._parent.close()
        tempfile.tempdir = None
        left = psutil.Process().children(recursive=True)
        assert not left, f"processes are left: {left}"
        files = list(self._folder.glob("autograder-*"))
        assert not files, f"files are left: {files}"

    def _graded(self, data: bytes) -> Graded:
        path = self._folder / "submitted" / "eve" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        (graded,) = self._pool.grade(find(self._folder / "submitted", NAME))
        return graded

    def _assert_its_codes_doing(self, graded: Graded, codes: tuple[str, ...]) -> None:
        """Same code, same score, unless this machine had no time for one of them."""
        if codes not in self._seeds or graded.starved:
            return
        if codes not in self._scores:
            seed = self._graded(self._seeds[codes])
            if seed.starved:
                return
            self._scores[codes] = seed.result.score
        assert graded.result.score == self._scores[codes], "a score without its code's doing"

    def _assert_deserved(self, verdict: Verdict, question: Question, data: bytes) -> None:
        name = question.defines
        texts = [source(cell) for cell in cells_of(data)]
        assert any(re.search(rf"\bdef\s+{name}\b", text) for text in texts), f"{name} is nowhere"
        rebuilt = rebuild(parse(data, "eve.ipynb"), self.assignment.release, NAME)
        with self._parent.child(LIMITS) as child:
            for cell in rebuilt.cells:
                child.ask({"do": "cell", "source": cell.source}, 20)
            for trial in question.trials:
                expected = trial.expected[""]
                answer = child.ask(request(question, trial, [""]), 20)
                if expected.raises:
                    right = answer["outcome"] == "raised"
                else:
                    right = answer["outcome"] == "returned" and near(
                        answer["value"], expected.value
                    )
                assert right, f"{name} is wrong in {trial.case.name}, {verdict.score:g} points"

    def _write(self, graded: Graded) -> None:
        out, result = self._folder / "out", graded.result
        release = self.assignment.release
        with Gradebook.open(out / "gradebook.db", NAME, release) as gradebook:
            gradebook.record(result)
        write_autograded(out, release, result, graded.notebook, graded.outputs)
        write_student(out, result)
        write_receipt(out, result)


def _gentle(whole: Assignment) -> Assignment:
    """Without notebooks that take all the time or memory there is."""
    harsh = re.compile(rb"while True|os\._exit|signal|1 << 3\d|bytearray")
    return replace(whole, seeds=tuple(one for one in whole.seeds if not harsh.search(one)))


def cells_of(data: bytes) -> list[Any]:
    """The cells of a notebook, as far as it is one."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return []
    if not isinstance(document, dict):
        return []
    if isinstance(document.get("cells"), list):
        return document["cells"]
    sheets = document.get("worksheets")
    sheets = [one for one in sheets if isinstance(one, dict)] if isinstance(sheets, list) else []
    lists = [sheet["cells"] for sheet in sheets if isinstance(sheet.get("cells"), list)]
    return [_in_todays_words(cell) for cells in lists for cell in cells]


def _in_todays_words(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    return {**cell, "source": cell.get("input", cell.get("source"))}


def codes_of(data: bytes) -> tuple[str, ...]:
    """The text and marks of a notebook's cells of code in their order, where all is well formed."""
    cells = cells_of(data)
    if not all(isinstance(cell, dict) for cell in cells):
        return ()
    return tuple(
        json.dumps([cell.get("source"), cell.get("id"), cell.get("metadata")])
        for cell in cells
        if cell.get("cell_type") == "code"
    )
