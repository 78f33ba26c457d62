"""Bundled images behind the wall are others than the published, and as good to learn from."""

import gzip
import io
from importlib import metadata

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier

from autograder.checks import Limits
from autograder.sandbox import Isolation, SandboxError, start
from autograder.sandbox.datasets import TRANSFORMED, replacements, transformed_digits

PACKAGES = ["numpy", "scikit-learn"]
SEED = b"hidden"
CELL = """
import gzip, os, sys
import sklearn.datasets
def digits():
    data = sklearn.datasets.load_digits()
    return data.images, data.target
def iris():
    return sklearn.datasets.load_iris().data
def copies():
    found = {}
    for top in ["/", *sys.path]:
        for folder, _, names in os.walk(top):
            for name in names:
                if name.startswith("digits.csv"):
                    path = os.path.realpath(os.path.join(folder, name))
                    with gzip.open(path, "rt") as file:
                        found[path] = file.readline()
    return [*found.values()]
"""


def published():
    (name,) = [name for distribution, name in TRANSFORMED if distribution == "scikit-learn"]
    return metadata.distribution("scikit-learn").locate_file(name).read_bytes()


def read(content):
    rows = np.loadtxt(io.BytesIO(gzip.decompress(content)), delimiter=",")
    return rows[:, :-1], rows[:, -1]


def symmetries(image):
    """The 8 images that turning and mirroring makes of one."""
    turned = [np.rot90(image, turns) for turns in range(4)]
    return [*turned, *(one.T for one in turned)]


@pytest.fixture(scope="module")
def transformed():
    return read(transformed_digits(published(), SEED))


@pytest.mark.parametrize("isolation", list(Isolation))
def test_a_child_finds_digits_of_its_own(isolation, full, say, transformed):  # noqa: ARG001
    cell, call = say
    pixels, labels = transformed
    with (
        start(PACKAGES, isolation, SEED) as parent,
        parent.child(Limits()) as child,
    ):
        assert cell(child, CELL)["error"] is None
        found = call(child, "digits")["value"]
        assert (found[0] == pixels.reshape(-1, 8, 8)).all()
        assert (found[1] == labels).all()
        assert call(child, "iris")["value"].shape == (150, 4)


def test_the_published_digits_are_nowhere_behind_the_wall(full, say, transformed):  # noqa: ARG001
    cell, call = say
    with (
        start(PACKAGES, Isolation.FULL, SEED) as parent,
        parent.child(Limits()) as child,
    ):
        cell(child, CELL)
        (line,) = call(child, "copies", seconds=60)["value"]
    assert np.fromstring(line, sep=",")[:-1].tolist() == transformed[0][0].tolist()


def test_the_published_digits_are_not_read_where_they_lie(landlock, say):  # noqa: ARG001
    cell, _ = say
    (name,) = [name for distribution, name in TRANSFORMED if distribution == "scikit-learn"]
    path = metadata.distribution("scikit-learn").locate_file(name)
    with (
        start(PACKAGES, Isolation.LANDLOCK, SEED) as parent,
        parent.child(Limits()) as child,
    ):
        said = cell(child, f"open({str(path)!r}, 'rb').read()")
        assert said["error"]["type"] == "PermissionError"
        beside = path.parent / "iris.csv"
        assert cell(child, f"open({str(beside)!r}, 'rb').read(3)")["error"] is None


def test_without_a_seed_the_digits_are_the_published_ones(say):
    cell, call = say
    with (
        start(PACKAGES, Isolation.TRUSTED) as parent,
        parent.child(Limits()) as child,
    ):
        cell(child, CELL)
        assert (call(child, "digits")["value"][0] == load_digits().images).all()


@pytest.mark.parametrize("seed", [b"one", b"other"])
def test_no_image_is_a_published_one_turned_or_mirrored(seed):
    pixels, _ = read(transformed_digits(published(), seed))
    known = {one.tobytes() for image in load_digits().images for one in symmetries(image)}
    assert not known & {image.tobytes() for image in pixels}


def test_the_seed_alone_decides(transformed):
    pixels, labels = transformed
    again, other = (read(transformed_digits(published(), seed)) for seed in (SEED, b"other"))
    assert (again[0] == pixels).all()
    assert (again[1] == labels).all()
    assert not {image.tobytes() for image in other[0]} & {image.tobytes() for image in pixels}
    assert (other[1] != labels).any()


def test_they_are_digits_still(transformed):
    pixels, labels = transformed
    assert pixels.shape == (1797, 64)
    assert set(np.unique(pixels)) == set(range(17))
    assert (np.bincount(labels.astype(int)) == np.bincount(load_digits().target)).all()


def test_who_learns_from_them_recognises_the_published_digits(transformed):
    neighbour = KNeighborsClassifier(1).fit(*transformed)
    assert neighbour.score(*load_digits(return_X_y=True)) > 0.9


def test_a_data_set_that_is_not_where_it_was_stops_the_grading(tmp_path):
    empty = tmp_path / "moved-3.0.dist-info"
    empty.mkdir()
    (empty / "METADATA").write_text("Metadata-Version: 2.1\nName: moved\nVersion: 3.0\n")
    with pytest.raises(SandboxError, match=r"moved 3\.0 has no sklearn/datasets/data/digits"):
        replacements({"scikit-learn": metadata.Distribution.at(empty)}, SEED)
