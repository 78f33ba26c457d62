"""The check function inside a notebook: what it shows, returns and leaves alone."""

import _thread
import math
import os
import random
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

import autograder
from autograder import bundle
from autograder.asking import ask
from autograder.checks import Case, Check
from autograder.notebook import points
from autograder.questions import Misconception
from autograder.results import Verdict, VerdictKind

X = np.arange(12, dtype=np.float32).reshape(3, 4)
DOUBLE = Check(
    "double",
    10,
    lambda x: 2 * x,
    [Case("slide 1", {"x": X})],
    lambda draw: {"x": draw.array(4, 5)},
    multilinear=["x"],
    hint="add it to itself",
)
NEGATIVE = Check(
    "negative",
    7.5,
    lambda image: -image,
    [Case("a picture", {"image": np.tile(X, 2)})],
    picture=True,
)

RIGHT = "def double(x): return x + x"
WRONG = "def double(x): return x * x"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder, with a bundle of two checks in it."""
    questions = [ask(check, "01_test") for check in (DOUBLE, NEGATIVE)]
    bundle.write(bundle.bundle("01_test", questions, ["numpy"]), tmp_path / "01_test.npz")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder):
    """Runs a program as a notebook would, and gives the value of its last line."""
    assert folder == Path.cwd()

    def run(program, last='check("double")'):
        names = {"autograder": autograder}
        exec(f'check = autograder.load("01_test")\n{program}', names)
        return eval(last, names)

    return run


OUTCOMES = [
    (RIGHT, 10.0, ["✓ double: passed, 10 of 10 points"]),
    (
        WRONG,
        0.0,
        [
            "✗ double: failed, 0 of 10 points",
            "slide 1: double(x): element [0, 1] is 1, expected 2",
            "x float32 (3, 4) → yours float32 (3, 4), expected shape (3, 4)",
            "Hint: add it to itself",
        ],
    ),
    ("def double(x): return x[1:]", 0.0, ["the shape is (2, 4), expected (3, 4)"]),
    ("def double(x): return", 0.0, ["got None, expected an array"]),
    ("", 0.0, ["– double: not attempted", "double is not defined"]),
    ("def double(x): raise NotImplementedError", 0.0, ["– double: not attempted"]),
    ("double = 3", 0.0, ["! double: error", "double is int, expected a function"]),
    ("def double(x): return x[99]", 0.0, ["raised IndexError"]),
    ("def double(x): exit()", 0.0, ["raised SystemExit"]),
    ("def double(x): raise MemoryError", 0.0, ["▦ double: out of memory"]),
    ("def double(x): return double(x)", 0.0, ["raised RecursionError"]),
    ("def double(x): return 10**5000", 0.0, ["✗ double: failed"]),
]


@pytest.mark.parametrize(("program", "earned", "told"), OUTCOMES)
def test_a_verdict_is_printed_and_its_points_are_returned(run, capfd, program, earned, told):
    value = run(program)
    assert (type(value), value) == (float, earned)
    out, err = capfd.readouterr()
    assert not err
    for line in told:
        assert line in out


def test_an_unknown_check_names_those_there_are(run):
    for name in ('"doubel"', "double", "3", "None"):
        with pytest.raises(ValueError, match="is no check of 01_test; expected: double, negative"):
            run(RIGHT, f"check({name})")


def test_the_checks_introduce_themselves(run):
    assert run("", "repr(check)") == "<checks of 01_test: double, negative>"


def test_what_a_function_prints_is_shown_where_it_helps(run, capfd):
    run("def double(x): print('seen', x.shape); return x")
    assert "seen (3, 4)" in capfd.readouterr().out
    run("def double(x): print('seen'); return x + x")
    assert "seen" not in capfd.readouterr().out


SIZE = Check("size", 5, lambda n: n // 2, [Case(f"{n}", {"n": n}) for n in (3, 5, 7)])


@pytest.fixture
def explained(folder):
    """A check that knows a misconception, by what it answers to 3, 5 and 7."""
    answers = tuple({"outcome": "returned", "value": value} for value in (2, 3, 4))
    known = (Misconception("rounded up", "down, not up", answers=answers),)
    question = replace(ask(SIZE, "02_test"), misconceptions=known)
    bundle.write(bundle.bundle("02_test", [question]), folder / "02_test.npz")
    return autograder.load("02_test")


def test_a_misconception_is_named_with_its_hint(explained, capfd):
    names = {"size": lambda n: -(-n // 2), "check": explained}
    assert eval("check('size')", names) == 0.0
    lines = capfd.readouterr().out.splitlines()
    assert lines[-2:] == ["  Looks like: rounded up", "  Hint: down, not up"]


def test_what_is_called_for_an_explanation_alone_prints_nothing(explained, capfd):
    names = {"size": lambda n: print("seen", n) or 2, "check": explained}
    eval("check('size')", names)
    told = capfd.readouterr().out
    assert "seen 3" in told
    assert "seen 5" not in told
    assert "Looks like" not in told  # 2 for 3 may be chance, and 2 for 5 is another mistake


def test_an_explanation_can_be_interrupted_and_broken_data_explain_nothing(folder, explained):
    broken = (Misconception("a", "b", answers=(3, {"outcome": "returned"}, None)),)
    question = replace(ask(SIZE, "02_test"), misconceptions=broken)
    bundle.write(bundle.bundle("02_test", [question]), folder / "02_test.npz")
    check = autograder.load("02_test")
    assert eval("check('size')", {"size": lambda n: n, "check": check}) == 0.0
    calls = iter(range(9))

    def size(n):
        if next(calls) > 1:  # asked once and again, and now for an explanation
            raise KeyboardInterrupt
        return -(-n // 2)

    with pytest.raises(KeyboardInterrupt):
        eval("check('size')", {"size": size, "check": explained})


NOISES = [
    "print(1, file=sys.stderr)",
    "print(1, file=before)",
    "logging.warning('no handler')",
    "logger.warning('a handler from before')",
    "os.write(2, b'from C')",
    "subprocess.run([sys.executable, '-c', 'import os; os.write(2, b\"x\")'], check=True)",
]


@pytest.mark.parametrize("noise", NOISES)
def test_whatever_a_right_answer_writes_to_standard_error_costs_nothing(run, capfd, noise):
    """nbgrader gives no points where a cell has written to standard error."""
    program = f"""
import logging, os, subprocess, sys
before = sys.stderr
logger = logging.Logger("mine")
logger.addHandler(logging.StreamHandler())
def double(x): {noise}; return x + x
"""
    assert run(program) == 10
    assert not capfd.readouterr().err


def test_standard_error_is_what_it_was_afterwards(run, capfd):
    run(RIGHT)
    print("text", file=sys.stderr, flush=True)
    os.write(2, b"bytes")
    subprocess.run([sys.executable, "-c", "import sys; print('child', file=sys.stderr)"])
    assert capfd.readouterr().err == "text\nbyteschild\n"


def test_the_students_settings_stay_as_they_were(run):
    random.seed(1)
    np.random.seed(1)
    before = random.getstate(), np.random.get_state()[1].tolist(), np.geterr()
    run(
        "import numpy as np, random\n"
        "def double(x):\n"
        "    np.random.seed(7); np.random.rand(); random.seed(7)\n"
        "    np.seterr(all='raise'); np.set_printoptions(precision=1)\n"
        "    return x + x"
    )
    assert (random.getstate(), np.random.get_state()[1].tolist(), np.geterr()) == before
    assert np.get_printoptions()["precision"] == 8


def test_inputs_changed_in_place_do_not_reach_the_next_call(run, capsys):
    run("def double(x): x += x; return x", 'check("double"), check("double")')
    first, second = capsys.readouterr().out.split("✗")[1:]
    assert "changed its input x: element" in first
    assert first == second


def test_an_endless_loop_can_be_interrupted(run):
    timer = threading.Timer(0.2, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        run("def double(x):\n    while True: pass")
    timer.join()


def checked(value):
    """A check's cell of 10 points that had this value."""
    output = new_output("execute_result", data={"text/plain": repr(value)})
    marks = {"grade_id": "c", "grade": True, "solution": False, "points": 10}
    return new_code_cell(outputs=[output], metadata={"nbgrader": marks})


SCORES = [
    (10.0, 10.0),
    (10.000000000000002, 10.0),
    (10, 10.0),
    (3.14159, 3.14),
    (11.0, 10.0),
    (-1.0, 0.0),
    (math.nan, 0.0),
    (math.inf, 10.0),
    (np.float64(5), 5.0),
]


@pytest.mark.parametrize(("score", "returned"), SCORES)
def test_points_are_a_plain_number_that_nbgrader_accepts(score, returned):
    value = points(Verdict("c", VerdictKind.PASSED, score, 10.0))
    assert (type(value), value) == (float, returned)
    assert determine_grade(checked(value)) == (returned, 10)


@pytest.mark.parametrize("value", [math.nan, np.float64(5), "none"])
def test_nbgrader_gives_all_points_for_what_is_no_plain_number(value):
    assert determine_grade(checked(value)) == (10, 10)


@pytest.fixture
def shell():
    """An IPython whose `get_ipython()` answers."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def displayed(shell, program):
    with capture_output() as captured:
        result = shell.run_cell(f'import autograder\ncheck = autograder.load("01_test")\n{program}')
    result.raise_error()
    assert not captured.stderr
    (output,) = captured.outputs
    return output.data, result.result


@pytest.mark.usefixtures("folder")
def test_a_notebook_shows_html_with_the_same_text_beside_it(shell):
    data, value = displayed(shell, f'{WRONG}\ncheck("double")')
    assert set(data) == {"text/plain", "text/html"}
    assert value == 0
    for shown in data.values():
        assert "element [0, 1] is 1, expected 2" in shown
    assert "<table" in data["text/html"]


@pytest.mark.usefixtures("folder")
def test_an_image_is_shown_with_its_difference(shell):
    data, _ = displayed(shell, 'def negative(image): return image\ncheck("negative")')
    assert data["text/html"].count('<img src="data:image/png;base64,') == 3


@pytest.mark.usefixtures("folder")
def test_html_of_a_student_stays_text(shell):
    program = "def double(x): raise ValueError('<script>1</script>')\ncheck('double')"
    data, _ = displayed(shell, program)
    assert "<script" not in data["text/html"]
    assert "&lt;script&gt;" in data["text/html"]


@pytest.mark.usefixtures("folder")
def test_a_picture_that_cannot_be_drawn_does_not_cost_the_verdict(shell, monkeypatch):
    def broken(*_):
        raise OSError("no fonts, no space, no luck")

    monkeypatch.setattr("autograder.notebook.panels", broken)
    data, _ = displayed(shell, f'{WRONG}\ncheck("double")')
    assert "element [0, 1] is 1" in data["text/html"]


def test_our_own_mistake_does_not_stop_the_notebook(run, capfd, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("autograder.notebook.examine", broken)
    assert run(RIGHT) == 0
    assert "? double: ungraded" in (out := capfd.readouterr().out)
    assert "not your fault: ZeroDivisionError: ours; tell your instructor" in out


WINDOWS = """
import sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
import autograder
check = autograder.load("01_test")
def double(x): return x + x
def negative(image): return image
assert check("double") == 10.0
assert check("negative") == 0.0
assert not set(sys.modules) & {"IPython", "jinja2", "nbgrader", "nbformat", "matplotlib.pyplot"}
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
@pytest.mark.usefixtures("folder")
def test_it_works_where_there_is_no_posix_and_a_narrow_terminal(encoding):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WINDOWS],
        capture_output=True,
        env={"PYTHONIOENCODING": encoding, "PYTHONPATH": ":".join(filter(None, sys.path))},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"double: passed" in done.stdout


def test_nothing_heavy_is_imported_before_it_is_needed():
    program = (
        "import sys, autograder; print(sorted(set(sys.modules) & {'numpy', 'IPython', 'rich'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_what_the_cells_import_and_grading_will_not_have_is_told_once(run, capsys):
    cells = 'In = ["", "from sklearn.svm import SVC", "import numpy", None]'
    run(f'{RIGHT}\n{cells}\ncheck("double")', 'check("negative")')
    said = capsys.readouterr().out
    assert said.count("sklearn will not be there when this is graded") == 1
    run(RIGHT)
    assert "sklearn" not in capsys.readouterr().out


QUADRUPLE = Check("quadruple", 10, lambda x: 4 * x, [Case("one", {"x": X})], builds_on=["double"])


def test_where_what_it_builds_on_is_wrong_that_is_said_first(folder, run, capsys):
    questions = [ask(check, "01_test") for check in (DOUBLE, QUADRUPLE)]
    bundle.write(bundle.bundle("01_test", questions), folder / "01_test.npz")
    own = "def quadruple(x): return double(double(x))"
    run(f"{WRONG}\n{own}", 'check("quadruple")')
    said = capsys.readouterr().out
    assert "this builds on double, which is not right yet: mend that first" in said
    run(f"{RIGHT}\n{own}", 'check("quadruple")')
    run(f"{WRONG}\ndef quadruple(x): return 4 * x", 'check("quadruple")')
    assert "builds on" not in capsys.readouterr().out
