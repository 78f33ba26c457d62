"""What may not be called earns nothing, behind the wall, without it, and in a notebook."""

from dataclasses import replace

import pytest

import autograder
from autograder import bundle
from autograder.asking import ask
from autograder.grade import grade
from autograder.results import VerdictKind
from tests.autograder.conftest import CHECKS, RIGHT

FORBIDDEN, PASSED, ERROR = VerdictKind.FORBIDDEN, VerdictKind.PASSED, VerdictKind.ERROR
DOUBLE = replace(CHECKS[0], forbidden=("numpy.add.reduce", "numpy.dot", "numpy.linalg", "scipy"))


@pytest.fixture(scope="session")
def fenced(exam):
    return replace(exam, questions=[ask(DOUBLE, "01", b"secret"), exam.questions[1]])


CALLS = [
    ("return np.dot(2, x)", FORBIDDEN, "in the line: return np.dot(2, x)"),
    ("np.linalg.norm([x])\n    return 2 * x", FORBIDDEN, "calls numpy.linalg.norm, in the line:"),
    ("return 2 * x  # np.dot(2, x)", PASSED, ""),
    ("dot = np.dot\n    return 2 * x", PASSED, ""),
    ("return np.array([2, 0]) @ np.array([x, x]) if np.ndim(x) == 0 else x + x", PASSED, ""),
]


@pytest.mark.parametrize(("body", "kind", "message"), CALLS)
def test_a_call_costs_the_check_that_forbids_it(fenced, parent, hand_in, body, kind, message):
    source = f"def double(x):\n    {body}"
    result = grade(hand_in(double=source), fenced, parent).result
    assert (result.verdicts[0].kind, result.verdicts[1].kind) == (kind, PASSED)
    assert result.verdicts[0].score == (60 if kind is PASSED else 0)
    assert message in result.verdicts[0].message
    assert "\n" not in result.verdicts[0].message


def test_experiments_of_ones_own_are_free(fenced, parent, hand_in):
    result = grade(hand_in("np.dot(1, 2)", "np.linalg.norm([1])"), fenced, parent).result
    assert [verdict.kind for verdict in result.verdicts] == [PASSED, PASSED]


def test_a_notebook_says_so_at_once(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    bundle.write(bundle.bundle("01", [ask(DOUBLE, "01")]), tmp_path / "01.npz")
    names = {"autograder": autograder}
    exec(
        "import numpy as np\ncheck = autograder.load('01')\ndouble = lambda x: np.dot(x, 2)", names
    )
    assert eval("check('double')", names) == 0
    told = capsys.readouterr().out
    assert "⊘ double: forbidden, 0 of 60 points" in told
    assert "double calls numpy.dot" in told
    assert "write it yourself" in told
    exec(RIGHT["double"], names)
    assert eval("check('double')", names) == 60


IMPORTS = {
    "above": "import scipy\ndef double(x):\n    return scipy.special.exp2(1) * x",
    "above, in part": "from scipy.special import exp2\ndef double(x):\n    return exp2(1) * x",
    "above, under another name": "import scipy.special as s\ndef double(x):\n    return s.exp2(x)",
    "within": "def double(x):\n    import scipy\n    return scipy.special.exp2(1) * x",
    "within, in part": "def double(x):\n    from scipy.special import exp2\n    return exp2(1) * x",
    "by its name": "def double(x):\n    return __import__('scipy.special').special.exp2(1) * x",
    "with importlib": "import importlib\ndef double(x):\n"
    "    return importlib.import_module('scipy').special.exp2(1) * x",
}


@pytest.mark.parametrize("source", IMPORTS.values(), ids=IMPORTS)
def test_a_package_that_is_not_there_is_named_wherever_it_is_imported(
    exam, parent, hand_in, source
):
    verdicts = grade(hand_in(double=source), exam, parent).result.verdicts
    assert [verdict.kind for verdict in verdicts] == [ERROR, PASSED]
    assert "scipy is not available in this assignment" in verdicts[0].message


COMPUTING = (
    "autograd cupy cv2 cvxpy dask imageio jax jaxlib joblib "
    "keras ml_dtypes networkx numba numexpr opt_einsum pandas polars pyarrow "
    "pywt scipy skimage sklearn statsmodels sympy tensorflow tensorflow_datasets theano "
    "torch torchvision xarray cnncourse nbgrader "
)


def test_what_could_compute_the_answer_is_not_in_a_numpy_assignments_tree(parent, hand_in, exam):
    tried = (
        f"found = []\nfor name in {COMPUTING.split()}:\n    try:\n        __import__(name)\n"
        "    except ImportError:\n        continue\n    found.append(name)\nfound"
    )
    graded = grade(hand_in(tried), exam, parent)
    (said,) = (o for i, o in graded.outputs.items() if graded.notebook.cells[i].source == tried)
    assert (said["error"], said["result"]) == (None, "[]")
