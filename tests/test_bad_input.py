"""Whatever is handed in or asked for: one clear line, the others graded, nothing half written."""

import json
import os
import shutil
import subprocess

import nbformat
import pytest

from tests.conftest import ROOT, in_ci

RIGHT = ROOT / "examples" / "class" / "right_with_loops" / "01_convolution" / "01_convolution.ipynb"
NAME = "01_convolution"


def version_3(text):
    notebook = nbformat.reads(text, as_version=4)
    return nbformat.writes(nbformat.convert(notebook, 3), version=3)


def without_the_exercise(_):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("hello")]))


UNREADABLE = {
    "not_json": lambda text: text[:5000],
    "not_utf8": lambda _: b"\xff\xfe\x00{",
    "not_a_notebook": lambda _: '{"a": 1}',
    "empty_file": lambda _: "",
    "without_the_exercise": without_the_exercise,
}


def hand_in(folder, student, data):
    path = folder / f"{student}.ipynb"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.fixture(scope="module")
def graded(tmp_path_factory, grade):
    """One run over every bad notebook, between two right ones."""
    folder = tmp_path_factory.mktemp("submitted")
    text = RIGHT.read_text()
    hand_in(folder, "a_right", text)
    hand_in(folder, "z_right", text)
    hand_in(folder, "nbformat_3", version_3(text))
    for student, spoil in UNREADABLE.items():
        hand_in(folder, student, spoil(text))
    with (folder / "huge.ipynb").open("wb") as file:
        file.truncate(100 << 20)
    (folder / "link.ipynb").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.ipynb")
    out = tmp_path_factory.mktemp("out")
    run = grade("--submissions", folder, "--out", out, "--isolation", "trusted")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    return {result["student"]: result for result in json.loads(run.json.read_text())}, out


def test_the_others_are_graded(graded):
    results, _ = graded
    assert results["a_right"]["score"] == results["z_right"]["score"] == 100


def test_an_old_format_is_upgraded_and_graded(graded):
    results, _ = graded
    assert results["nbformat_3"]["repairs"]


@pytest.mark.parametrize("student", [*UNREADABLE, "huge", "link", "pipe"])
def test_what_cannot_be_read_is_an_error_in_one_line_that_names_the_file(graded, student):
    verdicts = graded[0][student]["verdicts"]
    assert {verdict["verdict"] for verdict in verdicts} == {"error"}
    assert {verdict["score"] for verdict in verdicts} == {0}
    (message,) = {verdict["message"] for verdict in verdicts}
    assert f"{student}.ipynb" in message
    assert "\n" not in message


def test_all_are_listed_and_have_pages_and_nothing_is_half_written(graded):
    results, out = graded
    assert len(results) == 2 + 1 + len(UNREADABLE) + 3
    pages = {path.stem for path in (out / "pages" / NAME / "students").iterdir()}
    assert pages == set(results)
    assert not [path for path in out.rglob(".*") if path.name != ".autograder.lock"]


def test_an_unknown_assignment_is_named(grade, tmp_path):
    run = grade("--submissions", tmp_path, assignment="99_unknown")
    assert_one_line(run, "has no assignment '99_unknown'; it has: 01_convolution")


def test_an_unknown_student_and_check_are_named(grade, tmp_path):
    hand_in(tmp_path, "ada", RIGHT.read_text())
    submissions = ("--submissions", tmp_path, "--out", tmp_path / "out", "--isolation", "trusted")
    assert_one_line(grade(*submissions, "--student", "bob"), "has no submission of bob")
    assert_one_line(grade(*submissions, "--check", "conv9d"), "has no check conv9d; it has: conv1d")


def test_a_folder_without_submissions_is_named(grade, tmp_path):
    assert_one_line(grade("--submissions", tmp_path), str(tmp_path))
    assert_one_line(grade("--submissions", tmp_path / "missing"), "missing")


def test_a_course_without_checks_or_release_is_named(grade, tmp_path):
    hand_in(tmp_path, "ada", RIGHT.read_text())
    course = tmp_path / "course"
    course.mkdir()
    (course / "course.toml").write_text(f"[assignments.{NAME}]\n")
    arguments = ("--submissions", tmp_path, "--course", course, "--isolation", "trusted")
    assert_one_line(grade(*arguments), "checks.py does not exist; it states the checks")
    shutil.copytree(ROOT / "course", course / "course")
    assert_one_line(grade(*arguments), "does not exist; run `autograder build 01_convolution`")


def test_an_output_that_is_no_folder_is_named(grade, tmp_path):
    hand_in(tmp_path, "ada", RIGHT.read_text())
    out = tmp_path / "file"
    out.write_text("")
    run = grade("--submissions", tmp_path, "--out", out, "--isolation", "trusted")
    assert_one_line(run, f"{out} cannot be written")


def assert_one_line(run, words):
    assert run.returncode == 2, run.stdout + run.stderr
    (line,) = run.stderr.splitlines()
    assert line.startswith("autograder: ")
    assert words in line
    assert not run.json.exists()


bubblewrap = pytest.mark.skipif(not (shutil.which("bwrap") or in_ci), reason="needs bubblewrap")


@pytest.fixture
def within(grade, tmp_path):
    """Grades the sample class where bubblewrap makes the output folder what is asked for."""

    def run(*mount):
        out = tmp_path / "out"
        out.mkdir()
        path = tmp_path / "results.json"
        command = ["bwrap", "--dev-bind", "/", "/", *mount, str(out)]
        command += [*grade.command(path), "--submissions", str(ROOT / "examples" / "class")]
        command += ["--student", "right_with_loops", "--student", "empty"]
        command += ["--out", str(out), "--isolation", "trusted"]
        return subprocess.run(command, capture_output=True, text=True, timeout=120), path

    return run


@bubblewrap
def test_a_read_only_output_folder_is_named(within, tmp_path):
    run, _ = within("--ro-bind", str(tmp_path))
    assert run.returncode == 2
    assert "cannot be written: Read-only file system; name another --out" in run.stderr


@bubblewrap
def test_a_full_disk_is_told_and_results_are_still_given(within):
    run, path = within("--size", str(640 << 10), "--tmpfs")
    assert run.returncode == 1, run.stdout + run.stderr
    assert "No space left on device" in run.stdout
    scores = {result["student"]: result["score"] for result in json.loads(path.read_text())}
    assert (scores["empty"], scores["right_with_loops"]) == (0, 100)
    assert "Traceback" not in run.stdout + run.stderr


@bubblewrap
def test_a_disk_full_from_the_start_is_one_line(within):
    run, _ = within("--size", str(16 << 10), "--tmpfs")
    assert run.returncode == 2
    (line,) = run.stderr.splitlines()
    assert "Traceback" not in line
