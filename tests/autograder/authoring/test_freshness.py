"""`stale` names a built file exactly when `build` would change it."""

import json
from pathlib import Path

import pytest

from autograder.authoring import building

BUILT = [
    f"{folder}/01_small/01_small.{suffix}"
    for folder in ("solutions", "assignments")
    for suffix in ("ipynb", "npz")
]
NOTEBOOKS = [path for path in BUILT if path.endswith("ipynb")]


def named(lines: list[str]) -> list[str]:
    assert all(line.endswith("run `autograder build 01_small`") for line in lines)
    return [line.split()[0] for line in lines]


def test_nothing_is_stale_after_a_build(copy):
    assert copy.stale() == []


def test_everything_is_missing_before_the_first_build(small):
    assert named(small.stale()) == BUILT
    assert all("is missing" in line for line in small.stale())


@pytest.mark.parametrize(
    ("file", "old", "new", "stale"),
    [
        ("01_small.py", "A small assignment", "An assignment", NOTEBOOKS),
        ("01_small.py", "np.add(x, x)", "np.multiply(2, x)", NOTEBOOKS),
        ("01_small.py", "points=5", "points=6", NOTEBOOKS),
        ("checks.py", "30", "31", BUILT),
        ("checks.py", "np.arange(3.0)", "np.arange(4.0)", BUILT),
        ("checks.py", 'multilinear=("x",)', "rtol=1e-6", BUILT),
    ],
)
def test_a_changed_input_makes_stale_what_depends_on_it(copy, file, old, new, stale):
    copy.replace(copy.folder / file, old, new)
    assert named(copy.stale()) == stale
    copy.build()
    assert copy.stale() == []


def test_a_changed_reference_makes_everything_stale(copy):
    copy.replace(copy.folder / "checks.py", "lambda x: 2 * x", "lambda x: 2.001 * x")
    assert named(copy.stale()) == BUILT


def test_a_changed_figure_makes_the_notebooks_stale(copy):
    (copy.folder / "figures" / "dot.png").write_bytes(b"another dot")
    assert named(copy.stale()) == NOTEBOOKS


@pytest.mark.parametrize("path", BUILT)
def test_a_deleted_file_is_missing(copy, path):
    (copy.root / path).unlink()
    assert named(copy.stale()) == [path]


@pytest.mark.parametrize("path", BUILT)
def test_a_damaged_file_is_stale(copy, path):
    (copy.root / path).write_bytes((copy.root / path).read_bytes()[:-40])
    assert named(copy.stale()) == [path]


@pytest.mark.parametrize("path", NOTEBOOKS)
@pytest.mark.parametrize(
    ("old", "new"), [("A small", "My small"), ('"grade": true', '"grade": false')]
)
def test_a_notebook_edited_by_hand_is_stale(copy, path, old, new):
    copy.replace(copy.root / path, old, new)
    assert named(copy.stale()) == [path]


def test_a_release_without_its_seal_is_stale(copy):
    release = copy.assignment.release
    content = json.loads(release.read_text(encoding="utf-8"))
    del content["metadata"]["autograder"]
    release.write_text(json.dumps(content), encoding="utf-8")
    assert named(copy.stale()) == [NOTEBOOKS[1]]


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_line_ends_and_layout_do_not_matter(copy, path: Path):
    content = json.loads((copy.root / path).read_text(encoding="utf-8"))
    (copy.root / path).write_bytes(json.dumps(content, indent=3).replace("\n", "\r\n").encode())
    assert copy.stale() == []


def test_another_machines_rounding_does_not_make_a_bundle_stale(copy):
    copy.replace(copy.folder / "checks.py", "lambda x: 3 * x", "lambda x: 3 * x * (1 + 2.0**-51)")
    assert copy.stale() == []


def test_a_bundle_of_another_build_is_stale(copy, monkeypatch):
    """Its version would not be the notebook's."""
    monkeypatch.setattr(building, "prove", lambda *_: None)  # as on a machine that rounds so
    copy.replace(copy.folder / "checks.py", "lambda x: 3 * x", "lambda x: 3 * x * (1 + 2.0**-51)")
    old = (copy.root / BUILT[3]).read_bytes()
    copy.build()
    (copy.root / BUILT[3]).write_bytes(old)
    assert named(copy.stale()) == [BUILT[3]]
