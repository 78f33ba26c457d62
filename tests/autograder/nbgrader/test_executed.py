import copy
from dataclasses import replace
from io import BytesIO

import nbformat
import numpy as np
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.utils import determine_grade
from PIL import Image

from autograder.nbgrader import write_autograded
from autograder.results import Difference

ERROR = {
    "type": "ValueError",
    "message": "<b>no</b>",
    "line": "f(1)",
    "line_number": 1,
    "traceback": "\x1b[31mTraceback\x1b[0m\nValueError: <b>no</b>",
}
RAN = {"outcome": "ran", "error": None, "stdout": "", "result": "", "images": []}


@pytest.fixture
def write(tmp_path, release, result_of):
    """Writes a notebook and reads it back."""

    def write(notebook, outputs=None, **scores) -> NotebookNode:
        result = result_of("alice", "wrong at [0]", **scores)
        path = write_autograded(tmp_path, release, result, notebook, outputs or {})
        assert path == tmp_path / "autograded/alice/01_sums/01_sums.ipynb"
        written = nbformat.read(path, as_version=4)
        nbformat.validate(written)
        return written

    return write


def test_outputs_are_what_was_observed(write, release):
    buffer = BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "PNG")
    images = [np.frombuffer(buffer.getvalue(), np.uint8), "no picture"]
    seen = {"stdout": "\x1b[1mhi\x1b[0m\r\n", "result": "<b>3</b>", "images": images}
    written = write(release, {1: {**RAN, **seen, "error": ERROR}})
    stream, picture, left_out, result, error = written.cells[1].outputs
    assert stream.text == "hi\n"
    assert list(picture.data) == ["image/png", "text/plain"]
    assert left_out.text == "[a picture is left out]\n"
    assert dict(result.data) == {"text/plain": "<b>3</b>"}
    assert error.traceback == ["Traceback", "ValueError: <b>no</b>"]
    assert written.cells[1].execution_count == 1


@pytest.mark.parametrize(
    "observation",
    [
        {},
        {"stdout": None, "result": 3, "images": "x", "error": "x"},
        {"stdout": ["x"], "result": {"text/html": "x"}, "images": {"a": 1}, "error": []},
    ],
)
def test_what_is_no_observation_is_left_out(write, release, observation):
    assert write(release, {1: observation}).cells[1].outputs == []


def test_text_that_no_encoding_can_write_is_mended(write, release):
    written = write(release, {1: {**RAN, "stdout": "a\ud800b\0c\u202ed"}})
    assert written.cells[1].outputs[0].text == "abcd"


def test_a_check_shows_its_verdict_and_not_what_it_printed(write, release):
    written = write(release, {2: {**RAN, "stdout": "passed!"}}, add=0, scale=20)
    assert written.cells[2].outputs[0].text == "add: failed, 0 of 10 points\nwrong at [0]\n"
    assert written.cells[4].outputs[0].text == "scale: passed, 20 of 20 points\n"


def test_what_was_wrong_is_drawn_below_its_check(tmp_path, release, result_of):
    result = result_of("alice", "<script>", add=0)
    wrong = Difference("<script>", {"x": np.eye(2), "<b>": np.eye(2)}, "</td><script>", np.eye(2))
    failed = replace(result.verdicts[0], difference=wrong)
    path = write_autograded(tmp_path, release, replace(result, verdicts=(failed,)), release, {})
    shown, points = nbformat.read(path, as_version=4).cells[2].outputs
    assert shown.data["text/plain"] == "add: failed, 0 of 10 points\n<script>"
    assert "<script" not in shown.data["text/html"]
    assert shown.data["text/html"].count("<table") == 3
    assert points.data["text/plain"] == "0.0"


@pytest.mark.parametrize("score", [0, 1 / 3, 7.5, 20, 20.000000000000004])
def test_nbgrader_reads_the_points_of_a_check(write, release, score):
    written = write(release, scale=score)
    assert determine_grade(written.cells[4]) == (min(score, 20), 20)


def test_a_students_cells_are_theirs_made_harmless(write, release):
    notebook = copy.deepcopy(release)
    notebook.cells[1].source = "def add(x):\n    return x < 1"
    notebook.cells[5].source = "Because <script>a < b</script>"
    notebook.cells[5].attachments = {"x.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"}}
    notebook.cells += [new_raw_cell("<script>"), new_markdown_cell("[x](javascript:1)")]
    written = write(notebook)
    assert written.cells[1].source == "def add(x):\n    return x < 1"
    assert written.cells[5].source == "Because < script>a < b< /script>"
    assert "attachments" not in written.cells[5]
    assert written.cells[6].cell_type == "markdown"
    assert written.cells[6].source == "    <script>"
    assert written.cells[7].source == "[x] (javascript:1)"


def test_what_is_ours_comes_from_the_release(write, release):
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        cell.metadata.update(tags=["forged"], collapsed=True)
        cell.metadata.nbgrader.points = 1000
    notebook.cells[0].source = "<script>"
    notebook.cells[2].source = "forged"
    notebook.metadata.title = "<script>"
    written = write(notebook)
    assert [cell.metadata for cell in written.cells] == [cell.metadata for cell in release.cells]
    assert [written.cells[i].source for i in (0, 2)] == [release.cells[i].source for i in (0, 2)]
    assert set(written.metadata) == {"kernelspec", "language_info"}


def test_a_second_cell_of_the_same_name_is_the_students(write, release):
    notebook = copy.deepcopy(release)
    notebook.cells += [copy.deepcopy(notebook.cells[2]), copy.deepcopy(notebook.cells[0])]
    notebook.cells[-1].source = "<script>"
    notebook.cells += [new_code_cell("1", metadata={"nbgrader": "forged"}), new_code_cell("1")]
    notebook.cells[-1].metadata["nbgrader"] = {"grade_id": ["add"]}
    written = write(notebook, add=10)
    assert [cell.metadata for cell in written.cells[6:]] == [{}, {}, {}, {}]
    assert written.cells[6].outputs == []
    assert written.cells[7].source == "< script>"


def test_an_unreadable_submission_shows_why(write):
    written = write(None, add=0, scale=0)
    assert "could not be read" in written.cells[0].source
    assert "wrong at [0]" in written.cells[3].outputs[0].text


def test_our_own_failure_is_told_and_leaves_what_was_there(write, release):
    assert "not its fault" in write(None, add=None).cells[0].source
    before = write(release, add=10)
    assert write(None, add=None) == before


def test_repairs_are_told(tmp_path, release, result_of):
    result = result_of("alice", add=10)
    object.__setattr__(result, "repairs", ("the cell <b> was put back",))
    path = write_autograded(tmp_path, release, result, release, {1: {**RAN, "stdout": "x"}})
    written = nbformat.read(path, as_version=4)
    assert "    - the cell <b> was put back" in written.cells[0].source
    assert written.cells[2].outputs[0].text == "x"


@pytest.mark.parametrize("student", ["", "..", ".", "a/b", "../../x", "a\\b", "a\0b"])
def test_a_student_who_is_no_folder_is_refused(tmp_path, release, result_of, student):
    with pytest.raises(ValueError, match="no name of a file"):
        write_autograded(tmp_path / "out", release, result_of(student, add=1), release, {})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path, release, result_of):
    (tmp_path / "autograded").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "autograded/alice").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match="leads out of"):
        write_autograded(tmp_path, release, result_of("alice", add=1), release, {})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_notebook_is_replaced_whole(tmp_path, release, result_of):
    first = write_autograded(tmp_path, release, result_of("alice", add=1), release, {})
    first.chmod(0o444)  # as stock nbgrader leaves it
    write_autograded(tmp_path, release, result_of("alice", add=10), release, {})
    assert "add: passed" in first.read_text()
    assert [path.name for path in first.parent.iterdir()] == ["01_sums.ipynb"]
