"""What `autograder new exercise` begins: it builds, and its checks tell right from wrong."""

import pytest

from autograder.authoring import BuildError, build
from autograder.authoring.audit import audit
from autograder.authoring.scaffold import Exercise, begin
from autograder.course import open_course
from tests.conftest import ROOT, isolations

pytestmark = pytest.mark.slow


def built(root):
    course = open_course(root)
    return course, list(build(course, list(course.assignments.values())))


def test_an_exercise_from_nothing_builds_and_passes_the_audit(tmp_path):
    for name in ("weighted", "again"):
        begin(tmp_path, Exercise(name, "function", "01_sums"))
    assert (tmp_path / ".gitignore").read_text() == ".autograder_secret\n"
    text = (tmp_path / "course" / "01_sums" / "checks.py").read_text()
    assert text.count("CHECKS") == 1
    course, paths = built(tmp_path)
    assert len(paths) == 4
    assert [check.name for check in course.assignments["01_sums"].checks()] == ["weighted", "again"]
    found = audit(list(course.assignments.values()), isolations()[0])
    assert all(one.sound for one in found), found
    assert all(one.mutants >= 10 and one.misconceptions == 4 for one in found)
    assert all(one.right_answers == 4 for one in found)


def test_a_layer_builds(tmp_path):
    begin(tmp_path, Exercise("Scale", "layer", "02_layers"))
    course, paths = built(tmp_path)
    assert len(paths) == 4
    assert course.assignments["02_layers"].packages == ("keras",)


def test_an_exercise_joins_those_of_an_assignment(tmp_path):
    (tmp_path / "course.toml").write_text(ROOT.joinpath("course.toml").read_text())
    folder = tmp_path / "course" / "01_convolution"
    folder.mkdir(parents=True)
    for path in (ROOT / "course" / "01_convolution").rglob("*"):
        target = folder / path.relative_to(ROOT / "course" / "01_convolution")
        target.mkdir(exist_ok=True) if path.is_dir() else target.write_bytes(path.read_bytes())
    begin(tmp_path, Exercise("weighted", "function", "01_convolution"))
    checks = open_course(tmp_path).assignments["01_convolution"].checks()
    assert checks[-1].name == "weighted"
    assert len(checks) > 10
    styles = sorted(path.stem for path in (folder / "right").glob("*.py"))
    assert styles == ["einsum", "im2col", "loops"]
    for style in styles:
        assert "def weighted(x, w):" in (folder / "right" / f"{style}.py").read_text()


REFUSED = {
    "2d": ("function", "01_sums", "'2d' is no name in Python; name what students define"),
    "class": ("function", "01_sums", "'class' is no name in Python; name what students define"),
    "match": ("function", "01_sums", "'match' is no name in Python; name what students define"),
    "sum": ("function", "01_sums", "'sum' would hide Python's own; take another name"),
    "größe": ("function", "01_sums", "exercise 'größe': letters a to z, digits and _ only"),
    "np": ("function", "01_sums", "{}/course/01_sums/01_sums.py has a np already"),
    "check": ("function", "01_sums", "{}/course/01_sums/01_sums.py has a check already"),
    "Draw": ("function", "01_sums", "{}/course/01_sums/checks.py has a Draw already"),
    "x": ("model", "01_sums", "kind is 'model'; expected function or layer"),
    "y": ("function", "../up", "assignment '../up': letters, digits, _ and - only"),
    "weighted": ("function", "01_sums", "01_sums has a check weighted already"),
    "Scale": ("layer", "01_sums", "a layer needs keras, which 01_sums does not allow"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_begun_is_said_and_nothing_is_written(name, tmp_path):
    begin(tmp_path, Exercise("weighted", "function", "01_sums"))
    kind, assignment, line = REFUSED[name]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(BuildError) as refused:
        begin(tmp_path, Exercise(name, kind, assignment))
    assert str(refused.value).startswith(line.format(tmp_path))
    assert "\n" not in str(refused.value)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
