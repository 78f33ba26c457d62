"""What is kept of a stranger's output: texts, and pictures that the judge makes of pixels."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from autograder import shown
from autograder.shown import CUT, LONGEST, Shown
from autograder.worker.pictures import LONGEST_SIDE

ERROR = {"type": "ValueError", "message": "no", "traceback": "…", "line": "f()", "more": "x"}


def kept(**observation):
    outputs = Shown()
    outputs.keep(3, observation)
    return outputs.cells[3]


def test_what_a_cell_puts_out_is_kept():
    seen = kept(outcome="raised", stdout="a", result="b", error=ERROR, images=[])
    wanted = {name: ERROR[name] for name in ("type", "message", "traceback")}
    assert seen == {"stdout": "a", "result": "b", "error": wanted, "images": []}


@pytest.mark.parametrize("shape", [(2, 3, 3), (LONGEST_SIDE, 1, 3)])
def test_a_picture_keeps_its_pixels_and_nothing_else(shape):
    pixels = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
    (data,) = kept(images=[pixels])["images"]
    with Image.open(BytesIO(data.tobytes())) as image:
        assert image.format == "PNG"
        assert image.info == {}
        assert np.array_equal(np.asarray(image), pixels)


@pytest.mark.parametrize(
    "image",
    [
        None,
        "x",
        {"image/png": "x"},
        np.frombuffer(b"\x89PNG\r\n\x1a\n <script>", np.uint8),
        np.zeros((2, 2, 3)),
        np.zeros((2, 2, 4), np.uint8),
        np.zeros((0, 2, 3), np.uint8),
        np.zeros((LONGEST_SIDE + 1, 1, 3), np.uint8),
    ],
)
def test_what_is_no_array_of_pixels_is_left_out(image):
    assert kept(images=[image])["images"] == [None]


@pytest.mark.parametrize("answer", [None, "x", [], {"stdout": 3, "images": "x", "error": "x"}])
def test_what_is_no_observation_is_empty(answer):
    outputs = Shown()
    outputs.keep(0, answer)
    assert outputs.cells == {0: {"stdout": "", "result": "", "error": None, "images": []}}


def test_the_first_run_of_a_cell_counts():
    outputs = Shown()
    for text in ("first", "again"):
        outputs.keep(0, {"stdout": text})
    assert outputs.cells[0]["stdout"] == "first"


def test_a_long_text_is_cut_and_says_so():
    assert kept(stdout="x" * 1_000_000)["stdout"] == "x" * LONGEST + CUT


def test_all_cells_together_have_a_bound(monkeypatch):
    monkeypatch.setattr(shown, "MOST", 1000)
    noise = np.random.default_rng(1).integers(0, 256, (16, 16, 3)).astype(np.uint8)
    outputs = Shown()
    for place in range(10):
        outputs.keep(place, {"images": [noise], "stdout": "x" * 20})
    pictures = [cell["images"][0] is not None for cell in outputs.cells.values()]
    assert pictures == [True] + [False] * 9
    assert outputs.cells[0]["stdout"] == "x" * 20
    assert outputs.cells[9]["stdout"] == CUT
