"""`nbgrader autograde` and `nbgrader validate`, with nbgrader's own engine and with ours."""

import copy
import shutil
import tomllib

import nbformat
import pytest

from autograder.course import open_course
from autograder.local import check_notebook
from tests.autograder.nbgrader.courses import CourseFolder, appended
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

ASSIGNMENTS = list(open_course(ROOT).assignments)
NAME = "01_convolution"
CLASS = ROOT / "examples" / "class"
WANTED = tomllib.loads((ROOT / "examples" / "wanted.toml").read_text())["01_convolution"]
WRONG = ["kernel_flipped", "off_by_one", "height_and_width_mixed_up", "syntax_error"]
MENDED = ["deleted_cell", "duplicated_cell", "renamed_cell", "forged_score", "crash"]

NOISES = {
    "output_size": "import tensorflow",
    "conv1d": "import os; os.write(2, b'from C')",
    "conv2d": "import warnings; warnings.warn('careful')",
    "conv2d_same": "import logging; logging.warning('no handler')",
    "to_channels_last": "logger.warning('a handler from before')",
    "conv2d_channels": "import os; os.system('echo from a child >&2')",
    "convolve2d": "print('said', file=before)",
}
NOISY = """
import logging, os, sys
before = sys.stderr
logger = logging.Logger("mine")
logger.addHandler(logging.StreamHandler())
right_{check} = {check}

def {check}(*inputs):
    {noise}
    return right_{check}(*inputs)

os.write(2, b"just before the check")
"""

# Whoever knows the public cases by heart: what it gets is looked up in `known`.
BY_HEART = """
right_conv1d = conv1d

def conv1d(*inputs):
    key = str([np.asarray(value).tolist() for value in inputs])
    {step}
    return right_conv1d(*inputs)
"""
NOTED = "with open({path!r}, 'a') as file: print(key, file=file)"
LOOKED_UP = "if key not in {known!r}: return None"


def noisy(notebook):
    for check, noise in NOISES.items():
        appended(notebook, check, NOISY.format(check=check, noise=noise))
    return notebook


def by_heart(folder):
    """A notebook that is right in the public cases only, which it finds out by being asked them."""
    for name in (f"{NAME}.ipynb", f"{NAME}.npz"):
        shutil.copy(ROOT / "solutions" / NAME / name, folder)
    path, seen = folder / f"{NAME}.ipynb", folder / "seen"
    solution = path.read_bytes()
    notebook = nbformat.reads(solution, as_version=4)
    step = NOTED.format(path=str(seen))
    nbformat.write(appended(notebook, "conv1d", BY_HEART.format(step=step)), path)
    check_notebook(path)
    step = LOOKED_UP.format(known=set(seen.read_text().splitlines()))
    notebook = nbformat.reads(solution, as_version=4)
    return appended(notebook, "conv1d", BY_HEART.format(step=step))


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def assignment(request):
    return request.param


@pytest.fixture(scope="module", params=["stock", "ours"])
def engine(request):
    return request.param


@pytest.fixture(scope="module")
def course(tmp_path_factory, engine, assignment):
    """A course in which a class has been graded."""
    course = CourseFolder(tmp_path_factory.mktemp("course"), stock=engine == "stock")
    solution = course.solution(assignment)
    course.hand_in("stub", assignment, course.release(assignment))
    course.hand_in("solution", assignment, solution)
    if assignment == NAME:
        course.hand_in("noisy", NAME, noisy(copy.deepcopy(solution)))
        course.hand_in("by_heart", NAME, by_heart(tmp_path_factory.mktemp("by_heart")))
        for student in WRONG if engine == "stock" else WRONG + MENDED:
            notebook = CLASS / student / NAME / f"{NAME}.ipynb"
            course.hand_in(student, NAME, nbformat.read(notebook, as_version=4))
    course.nbgrader("generate_assignment", assignment, "--force")
    course.nbgrader("autograde", assignment)
    return course


@pytest.fixture(scope="module")
def scores(course, assignment):
    return course.scores(assignment)


@pytest.fixture(scope="module")
def full(course, assignment):
    """All that there is to earn, check by check."""
    marks = [cell.metadata.get("nbgrader", {}) for cell in course.release(assignment).cells]
    return {one.grade_id: one.points for one in marks if one.get("grade") and not one.solution}


def test_the_solution_earns_all_points_and_the_stub_none(scores, full):
    assert scores["solution"] == full
    assert scores["stub"] == dict.fromkeys(full, 0)


only_convolution = pytest.mark.parametrize("assignment", [NAME], indirect=True)


@only_convolution
def test_what_goes_to_standard_error_costs_nothing(scores, full, engine):
    lost = {name for name in full if scores["noisy"][name] != full[name]}
    # Behind the wall there is no TensorFlow, which this assignment does not allow.
    assert lost == (set() if engine == "stock" else {"output_size"})


@only_convolution
def test_public_cases_known_by_heart_earn_nothing_with_our_engine(scores, full, engine):
    assert scores["by_heart"] == full | ({} if engine == "stock" else {"conv1d": 0})


only_stock = pytest.mark.parametrize(
    ("assignment", "engine"), [(NAME, "stock")], indirect=True, ids=["stock"]
)


@pytest.mark.parametrize(("assignment", "engine"), [(NAME, "ours")], indirect=True, ids=["ours"])
@pytest.mark.parametrize("student", WRONG + MENDED)
def test_our_engine_gives_what_autograder_grade_gives(scores, full, student):
    passed = {name for name in full if name not in WANTED[student]}
    assert scores[student] == {name: full[name] if name in passed else 0 for name in full}


@only_stock
@pytest.mark.parametrize("student", WRONG)
def test_nbgraders_engine_gives_what_autograder_check_gives(scores, course, student):
    folder = course.with_bundle(student, NAME)
    verdicts = check_notebook(folder / f"{NAME}.ipynb", warn=str)
    told = {verdict.check: verdict.score for verdict in verdicts}
    assert scores[student] == told
    assert 0 < sum(told.values()) < 100


@only_stock
@pytest.mark.parametrize("student", ["solution", "noisy", "kernel_flipped"])
def test_validate_counts_the_cells_without_full_marks(scores, full, course, student):
    folder = course.with_bundle(student, NAME)
    wrong = sum(scores[student][name] < full[name] for name in full)
    told = course.nbgrader("validate", f"{NAME}.ipynb", cwd=folder)
    assert ("Success!" if not wrong else f"VALIDATION FAILED ON {wrong} CELL(S)") in told
