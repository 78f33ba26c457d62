"""Cells run in a process of ours as they would in a notebook's kernel."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.worker.shell import Shell
from autograder.worker.text import rest


@pytest.fixture
def shell():
    return Shell(2_000)


def test_a_cell_shows_what_it_prints_and_its_last_expression(shell):
    assert shell.run("import sys\nprint('out'); print('err', file=sys.stderr)\n1 + 1") == {
        "outcome": "ran",
        "error": None,
        "stdout": "out\nerr\n",
        "result": "2",
        "images": [],
    }


def test_names_live_from_cell_to_cell(shell):
    shell.run("x = 20")
    shell.run("def double(y):\n    return 2 * y")
    assert shell.run("double(x) + 2")["result"] == "42"
    assert shell.namespace["x"] == 20


def test_an_error_names_the_students_own_line(shell):
    shell.run("import numpy as np\ndef f(x):\n    return np.zeros(2) @ x")
    error = shell.run("a = 1\nf(np.zeros(3))  # here")["error"]
    assert (error["type"], error["line_number"]) == ("ValueError", 3)
    assert error["line"] == "return np.zeros(2) @ x"
    assert "f(np.zeros(3))  # here" in error["traceback"]
    assert str(Path(__file__).parents[3]) not in error["traceback"]


def test_a_syntax_error_has_its_line(shell):
    error = shell.run("x = 1\ndef f(:\n    pass")["error"]
    assert (error["type"], error["line"], error["line_number"]) == ("SyntaxError", "def f(:", 2)


@pytest.mark.filterwarnings("default:To exit")
@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("raise SystemExit(3)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("import sys; sys.exit()", "SystemExit"),
        ("def f(n): return f(n + 1)\nf(0)", "RecursionError"),
        ("class A:\n    def __repr__(self): raise OSError('no')\nA()", "OSError"),
        ("raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})", "Odd"),
        ("%time 1 / 0", "ZeroDivisionError"),
        ("%%time\n1 / 0", "ZeroDivisionError"),
        ("%%capture\n1 / 0", "ZeroDivisionError"),
    ],
)
def test_whatever_a_cell_raises_is_reported(shell, source, name):
    said = shell.run(source)
    assert (said["outcome"], said["error"]["type"]) == ("raised", name)
    assert shell.run("1 + 1")["result"] == "2"


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "%matplotlib notebook",
        "%autosave 60",
        "%load_ext nonsense",
        "%nonsense at all",
        "%pip install numpy",
        "%timeit 1 + 1",
        "!ls /",
        "files = !ls",
        "%cd /nowhere",
        "%history -g",
        "%debug",
        "print?",
        "exit()",
        "quit()",
        "number = input('a number: ')",
        "import asyncio; await asyncio.sleep(0)",
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "for i in range(3): print(i, end='\\r')",
    ],
)
def test_what_belongs_to_a_kernel_or_terminal_does_no_harm(shell, line):
    said = shell.run(f"{line}\nafter = 1")
    assert said["error"] is None
    assert shell.namespace["after"] == 1


USES = ["away.x", "away()", "away[0]", "list(away)", "with away: pass", "class A(away): pass"]


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(
    "line",
    ["import nowhere as away", "import os, nowhere.away as away", "from nowhere import away"],
)
def test_a_missing_package_is_told_where_it_is_used(shell, line, use):
    said = shell.run(f"{line}\nafter = 1")
    assert (said["error"], said["stdout"]) == (
        None,
        "No module named 'nowhere': what uses it will fail\n",
    )
    assert shell.namespace["after"] == 1
    error = shell.run(f"x = 1\n{use}")["error"]
    assert (error["type"], error["line_number"], error["line"]) == ("ModuleNotFoundError", 2, use)
    assert error["message"] == "No module named 'nowhere'"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from nowhere import *\nafter = 1", "ModuleNotFoundError"),
        ("import os.nothing\nafter = 1", "ModuleNotFoundError"),
        ("if True: import nowhere\nafter = 1", "ModuleNotFoundError"),
        ("from os import nothing\nafter = 1", "ImportError"),
    ],
)
def test_other_imports_that_fail_end_their_cell(shell, source, name):
    error = shell.run(source)["error"]
    assert (error["type"], error["line_number"]) == (name, 1)
    assert "after" not in shell.namespace


def test_imports_are_otherwise_as_they_were(shell):
    said = shell.run(
        "from __future__ import annotations\nimport os.path, sys as s\nfrom os import (\n"
        "    sep as separator, linesep)\ntry: import nowhere\nexcept ImportError: nowhere = 3\n"
        "os.path.sep == separator, s.byteorder != '', nowhere"
    )
    assert (said["error"], said["result"]) == (None, "(True, True, 3)")


@pytest.mark.parametrize("first", ["%%time", "%%timeit -n 3", "%%capture", "\n%%time "])
def test_a_measured_cell_defines_its_names(shell, first):
    assert shell.run(f"{first}\nx = 5")["error"] is None
    assert shell.namespace["x"] == 5


@pytest.mark.parametrize("cell", ["%%bash\ntouch made", "%%script sh\ntouch made", "!touch made"])
def test_no_other_program_is_run(shell, cell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shell.run(cell)["error"] is None
    assert list(tmp_path.iterdir()) == []


def test_a_progress_bar_leaves_its_last_state(shell):
    cell = "for i in range(5): print(f'\\r\\x1b[1m{i}/4\\x1b[0m', end='')\nprint()"
    assert shell.run(cell)["stdout"] == "4/4\n"


def test_output_is_cut_and_says_so(shell):
    said = shell.run("print('x' * 5_000)\n'y' * 5_000")
    assert said["stdout"] == "x" * 2_000 + "\n" + rest(3001, 2000)
    assert said["result"].startswith("'yyy")
    assert said["result"].endswith(rest(3002, 2000))


def test_figures_become_pictures(shell):
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
    shown, flushed = shell.run(f"{plot}\nplt.show()"), shell.run(f"{plot};")
    figure = shell.run("fig, _ = plt.subplots(); plt.close(fig)\nfig")
    for said in (shown, flushed, figure):
        (picture,) = said["images"]
        assert picture.dtype == np.uint8
        assert picture.shape[2] == 3
        assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 10  # more than an empty frame
        assert said["stdout"] == ""


def test_a_second_shell_has_pictures_too():
    for _ in range(2):
        said = Shell(100).run("import matplotlib.pyplot as plt\nplt.plot([1]); plt.show()")
        assert len(said["images"]) == 1


def test_pictures_are_few(shell):
    cell = "import matplotlib.pyplot as plt\nfor i in range(12): plt.figure(); plt.plot([i])"
    assert len(shell.run(cell)["images"]) == 8


def test_a_large_picture_is_made_smaller(shell):
    said = shell.run("from PIL import Image\nImage.new('RGB', (3000, 1500), 'red')")
    (picture,) = said["images"]
    assert picture.shape == (600, 1200, 3)
    assert (picture == (255, 0, 0)).all()


def test_what_is_transparent_is_white(shell):
    (picture,) = shell.run("from PIL import Image\nImage.new('RGBA', (2, 2))")["images"]
    assert (picture == 255).all()


@pytest.mark.parametrize("data", ["b'GIF89a'", "b'\\x89PNG broken'", "'/nothing'.encode()"])
def test_what_is_no_picture_is_left_out(shell, data):
    said = shell.run(f"display({{'image/png': {data}}}, raw=True)")
    assert said["images"] == [None]


def test_display_shows_text(shell):
    assert shell.run("from IPython.display import display\ndisplay([1, 2])")["stdout"] == "[1, 2]\n"


def test_the_process_is_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    main, hook, out = sys.modules["__main__"], sys.displayhook, sys.stdout
    known = set(vars(sys))
    assert Shell(100).run("import __main__; __main__.__dict__ is globals()")["result"] == "True"
    assert (sys.modules["__main__"], sys.displayhook, sys.stdout) == (main, hook, out)
    assert list(tmp_path.iterdir()) == []
    assert set(vars(sys)) == known
    assert os.environ["MPLBACKEND"].endswith("backend_inline")
