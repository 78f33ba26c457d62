"""06_lenet: what students get wrong fails where it should, and only there, whatever the secret."""

import os
import re

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from functools import cache, partial
from itertools import combinations
from pathlib import Path
from runpy import run_path

import pytest

from autograder.asking import ask
from autograder.kinds.repetition import unlike
from autograder.misconceptions import read_misconceptions
from autograder.putting import observe
from autograder.worker.calls import CALLS

NAME = "06_lenet"
FOLDER = Path(__file__).parents[2] / "course" / NAME
SECRETS = [bytes([number]) * 32 for number in range(3)]
CHECKS = {check.name: check for check in run_path(FOLDER / "checks.py")["CHECKS"]}
WRONG = read_misconceptions(FOLDER / "wrong", CHECKS)

pytestmark = pytest.mark.slow

WHOLE = {""}
OUTPUT = {"forward", "gradients", "config", "saving"}
ALL = {"weights"} | OUTPUT
STILL = {"forward", "config"}
BOTH = {"summary", "outputs"}

# What most mistakes of a check cost.
USUAL = {
    "prepare": WHOLE,
    "Subsampling": OUTPUT,
    "lenet_params": WHOLE,
    "build_lenet": BOTH,
    "build_mnist_cnn": BOTH,
    "Standardize": {"training"},
    "accuracy": WHOLE,
    "train": {"learns", "accurate"},
}
COSTS = {
    "Subsampling": {
        "one coefficient and one bias in all": ALL,
        "weights under other names": ALL,
        "weights that are not trained": {"weights", "gradients"},
        "no gradient goes back": {"gradients"},
        "get_config forgets pool_size": {"config", "saving"},
        "get_config turns pool_size around": {"config", "saving"},
    },
    "build_lenet": {
        # Convolutions do not mind, and both orders flatten to the same length.
        "height and width mixed up": {"summary"},
        "dropout added": {"summary"},
        "activations in rows of their own": {"summary"},
    },
    "build_mnist_cnn": {
        "height and width mixed up": {"summary"},
        "no dropout": {"summary"},
        "another kind of dropout": {"summary"},
        "dropout in the wrong place": {"summary"},
        "dropout of the answer": {"summary"},
    },
    "Standardize": {
        "epsilon outside the root": {"training"} | STILL,
        "epsilon outside the root afterwards": STILL,
        "no epsilon": {"training"} | STILL,
        "no epsilon afterwards": STILL,
        "an epsilon of its own": {"training"} | STILL,
        "no root": {"training"} | STILL,
        "no root afterwards": STILL,
        "the mean is not subtracted": {"training"} | STILL,
        "learns all the time": STILL,
        "remembers all the time": STILL,
        "the memory is trained": {"weights"},
        "get_config forgets epsilon": {"config"},
        "get_config forgets momentum": {"config"},
    },
    "train": {"trained too little": {"accurate"}},
}
CASES = [(name, one.name) for name, variants in WRONG.items() for one in variants]
QUICK = [name for name in WRONG if name != "train"]
# All drawn cases are pictures; what comes from a dense layer is in the examples.
SEEN_IN_PUBLIC = {("Standardize", "after a convolution only")}


@cache
def defined(source):
    """What a file's code defines."""
    namespace = {}
    exec(compile(source, NAME, "exec"), namespace)
    return namespace


def namespace(name, label):
    return defined(next(one.source for one in WRONG[name] if one.name == label))


def costs(name, label):
    return COSTS.get(name, {}).get(label, USUAL[name])


def lost(verdict):
    """The parts that earned nothing; a function has none, and is lost as a whole."""
    parts = {part.name for part in verdict.parts if not part.score}
    return parts or (WHOLE if verdict.score < verdict.max_score else set())


def test_every_check_has_misconceptions_and_no_price_is_of_another():
    assert WRONG.keys() == CHECKS.keys() == USUAL.keys()
    assert sum(map(len, WRONG.values())) >= 6 * len(CHECKS)
    for name, prices in COSTS.items():
        assert prices.keys() <= {one.name for one in WRONG[name]}


def test_hints_are_one_short_sentence_and_no_code():
    for one in (one for variants in WRONG.values() for one in variants):
        assert re.fullmatch(r"[A-Z][^?]{20,110}[?.]", one.hint), one.name
        assert not re.search(r"[.] [A-Z]|=|ops[.]", one.hint), one.name


RIGHT = {
    "Subsampling": "Right",
    "Standardize": "Right",
    "build_lenet": "lenet",
    "build_mnist_cnn": "mnist_cnn",
    "lenet_params": "counts",
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_the_wrong_ones_are_made_from_is_right(name, judge):
    answer = defined(WRONG[name][0].source)[RIGHT[name]]
    if isinstance(answer, type):
        answer = type(name, (answer,), {})
    verdict = judge(NAME, name, {name: answer}, SECRETS[0])
    assert verdict.score == verdict.max_score, verdict.message


@pytest.mark.parametrize(("name", "label"), CASES)
def test_a_misconception_loses_its_parts_and_no_others(name, label, judge):
    verdict = judge(NAME, name, namespace(name, label), SECRETS[0])
    assert lost(verdict) == costs(name, label), verdict.message
    assert "TypeError" not in verdict.message


@pytest.mark.parametrize(
    ("name", "label"), sorted({case for case in CASES if case[0] in QUICK} - SEEN_IN_PUBLIC)
)
def test_hidden_cases_alone_find_it(name, label, judge):
    for secret in SECRETS[1:]:
        verdict = judge(NAME, name, namespace(name, label), secret, hidden=True)
        assert lost(verdict) == costs(name, label), verdict.message
        assert "TypeError" not in verdict.message


@pytest.mark.parametrize("label", [one.name for one in WRONG["train"]])
def test_what_is_trained_wrongly_earns_as_little_in_public(label, judge):
    verdict = judge(NAME, "train", namespace("train", label), None)
    assert lost(verdict) == costs("train", label), verdict.message


@pytest.mark.parametrize("name", QUICK)
def test_no_two_misconceptions_answer_the_public_cases_alike(name):
    question = ask(CHECKS[name], NAME)
    answers = {one.name: list(answered(question, defined(one.source))) for one in WRONG[name]}
    for first, second in combinations(answers, 2):
        pairs = zip(answers[first], answers[second], strict=True)
        parts = list(question.parts)
        assert any(unlike(*pair, parts) for pair in pairs), f"{first}; {second}"


def answered(question, namespace):
    """The answers to each public trial, asked for all parts that it tests."""
    for trial in question.trials:
        parts = [part for part in question.parts if trial.asks(part)]
        yield observe(question, trial, parts, partial(CALLS[question.kind], namespace=namespace))
