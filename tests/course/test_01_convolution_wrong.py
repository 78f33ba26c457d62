"""01_convolution: what students get wrong fails, whatever the secret, in hidden cases alone too."""

import ast
from dataclasses import replace
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from runpy import run_path

import numpy as np
import pytest

from autograder.asking import ask
from autograder.examining import examine
from autograder.explaining import explaining
from autograder.misconceptions import read_misconceptions
from autograder.putting import request
from autograder.worker.calls import CALLS

NAME = "01_convolution"
FOLDER = Path(__file__).parents[2] / "course" / NAME
SECRETS = [bytes([number]) * 32 for number in range(20)]
CHECKS = {check.name: check for check in run_path(FOLDER / "checks.py")["CHECKS"]}
WRONG = read_misconceptions(FOLDER / "wrong", CHECKS)
ROWS = [(name, wrong) for name, several in WRONG.items() for wrong in several]
EACH = pytest.mark.parametrize(("name", "wrong"), ROWS, ids=lambda it: getattr(it, "name", it))

# What goes wrong at an edge, and the edges are public cases: a secret may have none of them.
SEEN_IN_PUBLIC = {
    ("conv1d", "loop ends before the last window that fits"),
    ("conv1d", "no error for a kernel that does not fit"),
    ("conv2d", "no error for a kernel that does not fit"),
    ("conv2d", "no error for a kernel that is too wide"),
    ("output_size", "no error"),
    ("output_size", "error returned in place of raised"),
    ("output_size", "error although the padded input is large enough"),
    ("output_size", "error where the kernel just fits"),
    ("conv2d_same", "fewer than no zeros"),
    ("conv2d_channels", "no error for kernels that do not fit"),
    ("conv2d_channels", "no error for kernels that are too wide"),
    ("convolve2d", "no error for a kernel that does not fit"),
    ("find_template", "divided by the squared length"),
    ("find_template", "last row and column never tried"),
    ("find_template", "mean taken off first"),
    ("find_mistake", "only numbers that are printed too small"),
}


@cache
def namespace(source):
    """What a student's notebook would have if this were its cell."""
    defined = {}
    exec(compile(source, "wrong", "exec"), defined)
    return defined


@EACH
def test_public_cases_find_it(name, wrong, judge):
    verdict = judge(NAME, name, namespace(wrong.source), None)
    assert verdict.kind in ("failed", "error")
    assert verdict.score == 0


@EACH
def test_hidden_cases_alone_find_it_whatever_the_secret(name, wrong, judge):
    if (name, wrong.name) in SEEN_IN_PUBLIC:
        pytest.skip("an edge case, and those are public")
    for secret in SECRETS:
        verdict = judge(NAME, name, namespace(wrong.source), secret, hidden=True)
        assert verdict.kind in ("failed", "error"), secret


def test_what_is_said_to_be_an_edge_is_a_misconception():
    assert {(name, wrong.name) for name, wrong in ROWS} >= SEEN_IN_PUBLIC


def test_every_check_has_at_least_ten():
    assert WRONG.keys() == CHECKS.keys()
    assert min(map(len, WRONG.values())) >= 10


@EACH
def test_it_needs_numpy_alone(name, wrong):
    imports = [node for node in ast.walk(ast.parse(wrong.source)) if isinstance(node, IMPORT)]
    assert {alias.name for node in imports for alias in node.names} <= {"numpy"}
    assert callable(namespace(wrong.source)[name])


IMPORT = (ast.Import, ast.ImportFrom)


@EACH
def test_its_hint_is_one_sentence_that_says_where_to_look(name, wrong):
    assert wrong.hint.startswith(("Look at ", "Count "))
    assert wrong.hint.endswith(".")
    assert wrong.hint.count(". ") == 0
    assert len(wrong.hint) <= 140
    assert f"def {name}" not in wrong.hint


@EACH
def test_who_makes_it_is_told_which_it_is(name, wrong):
    asked = replace(ask(CHECKS[name], NAME), misconceptions=WRONG[name])
    put = partial(CALLS[asked.kind], namespace=namespace(wrong.source))
    verdict = examine(asked, put, [explaining(answered)])
    told = "work on a copy" if wrong.name == "input changed" else ""
    assert told in verdict.message
    assert verdict.misconception == ("" if told else wrong.name)
    assert told or verdict.hint == wrong.hint


def answered(asked, one, trial):
    return CALLS[asked.kind](request(asked, trial, [""]), namespace(one.source))


@pytest.mark.parametrize("name", CHECKS)
def test_no_two_give_equal_answers_to_all_cases(name):
    asked = ask(CHECKS[name], NAME, SECRETS[0])
    answers = {
        wrong.name: [answered(asked, wrong, trial) for trial in asked.trials]
        for wrong in WRONG[name]
    }
    for one, other in combinations(answers, 2):
        pairs = zip(answers[one], answers[other], strict=True)
        assert not all(alike(*pair) for pair in pairs), f"{one} and {other} are the same"


def alike(one, other):
    """Whether two outcomes are the same but for rounding."""
    if one["outcome"] != other["outcome"]:
        return False
    if one["outcome"] == "raised":
        return one["error"]["type"] == other["error"]["type"]
    return close(one["value"], other["value"])


def close(one, other):
    if isinstance(one, tuple) or isinstance(other, tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    one, other = np.asarray(one, float), np.asarray(other, float)
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-6, atol=0, equal_nan=True)
