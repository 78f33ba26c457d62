"""Misconceptions asked behind the wall explain what hidden cases alone find, and cost nobody."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import nbformat
import pytest

from autograder import Case, Check
from autograder.asking import ask
from autograder.checks import Limits
from autograder.grade import Exam, grade
from autograder.mistakes import Mistakes
from autograder.questions import Misconception
from autograder.results import VerdictKind
from autograder.sandbox import SandboxError
from autograder.submission import parse, rebuild
from tests.autograder.conftest import CHECKS, RIGHT, notebook

LIMITS = Limits(cell_seconds=2, call_seconds=1, memory_bytes=512 << 20, submission_seconds=30)

# In the public case doubling is adding 2; the secret draws others.
DOUBLE = Check("double", 60, lambda x: 2 * x, [Case("two", {"x": 2})], CHECKS[0].draw, public=0)


def misconception(name, source):
    return Misconception(name, f"about {name}", source)


WRONG = (
    misconception("hangs", "def double(x):\n    while True: pass"),
    misconception("kills", "import os\ndef double(x): os._exit(1)"),
    misconception("does not run", "1 / 0"),
    misconception("not defined", "def twice(x): return x + 2"),
    misconception("squared", "def double(x): return half(x) * x * 2"),
    misconception("adds two", "def double(x): return x + 2"),
)


@pytest.fixture
def exam_with():
    """Makes an exam with some misconceptions of its first question."""
    exams = []

    def make(*known, answers=RIGHT):
        release = notebook({})
        solution = parse(nbformat.writes(notebook(answers)).encode(), "solution.ipynb")
        question = replace(ask(DOUBLE, "01", b"secret"), misconceptions=known)
        questions = [question, ask(CHECKS[1], "01", b"secret")]
        mistakes = Mistakes(rebuild(solution, release, "01"), LIMITS)
        exams.append(Exam("01", questions, release, LIMITS, aids=(), mistakes=mistakes))
        return exams[-1]

    yield make
    for exam in exams:
        exam.close()


def test_what_hidden_cases_alone_find_is_explained(parent, hand_in, exam_with):
    handed_in = hand_in(double="def double(x):\n    return 1.0 + x + 1")
    result = grade(handed_in, exam_with(*WRONG), parent).result
    verdict = result.verdicts[0]
    assert (verdict.kind, verdict.misconception) == (VerdictKind.FAILED, "adds two")
    assert verdict.hint == "about adds two"


def test_an_explanation_tells_no_number_of_a_hidden_case(parent, hand_in, exam_with):
    exam = exam_with(*WRONG[3:])
    bare = replace(exam, mistakes=None)
    answer = "def double(x):\n    return x + 2"
    told, before = (
        grade(hand_in(student=name, double=answer), one, parent).result.verdicts[0]
        for name, one in (("ada", exam), ("eve", bare))
    )
    assert told.message == before.message
    assert told.message.startswith("a hidden case: ")
    assert told.difference is None
    assert not told.evidence
    assert json.dumps(before.evidence)  # the instructor's, for `clusters`


def test_a_misconception_may_call_the_solutions_other_functions(parent, hand_in, exam_with):
    handed_in = hand_in(double="def double(x):\n    return x ** 2")
    verdict = grade(handed_in, exam_with(*WRONG[3:]), parent).result.verdicts[0]
    assert verdict.misconception == "squared"


def test_a_right_answer_is_asked_for_no_explanation(parent, hand_in, exam_with):
    result = grade(hand_in(), exam_with(*WRONG), parent).result
    assert result.score == 100
    assert not any(verdict.misconception for verdict in result.verdicts)


@pytest.mark.parametrize(
    "answers", [RIGHT | {"half": "import os\nos._exit(1)"}, RIGHT | {"half": "while True: pass"}]
)
def test_a_solution_that_does_not_run_explains_nothing(parent, hand_in, answers, exam_with):
    handed_in = hand_in(double="def double(x):\n    return x + 2")
    verdict = grade(handed_in, exam_with(WRONG[-1], answers=answers), parent).result.verdicts[0]
    assert (verdict.kind, verdict.misconception) == (VerdictKind.FAILED, "")


def test_without_a_solution_nothing_is_explained(parent, hand_in, exam_with):
    exam = replace(exam_with(WRONG[-1]), mistakes=Mistakes(None, LIMITS))
    handed_in = hand_in(double="def double(x):\n    return x + 2")
    verdict = grade(handed_in, exam, parent).result.verdicts[0]
    assert (verdict.kind, verdict.misconception) == (VerdictKind.FAILED, "")


class Counting:
    """A warm parent that counts its children, and may have none left."""

    def __init__(self, parent, most=1000):
        self._parent, self.children, self._most = parent, 0, most

    def child(self, limits):
        self.children += 1
        if self.children > self._most:
            raise SandboxError("no more")
        return self._parent.child(limits)


def faulty(exam):
    """A wrong answer's question, what puts to it, and its findings."""
    question = exam.questions[0]
    hidden = next(trial for trial in question.trials if not trial.case.public)
    return question, hidden


def test_a_class_pays_once_for_what_many_get_wrong(parent, exam_with):
    exam = exam_with(*WRONG[4:])
    question, hidden = faulty(exam)
    counted = Counting(parent)
    mistakes = exam.mistakes
    with ThreadPoolExecutor(4) as threads:
        for one in question.misconceptions * 8:
            threads.submit(mistakes.answered, counted, question, one, hidden)
    assert counted.children == 1


def test_our_own_failure_explains_nothing_and_is_tried_again(parent, exam_with):
    exam = exam_with(WRONG[-1])
    question, hidden = faulty(exam)
    mistakes = exam.mistakes
    with pytest.raises(SandboxError):
        mistakes.answered(Counting(parent, most=0), question, WRONG[-1], hidden)
    assert mistakes.answered(parent, question, WRONG[-1], hidden)["outcome"] == "returned"
