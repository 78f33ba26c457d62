"""One mistake is charged once: what builds on it is judged again with a right one in its place."""

from dataclasses import replace

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_notebook

from autograder.asking import ask
from autograder.checks import Case, Check, Limits
from autograder.grade import Exam, grade
from autograder.results import Verdict, VerdictKind
from autograder.retrial import better
from autograder.submission import find
from tests.autograder.conftest import cell

PASSED, PARTIAL, FAILED = VerdictKind.PASSED, VerdictKind.PARTIAL, VerdictKind.FAILED
NOT_ATTEMPTED, ERROR = VerdictKind.NOT_ATTEMPTED, VerdictKind.ERROR
LIMITS = Limits(cell_seconds=5, call_seconds=2, memory_bytes=512 << 20, submission_seconds=60)


def double(x, times=2):
    if np.ndim(x) > 2:
        raise ValueError("x has too many dimensions")
    return times * x


CHECKS = [
    Check("double", 40, double, [Case("two", {"x": np.float32([1, 2]), "times": 2})]),
    Check(
        "quadruple",
        30,
        lambda x: 4 * x,
        [Case("one", {"x": np.float32([1, 2])}), Case("zero", {"x": np.float32([0])})],
        builds_on=["double"],
    ),
    Check(
        "octuple",
        20,
        lambda x: 8 * x,
        [Case("one", {"x": np.float32([1])})],
        lambda d: {"x": d.array(3)},
        builds_on=["quadruple"],
    ),
    Check("alone", 10, lambda x: x, [Case("one", {"x": np.float32([1])})]),
]
RIGHT = {
    "double": "def double(x, times=2):\n    return times * x",
    "quadruple": "def quadruple(x):\n    return double(double(x))",
    "octuple": "def octuple(x):\n    return quadruple(x) + quadruple(x)",
    "alone": "def alone(x):\n    return x",
}
WRONG = "def {}(x, times=2):\n    return x * x"
STUB = "def {}(x, times=2):\n    raise NotImplementedError"
IN_PLACE = "judged with a right double in the place of yours"


def notebook(answers):
    cells = [cell("setup", "import numpy as np")]
    for check in CHECKS:
        name = check.name
        cells.append(cell(f"{name}-solution", answers.get(name, STUB.format(name)), None, True))
        cells.append(cell(name, f'check("{name}")', check.points))
    return new_notebook(cells=cells)


@pytest.fixture(scope="session")
def building():
    questions = [ask(check, "01", b"secret") for check in CHECKS]
    return Exam("01", questions, notebook({}), LIMITS)


@pytest.fixture
def judged(building, parent, tmp_path):
    """The verdicts on right answers but for some."""

    def judged(questions=None, **answers):
        (tmp_path / "ada.ipynb").write_text(nbformat.writes(notebook(RIGHT | answers)))
        exam = building if questions is None else replace(building, questions=questions)
        return grade(find(tmp_path, "01")[0], exam, parent).result.verdicts

    return judged


def kinds(verdicts):
    return [verdict.kind for verdict in verdicts]


MISTAKES = {
    "a wrong one": ({"double": WRONG.format("double")}, [FAILED, PASSED, PASSED, PASSED]),
    "a stub": ({"double": STUB.format("double")}, [NOT_ATTEMPTED, PASSED, PASSED, PASSED]),
    "nothing at all": ({"double": ""}, [NOT_ATTEMPTED, PASSED, PASSED, PASSED]),
    "a syntax error": ({"double": "def double(x:"}, [ERROR, PASSED, PASSED, PASSED]),
    "no function": ({"double": "double = 3"}, [ERROR, PASSED, PASSED, PASSED]),
    "one that kills": (
        {"double": "def double(x, times=2):\n    import os\n    os._exit(1)"},
        [VerdictKind.CRASHED, PASSED, PASSED, PASSED],
    ),
    "fewer parameters": (
        {"double": "def double(x):\n    return x * x"},
        [ERROR, PASSED, PASSED, PASSED],
    ),
    "any parameters": (
        {
            "double": "def double(*args, **kwargs):\n    raise NotImplementedError",
            "quadruple": "def quadruple(x):\n    return double(double(x, 2), times=2)",
        },
        [NOT_ATTEMPTED, PASSED, PASSED, PASSED],
    ),
    "parameters of one's own": (
        {
            "double": "def double(x, /, debug=False, *, times=2):\n    return x * x",
            "quadruple": "def quadruple(x):\n    return double(double(x, times=2))",
        },
        [FAILED, PASSED, PASSED, PASSED],
    ),
    "fewer parameters than are used": (
        {
            "double": "def double(x):\n    return x * x",
            "quadruple": "def quadruple(x):\n    return double(double(x, 2), times=2)",
        },
        [ERROR, PASSED, PASSED, PASSED],
    ),
    "one in the middle": (
        {"quadruple": WRONG.format("quadruple")},
        [PASSED, FAILED, PASSED, PASSED],
    ),
    "two": (
        {"double": WRONG.format("double"), "quadruple": WRONG.format("quadruple")},
        [FAILED, FAILED, PASSED, PASSED],
    ),
    "what builds on it": ({"octuple": WRONG.format("octuple")}, [PASSED, PASSED, FAILED, PASSED]),
    "both": (
        {"double": WRONG.format("double"), "octuple": WRONG.format("octuple")},
        [FAILED, PASSED, FAILED, PASSED],
    ),
    "none": ({}, [PASSED] * 4),
}


@pytest.mark.parametrize(("answers", "wanted"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_costs_its_own_check_alone(judged, answers, wanted):
    verdicts = judged(**answers)
    assert kinds(verdicts) == wanted
    assert [v.score for v in verdicts] == [v.max_score * v.passed for v in verdicts]


def test_a_verdict_says_what_stood_in(judged):
    verdicts = judged(double=WRONG.format("double"))
    assert [verdict.message for verdict in verdicts[1:]] == [IN_PLACE, IN_PLACE, ""]
    both = judged(double=WRONG.format("double"), quadruple=WRONG.format("quadruple"))
    assert both[2].message == "judged with a right quadruple in the place of yours"
    assert "judged with" not in "".join(verdict.message for verdict in judged())


WAYS = {
    "a keyword": "return double(double(x=x, times=2), times=2)",
    "a default": "return double(double(x))",
    "all arguments": "return double(double(x, 2), 2)",
    "numbers": "return np.float32([double(double(float(n))) for n in x])",
    "NumPy's numbers": "return np.array([double(double(n)) for n in x])",
    "a list": "return np.asarray(list(map(double, map(double, x))))",
    "vectorize": "return np.vectorize(double)(double(x))",
    "a refusal": "try:\n        double(x[None, None])\n    except ValueError:\n"
    "        return double(double(x))",
    "what is written to": "y = double(x)\n    y += y\n    return y",
    "another thread": "from concurrent.futures import ThreadPoolExecutor\n"
    "    with ThreadPoolExecutor(4) as pool:\n"
    "        return 2 * np.array(list(pool.map(double, x)))",
    "a strange argument, and another try": "try:\n        double(object())\n"
    "    except ValueError:\n        return double(double(x))",
}


@pytest.mark.parametrize("body", WAYS.values(), ids=WAYS)
def test_a_stand_in_is_called_as_the_students_own(judged, body):
    source = f"def quadruple(x):\n    {body}"
    assert kinds(judged(double=WRONG.format("double"), quadruple=source))[1] is PASSED


DTYPES = (
    "def quadruple(x):\n"
    "    for dtype in (np.float32, np.float64):\n"
    "        y = double(np.ones((2, 3), dtype))\n"
    "        assert type(y) is np.ndarray and y.dtype == dtype and y.shape == (2, 3), y\n"
    "    assert double(np.ones(2, int)).dtype.kind == 'i' and double(3) == 6\n"
    "    assert double.__name__ == 'double'\n"
    "    return 4 * x"
)


def test_a_stand_in_answers_in_the_dtype_of_what_comes_in(judged):
    verdicts = judged(double=WRONG.format("double"), quadruple=DTYPES)
    assert kinds(verdicts)[1] is PASSED, verdicts[1].message


TRICKS = {
    "asking for another": "double.__wrapped__ = None\n    return octuple(x) / 2",
    "itself": "return quadruple_of_the_judge(x)",
    "what is too large": "return double(np.ones((4000, 4000, 4)))",
    "what is too much": "return double(double(x, 10**9), 10**9)",
    "too many": "for _ in range(20_000): double(x)\n    return double(double(x))",
}


@pytest.mark.parametrize("body", TRICKS.values(), ids=TRICKS)
def test_what_is_not_answered_is_raised_and_costs_what_asks(judged, body):
    verdicts = judged(double=WRONG.format("double"), quadruple=f"def quadruple(x):\n    {body}")
    assert not verdicts[1].passed
    assert kinds(verdicts)[3] is PASSED


def test_what_is_learnt_from_a_stand_in_is_of_no_use_to_what_it_stands_for(judged):
    thief = (
        "right = None\n"
        "def quadruple(x):\n    global right\n    right = double\n    return double(double(x))"
    )
    own = "right = None\ndef double(x, times=2):\n    return right(x) if right else x * x"
    assert kinds(judged(double=own, quadruple=thief)) == [FAILED, PASSED, PASSED, PASSED]


def test_a_stand_in_kept_for_later_does_not_answer_between_calls(judged):
    late = (
        "import threading, time\n"
        "def quadruple(x):\n    y = double(double(x))\n    f = double\n"
        "    def later():\n        time.sleep(0.05)\n        f(x)\n"
        "    threading.excepthook = lambda *_: None\n"
        "    threading.Thread(target=later).start()\n    return y"
    )
    assert kinds(judged(double=WRONG.format("double"), quadruple=late))[1] is PASSED


def test_the_better_verdict_counts(judged, building):
    shared = replace(CHECKS[1], credit="share")
    questions = [building.questions[0], ask(shared, "01", b"secret")]
    source = "def quadruple(x):\n    return double(double(x)) + (x == 0)"
    _, verdict = judged(questions, double=WRONG.format("double"), quadruple=source)
    assert (verdict.kind, verdict.score) == (PARTIAL, 15)
    assert verdict.message.splitlines()[0] == IN_PLACE
    assert verdict.message.splitlines()[1].startswith("1 of 2 cases is right; of the others: ")


def test_what_is_wrong_by_itself_is_told_as_with_a_right_one(judged):
    source = "def quadruple(x):\n    return double(double(x)) + 1"
    own = "def double(x, times=2):\n    return x * x + 5"
    verdict = judged(double=own, quadruple=source)[1]
    assert (verdict.kind, verdict.score) == (FAILED, 0)
    assert verdict.message.splitlines()[0] == IN_PLACE
    assert "element [0] is 1, expected 0" in verdict.message


def told(kind, score, message=""):
    return Verdict("quadruple", kind, score, 30, message)


CHOICES = [
    (told(FAILED, 0, "a"), told(PASSED, 30), PASSED, IN_PLACE),
    (told(FAILED, 0, "a"), told(PARTIAL, 15, "b"), PARTIAL, f"{IN_PLACE}\nb"),
    (told(PARTIAL, 20, "a"), told(PARTIAL, 15, "b"), PARTIAL, "a"),
    (told(ERROR, 0, "a"), told(FAILED, 0, "b"), FAILED, f"{IN_PLACE}\nb"),
    (told(FAILED, 0, "a"), told(ERROR, 0, "b"), FAILED, "a"),
    (told(FAILED, 0, "a"), told(VerdictKind.TIMEOUT, 0, "b"), FAILED, "a"),
    (told(NOT_ATTEMPTED, 0, "a"), told(NOT_ATTEMPTED, 0, "a"), NOT_ATTEMPTED, "a"),
    (told(FAILED, 0, "a"), told(VerdictKind.UNGRADED, 0, "b"), VerdictKind.UNGRADED, "b"),
]


@pytest.mark.parametrize(("first", "second", "kind", "message"), CHOICES)
def test_of_two_verdicts_the_better_counts_and_else_the_one_that_tells_more(
    first, second, kind, message
):
    counts = better(first, second, ["double"])
    assert (counts.kind, counts.message) == (kind, message)


def test_where_nothing_wrong_is_called_nothing_is_said_of_it():
    first, second = told(FAILED, 0, "a"), told(FAILED, 0, "smallest failing input found: a")
    assert better(first, second, []) == second


def test_what_builds_on_nothing_wrong_after_all_says_nothing_of_it(judged):
    source = "def quadruple(x):\n    return 3 * x"
    verdict = judged(double=WRONG.format("double"), quadruple=source)[1]
    assert verdict.kind is FAILED
    assert "judged with" not in verdict.message


def test_what_is_forbidden_is_not_judged_again(judged, building):
    fenced = replace(CHECKS[1], forbidden=["numpy.dot"])
    questions = [building.questions[0], ask(fenced, "01", b"secret")]
    source = "def quadruple(x):\n    return np.dot(double(x), 2)"
    _, verdict = judged(questions, double=WRONG.format("double"), quadruple=source)
    assert (verdict.kind, verdict.score) == (VerdictKind.FORBIDDEN, 0)
    source = "def quadruple(x):\n    return double(double(x))"
    _, verdict = judged(questions, double=WRONG.format("double"), quadruple=source)
    assert (verdict.kind, verdict.message) == (PASSED, IN_PLACE)


WRITTEN = [({}, 1), (RIGHT, 1), (RIGHT | {"double": WRONG.format("double")}, 2)]


@pytest.mark.parametrize(("answers", "children"), WRITTEN)
def test_only_what_was_written_is_judged_again(
    building, parent, tmp_path, monkeypatch, answers, children
):
    started = []
    start = parent.child
    monkeypatch.setattr(parent, "child", lambda limits: started.append(0) or start(limits))
    (tmp_path / "ada.ipynb").write_text(nbformat.writes(notebook(answers)))
    grade(find(tmp_path, "01")[0], building, parent)
    assert len(started) == children
