"""What grading will not have is told before: by the check in a notebook and in a terminal."""

import pytest

from autograder.unavailable import told, unavailable

NUMPY = ["numpy"]
IMPORTS = [
    ("import numpy as np, os.path", []),
    ("import sklearn.datasets", ["sklearn"]),
    ("def f():\n    from sklearn.datasets import load_digits", ["sklearn"]),
    ("def helper():\n    import sklearn", []),
    ("class Layer:\n    import sklearn", ["sklearn"]),
    ("try:\n    import sklearn\nexcept ImportError: pass", ["sklearn"]),
    ("%matplotlib inline\nimport matplotlib.pyplot as plt", []),
    ("!pip install sklearn\nimport sklearn", ["sklearn"]),
    ("import autograder\nfrom . import x", []),
    ("# import sklearn\n'import sklearn'", []),
    ("import sklearn; ]", []),
    ("import nowhere_at_all", ["nowhere_at_all"]),
    ("if " * 10_000, []),
]


@pytest.mark.parametrize(("source", "names"), IMPORTS)
def test_an_import_is_found_wherever_it_stands(source, names):
    assert unavailable([source], NUMPY, ["f", "Layer"]) == names


def test_what_an_assignment_allows_comes_with_what_it_needs():
    sources = ["import sklearn, scipy, joblib, keras, tensorflow, jax"]
    assert unavailable(sources, ["scikit-learn"], []) == ["jax", "keras", "tensorflow"]
    assert unavailable(sources, ["keras", "scikit-learn"], []) == []  # graded with any backend
    assert unavailable(sources, [], []) == []
    assert unavailable(sources, ["not-installed-here"], []) == []


def test_it_is_told_in_one_line():
    assert told([], NUMPY) == ""
    line = "keras and scipy will not be there when this is graded"
    assert told(["keras", "scipy"], NUMPY) == f"{line}; what uses that will fail (allowed: numpy)"
