"""One submission: what goes wrong costs what it is about, and nothing else."""

import copy
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from autograder.grade import grade
from autograder.isolation import Isolation
from autograder.receipts import receipt
from autograder.results import VerdictKind
from autograder.sandbox import clock, start
from tests.autograder.conftest import cell

PASSED, FAILED, ERROR = VerdictKind.PASSED, VerdictKind.FAILED, VerdictKind.ERROR


def kinds(graded):
    return [verdict.kind for verdict in graded.result.verdicts]


def messages(graded):
    return [verdict.message for verdict in graded.result.verdicts]


def test_right_answers_earn_all_points(exam, parent, hand_in):
    result = grade(hand_in(), exam, parent).result
    assert (result.student, result.assignment) == ("ada", "01")
    assert (result.score, result.max_score) == (100, 100)
    assert (result.device, result.backend) == ("CPU", "numpy")
    assert result.isolation == parent.isolation
    assert result.graded


def test_points_that_an_instructor_gives_are_told_and_in_no_score(exam, parent, hand_in):
    release = copy.deepcopy(exam.release)
    release.cells.append(cell("why", "", points=5, solution=True))
    result = grade(hand_in(), replace(exam, release=release), parent).result
    assert (result.score, result.max_score, result.by_hand) == (100, 100, 5)
    assert receipt(result).by_hand == result.as_json()["by_hand"] == 5


WRONG = [
    ("return x", FAILED, "two: double(x=2): got 2, expected 4"),
    (
        "return 1 / 0",
        ERROR,
        "raised ZeroDivisionError: division by zero, in the line: return 1 / 0",
    ),
    ("raise NotImplementedError", VerdictKind.NOT_ATTEMPTED, "double is not written yet"),
    ("while True: pass", VerdictKind.TIMEOUT, "double did not finish within 1 s"),
    ("import os; os._exit(0)", VerdictKind.CRASHED, "double exited with status 0"),
    ("import os; os.abort()", VerdictKind.CRASHED, "double was ended by SIGABRT"),
    ("return np.ones(1 << 30)", VerdictKind.OUT_OF_MEMORY, "MemoryError"),
    ("import cnncourse", ERROR, "cnncourse is not available in this assignment"),
    ("return open('/etc/shadow').read() and 0", ERROR, "raised"),
]


@pytest.mark.parametrize(("body", "kind", "message"), WRONG, ids=[body for body, *_ in WRONG])
def test_a_wrong_answer_costs_its_own_check_alone(exam, parent, hand_in, body, kind, message):
    if "shadow" in body and parent.isolation is Isolation.TRUSTED:
        pytest.skip("trusted code may read files")
    graded = grade(hand_in(double=f"def double(x):\n    {body}"), exam, parent)
    assert kinds(graded) == [kind, PASSED]
    assert message in messages(graded)[0]


CELLS = [
    ("def double(x:", ERROR, "the cell: raised SyntaxError"),
    ("import scipy\nscipy.special\ndef double(x): ...", ERROR, "the cell: scipy is not available"),
    ("while True: pass\ndef double(x): ...", VerdictKind.TIMEOUT, "the cell did not finish"),
    ("import os\nos._exit(3)\ndouble = abs", VerdictKind.CRASHED, "the cell exited with status 3"),
    ("double = 3", ERROR, "double is int, expected a function"),
    ("", VerdictKind.NOT_ATTEMPTED, "double is not defined"),
]


@pytest.mark.parametrize(("source", "kind", "message"), CELLS, ids=[s for s, *_ in CELLS])
def test_a_cell_that_ends_badly_costs_what_it_defines(exam, parent, hand_in, source, kind, message):
    graded = grade(hand_in(double=source), exam, parent)
    assert kinds(graded) == [kind, PASSED]
    assert message in messages(graded)[0]


@pytest.mark.parametrize(
    ("line", "kind", "starved"),
    [
        ("while True: pass", VerdictKind.TIMEOUT, False),
        ("import time; time.sleep(1e6)", VerdictKind.TIMEOUT, True),
        ("import os; os.kill(os.getpid(), 9)", VerdictKind.CRASHED, False),
    ],
)
def test_a_cell_that_hangs_or_kills_is_left_out_and_the_others_run(
    exam, parent, hand_in, monkeypatch, line, kind, starved
):
    # What computes may get little of a busy machine.
    monkeypatch.setattr(clock, "PATIENCE", 4 if starved else 100)
    quick = replace(exam, limits=replace(exam.limits, cell_seconds=0.5))
    crash = "def half(x):\n    import os\n    os.abort()"  # the cells run once more
    for half, expected in ((crash, VerdictKind.CRASHED), ("half = lambda x: x / two", PASSED)):
        handed_in = hand_in(
            "two = 2", student=str(expected), double=f"{line}\ndef double(x): ...", half=half
        )
        graded = grade(handed_in, quick, parent)
        assert kinds(graded) == [kind, expected]
        assert graded.starved is starved
        (told,) = [each["error"] for each in graded.outputs.values() if each["error"]]
        assert (told["type"], told["message"][:9]) == (kind, "the cell ")


def test_a_cell_that_hangs_is_run_once(exam, hand_in, open_folder):
    log = open_folder / "log"
    hanging = f"print('hello', file=open({str(log)!r}, 'a'), flush=True)\nwhile True: pass"
    abort = "def {}(x):\n    import os\n    os.abort()"
    handed_in = hand_in(hanging, double=abort.format("double"), half=abort.format("half"))
    with start(["numpy"], Isolation.TRUSTED) as parent:
        assert kinds(grade(handed_in, exam, parent)) == [VerdictKind.CRASHED] * 2
    assert log.read_text() == "hello\n"


MISSING = "import seaborn as sns, numpy as np\nfrom tqdm.notebook import tqdm\ndef double(x): "


def test_a_missing_package_costs_what_uses_it(exam, parent, hand_in):
    unused = hand_in("from IPython.display import HTML", double=f"{MISSING} return 2 * x")
    assert kinds(grade(unused, exam, parent)) == [PASSED, PASSED]
    used = grade(
        hand_in(student="eve", double=f"{MISSING} return [2 * i for i in tqdm(x)]"), exam, parent
    )
    assert kinds(used) == [ERROR, PASSED]
    assert "tqdm is not available in this assignment" in messages(used)[0]


def test_what_a_cell_defined_before_it_raised_counts(exam, parent, hand_in):
    graded = grade(hand_in(double="def double(x):\n    return 2 * x\n1 / 0"), exam, parent)
    assert kinds(graded) == [PASSED, PASSED]


def test_it_counts_after_a_crash_of_another_check_too(exam, parent, hand_in):
    answers = {
        "double": "def double(x):\n    import os\n    os.abort()",
        "half": "def half(x):\n    return x / 2\n1 / 0",
    }
    assert kinds(grade(hand_in(**answers), exam, parent)) == [VerdictKind.CRASHED, PASSED]


def test_cells_of_ones_own_run_and_harm_nothing(exam, parent, hand_in):
    extra = ["%matplotlib inline", "check('double')", "input()", "exit()", "1 / 0", "!ls"]
    graded = grade(hand_in(*extra), exam, parent)
    assert kinds(graded) == [PASSED, PASSED]


def test_a_helper_cell_is_there_for_the_answers(exam, parent, hand_in):
    graded = grade(
        hand_in("def twice(x): return x + x", double="double = lambda x: twice(x)"), exam, parent
    )
    assert kinds(graded) == [PASSED, PASSED]


def test_a_notebook_that_uses_up_its_time_is_told_so(exam, parent, hand_in):
    short = replace(exam, limits=replace(exam.limits, submission_seconds=0.5))
    graded = grade(hand_in(double="import time\ntime.sleep(1)\ndouble = abs"), short, parent)
    assert kinds(graded) == [VerdictKind.TIMEOUT] * 2
    assert "the notebook's 0.5 s were used up" in messages(graded)[0]


def test_a_notebook_that_cannot_be_read_is_an_error_on_every_check(exam, parent, hand_in):
    graded = grade(hand_in(data="no notebook"), exam, parent)
    assert kinds(graded) == [ERROR, ERROR]
    assert "ada.ipynb" in messages(graded)[0]
    assert graded.result.graded


def test_our_own_failure_is_ungraded_and_no_zero_of_a_student(exam, hand_in):
    with start(["numpy"], Isolation.TRUSTED) as parent:
        parent.close()
        graded = grade(hand_in(), exam, parent)
    assert kinds(graded) == [VerdictKind.UNGRADED] * 2
    assert not graded.result.graded


def test_outputs_belong_to_the_cells_they_came_from(exam, parent, hand_in):
    graded = grade(hand_in("print('hello')", "40 + 2"), exam, parent)
    told = {graded.notebook.cells[i].source: output for i, output in graded.outputs.items()}
    assert told["print('hello')"]["stdout"] == "hello\n"
    assert told["40 + 2"]["result"] == "42"


def test_hidden_cases_are_told_by_kind_alone(exam, parent, hand_in):
    source = "def double(x):\n    return x"
    public = [
        replace(q, trials=tuple(trial for trial in q.trials if not trial.case.public))
        for q in exam.questions
    ]
    graded = grade(hand_in(double=source), replace(exam, questions=public), parent)
    assert kinds(graded) == [FAILED, PASSED]
    assert messages(graded)[0].startswith("a hidden case: wrong values")
    assert graded.result.verdicts[0].difference is None
    assert not any(digit in messages(graded)[0] for digit in "0123456789")


def test_what_dies_when_asked_a_second_time_takes_nothing_along(exam, parent, hand_in):
    body = (
        "calls = []\ndef double(x):\n    calls.append(x)\n    if calls[1:]: import os; os._exit(1)"
    )
    graded = grade(hand_in(double=f"{body}\n    return x"), exam, parent)
    assert kinds(graded) == [FAILED, PASSED]


ARRAYS = (
    "def double(x):\n    return x * (2 - (np.max(x) > 1)) if isinstance(x, np.ndarray) else 2 * x"
)


def test_a_mistake_is_told_on_the_smallest_input_that_is_found(exam, parent, hand_in):
    handed_in = hand_in(double=ARRAYS)
    graded = grade(handed_in, exam, parent)
    assert kinds(graded) == [FAILED, PASSED]
    assert messages(graded)[0].startswith("smallest failing input found: double(x): element [")
    assert sorted(graded.result.verdicts[0].difference.inputs["x"]) == [0, 0, 2]
    plain = grade(handed_in, replace(exam, aids=()), parent)
    assert messages(plain)[0].startswith("random case 2: double(x): element [")
    assert plain.result.score == graded.result.score


def test_what_an_aid_takes_is_not_the_submissions(exam, parent, hand_in, monkeypatch):
    late = []
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + sum(late))
    monkeypatch.setattr("autograder.sitting.time", clock)

    def slow(*given):
        late.append(1e6)
        return given[-1]

    handed_in = hand_in(double=ARRAYS, half="def half(x):\n    return x")
    graded = grade(handed_in, replace(exam, aids=(slow,)), parent)
    assert kinds(graded) == [FAILED, FAILED]
    assert len(late) == 2
    assert not graded.starved


def test_what_an_aid_calls_changes_no_later_answer(exam, parent, hand_in):
    counting = "calls = []\n" + ARRAYS.replace("return", "calls.append(x)\n    return")
    few = "def half(x):\n    return x / 2 if len(calls) < 10 else x"
    graded = grade(hand_in(double=counting, half=few), exam, parent)
    assert kinds(graded) == [FAILED, PASSED]
    assert messages(graded)[0].startswith("smallest failing input found: ")


def test_an_aid_in_which_the_process_is_lost_costs_no_points(exam, parent, hand_in):
    body = (
        "calls = []\ndef double(x):\n    calls.append(x)\n    if calls[9:]: import os; os._exit(1)"
    )
    graded = grade(hand_in(double=f"{body}\n    return np.array(x) + 1"), exam, parent)
    assert kinds(graded) == [FAILED, PASSED]
    assert messages(graded)[0].startswith("two: ")
