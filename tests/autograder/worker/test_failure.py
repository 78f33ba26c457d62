"""An error is told with the student's own line, wherever cells run."""

import linecache

import pytest

from autograder.worker.failure import describe

CELL = "def half(x):\n    return x / 0\n"
FILES = ["<ipython-input-3-0123456789ab>", "/tmp/ipykernel_4711/1234567890.py", "<timed exec>"]


@pytest.mark.parametrize("filename", FILES)
def test_the_line_of_the_cell_is_told(filename, monkeypatch):
    monkeypatch.setitem(
        linecache.cache, filename, (len(CELL), None, CELL.splitlines(True), filename)
    )
    namespace = {}
    exec(compile(CELL, filename, "exec"), namespace)
    with pytest.raises(ZeroDivisionError) as raised:
        namespace["half"](1)
    told = describe(raised.value)
    assert (told["type"], told["line"], told["line_number"]) == (
        "ZeroDivisionError",
        "return x / 0",
        2,
    )


def test_an_error_outside_of_cells_has_no_line():
    with pytest.raises(ZeroDivisionError) as raised:
        eval("1 / 0")
    assert describe(raised.value)["line"] == ""
