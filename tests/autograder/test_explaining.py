"""A wrong answer is explained by the misconception that it equals, in whatever style it is."""

from dataclasses import replace

import numpy as np
import pytest

from autograder import Case, Check
from autograder.asking import ask
from autograder.examining import examine
from autograder.explaining import explaining, from_data, observe_in_full
from autograder.questions import Misconception
from autograder.results import Lost, VerdictKind
from autograder.worker.calls import CALLS

ROW, SPOT = np.float32([3, 1, 2, 5, 4]), np.float32([1])


def slide(x, kernel, stride):
    if len(kernel) > len(x):
        raise ValueError("the kernel is longer than the row")
    starts = range(0, len(x) - len(kernel) + 1, stride)
    return np.array([np.dot(x[i : i + len(kernel)], kernel) for i in starts])


def draw(d):
    k, stride = d.integer(2, 4), d.integer(2, 3)
    return {"x": d.array(k + 3 * stride), "kernel": d.array(k), "stride": stride}


CHECK = Check(
    "slide",
    10,
    slide,
    [
        Case("a kernel of one", {"x": ROW, "kernel": SPOT, "stride": 1}),
        Case("too long", {"x": SPOT, "kernel": ROW, "stride": 1}),
    ],
    draw,
    multilinear=("x", "kernel"),
    hint="the check's own hint",
)

WRONG = {
    "flipped": """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError
    return np.convolve(x, kernel, "valid")[::stride]
""",
    "stride ignored": """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError
    return np.correlate(x, kernel, "valid")
""",
    "shifted and flipped": """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError
    return np.convolve(x, kernel, "valid")[::stride] + (stride == 3)
""",
    "no refusal": """
def slide(x, kernel, stride):
    n = max(0, (len(x) - len(kernel)) // stride + 1)
    return np.array([np.dot(x[i * stride : i * stride + len(kernel)], kernel) for i in range(n)])
""",
    "index beyond the end": """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError
    window = lambda i: sum(x[i * stride + a] * w for a, w in enumerate(kernel))
    return np.array([window(i) for i in range(len(x))])
""",
}


def defined(source):
    namespace = {"np": np}
    exec(source, namespace)
    return namespace


def put_to(source):
    namespace = defined(source)
    return lambda asked: CALLS[asked["kind"]](asked, namespace)


def with_answers(question, puts):
    """The question, with what the code answers to its cases."""
    known = tuple(
        Misconception(
            name,
            f"about {name}",
            answers=tuple(observe_in_full(question, trial, put) for trial in question.trials),
        )
        for name, put in puts.items()
    )
    return replace(question, misconceptions=known)


def with_code(question, sources):
    return with_answers(question, {name: put_to(source) for name, source in sources.items()})


def judged(source, check=CHECK, sources=WRONG, secret=b"secret"):
    question = with_code(ask(check, "01", secret), sources)
    return examine(question, put_to(source), [explaining(from_data)])


STYLES = [
    (
        "flipped",
        """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError("no")
    out = []
    for i in range((len(x) - len(kernel)) // stride + 1):
        total = 0.0
        for a in range(len(kernel)):
            total += float(x[i * stride + a]) * float(kernel[len(kernel) - 1 - a])
        out.append(total)
    return np.array(out)
""",
    ),
    (
        "flipped",
        """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError("no")
    windows = np.lib.stride_tricks.sliding_window_view(x, len(kernel))[::stride]
    return np.einsum("ia,a->i", windows, kernel[::-1]).astype(np.float32)
""",
    ),
    (
        "stride ignored",
        """
def slide(x, kernel, stride):
    k = len(kernel)
    if k > len(x): raise ValueError("no")
    return np.stack([x[a : len(x) - k + 1 + a] * kernel[a] for a in range(k)]).sum(axis=0)
""",
    ),
    (
        "no refusal",
        """
def slide(x, kernel, stride):
    windows = [x[i : i + len(kernel)] for i in range(0, len(x) - len(kernel) + 1, stride)]
    return np.array([(window.astype(float) * kernel).sum() for window in windows])
""",
    ),
    (
        "index beyond the end",
        """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError("no")
    out = np.zeros(len(x))
    for place in range(len(x)):
        for a in range(len(kernel)):
            out[place] += x[place * stride + a] * kernel[a]
    return out
""",
    ),
]


@pytest.mark.parametrize(("name", "source"), STYLES)
def test_a_mistake_is_recognised_in_another_style(name, source):
    verdict = judged(source)
    assert (verdict.misconception, verdict.hint) == (name, f"about {name}")
    assert verdict.score == 0
    assert not verdict.evidence


RIGHT = """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError("no")
    return np.correlate(x, kernel, "valid")[::stride]
"""


def test_a_right_answer_is_never_explained():
    verdict = judged(RIGHT)
    assert verdict.passed
    assert not verdict.misconception
    assert not verdict.hint


def test_two_that_agree_at_first_are_told_apart_by_a_later_case():
    both = {name: WRONG[name] for name in ("shifted and flipped", "flipped")}
    inputs = {"x": np.arange(9, dtype=np.float32), "kernel": np.float32([1, 2])}
    # With stride 2 both answer the same.
    cases = [Case(f"stride {stride}", inputs | {"stride": stride}) for stride in (2, 3)]
    check = replace(CHECK, examples=cases, draw=None)
    for name, source in both.items():
        verdict = judged(source, check, both)
        assert verdict.message.startswith("stride 2: ")
        assert verdict.misconception == name


def test_what_no_case_tells_apart_is_the_first_in_the_authors_order():
    twice = {"first": WRONG["flipped"], "second": WRONG["flipped"]}
    assert judged(WRONG["flipped"], sources=twice).misconception == "first"


def test_an_answer_wrong_in_its_own_way_keeps_the_checks_hint_and_leaves_evidence():
    verdict = judged("def slide(x, kernel, stride): return x[::2] + 0.5")
    assert (verdict.misconception, verdict.hint) == ("", "the check's own hint")
    assert verdict.evidence["outcome"] == "returned"


def test_one_that_is_wrong_where_the_student_was_right_explains_nothing():
    """It would not have come as far."""
    early = {"always": "def slide(x, kernel, stride): return np.convolve(x, kernel, 'valid') + 1"}
    late = """
def slide(x, kernel, stride):
    if len(kernel) > len(x): raise ValueError
    if len(kernel) == 1: return x[::stride] * kernel
    return np.convolve(x, kernel, "valid") + 1
"""
    assert judged(late, sources=early).misconception == ""


SIZE = Check(
    "size",
    10,
    lambda n, k: n // k,
    [Case("7 by 2", {"n": 7, "k": 2}), Case("8 by 3", {"n": 8, "k": 3})],
)


def test_one_number_alone_may_be_chance():
    rounded = {"rounded up": "def size(n, k): return -(-n // k)"}
    up = "import math\ndef size(n, k): return math.ceil(n / k)"
    assert judged(up, SIZE, rounded).misconception == "rounded up"
    assert judged("def size(n, k): return 4", SIZE, rounded).misconception == ""


NORMAL = Check(
    "normal",
    10,
    lambda x: x / np.sqrt(np.mean(x**2) + 1e-3),
    [Case("slide", {"x": np.float32([1, 2, 3, 4, 5])}, exact=False)],
    rtol=1e-6,
)
OUTSIDE = {"outside": "def normal(x): return x / (np.sqrt(np.mean(x**2)) + 1e-3)"}


def test_what_differs_little_from_the_right_answer_must_agree_all_the_better():
    """A misplaced epsilon moves the result by less than many another mistake."""
    rewritten = "def normal(x): return x / (1e-3 + (x.astype(float) ** 2).mean() ** 0.5)"
    assert judged(rewritten, NORMAL, OUTSIDE).misconception == "outside"
    coarse = "def normal(x): return x / np.sqrt(np.mean(x**2) + 1e-3) * (1 - 5e-5)"
    verdict = judged(coarse, NORMAL, OUTSIDE)
    assert verdict.kind is VerdictKind.FAILED
    assert not verdict.misconception


class Stubborn:
    """Code that is lost as soon as it is asked for an explanation."""

    def __init__(self, source, cases):
        self._put, self._left = put_to(source), cases

    def __call__(self, asked):
        self._left -= 1
        if self._left < 0:
            raise Lost(VerdictKind.CRASHED, "exited")
        return self._put(asked)


def test_code_that_is_lost_while_it_is_explained_keeps_its_verdict():
    twice = {"first": WRONG["flipped"], "second": WRONG["flipped"]}
    question = with_code(ask(CHECK, "01", b"secret"), twice)
    puts = []
    lone = examine(question, lambda asked: puts.append(asked) or put_to(WRONG["flipped"])(asked))
    verdict = examine(question, Stubborn(WRONG["flipped"], len(puts)), [explaining(from_data)])
    assert (verdict.kind, verdict.message) == (lone.kind, lone.message)
    assert verdict.misconception == ""


def test_whatever_goes_wrong_with_an_explanation_changes_nothing():
    def broken(*_):
        raise RuntimeError("no answers")

    question = with_code(ask(CHECK, "01", b"secret"), WRONG)
    verdict = examine(question, put_to(WRONG["flipped"]), [explaining(broken)])
    assert (verdict.kind, verdict.misconception) == (VerdictKind.FAILED, "")


LAYER = Check(
    "Scale",
    {"forward": 6, "config": 4},
    lambda x, factor, times: times * factor * x,
    draw=lambda d: {"x": d.array(2, 3), "factor": d.array(3, low=1), "times": d.integer(2, 4)},
    multilinear=("x", "factor"),
    kind="layer",
    weights=("factor",),
)


def layer(times="self.times", config='{"times": self.times}'):
    """What a layer's worker would answer; Keras is not needed to compare."""

    def put(asked):
        if asked.get("step") == "give":
            value = asked["config"] if "times" in config else {}
        else:
            made = asked["given"] if "given" in asked else asked["config"]
            number = made.get("times", 1) if times == "self.times" else 1
            value = number * asked["weights"]["factor"] * asked["x"]
        parts = {part: {"outcome": "returned", "value": value} for part in asked["parts"]}
        return {"outcome": "observed", "parts": parts}

    return put


def test_a_layer_is_explained_part_by_part():
    variants = {"factor only": layer(times="1"), "times not kept": layer(config="{}")}
    question = with_answers(ask(LAYER, "06", b"secret"), variants)
    for name, put in variants.items():
        assert examine(question, put, [explaining(from_data)]).misconception == name
    assert examine(question, layer(), [explaining(from_data)]).passed


TWO_MODES = Check(
    "Two",
    {"forward": 6, "training": 4},
    lambda x, factor, training: (factor * x, factor) if training else factor * x,
    draw=lambda d: {"x": d.array(2, 3, low=1), "factor": d.array(3, low=1), "training": d.exact},
    rtol=1e-6,
    kind="layer",
    weights=("factor",),
)


def two_modes(learning, afterwards):
    """What a layer's worker would answer that multiplies its output by another number in each."""

    def put(asked):
        factor = asked["weights"]["factor"]
        times = learning if asked["training"] else afterwards
        value = (times * factor * asked["x"], factor)
        parts = {part: {"outcome": "returned", "value": value} for part in asked["parts"]}
        return {"outcome": "observed", "parts": parts}

    return put


def test_what_is_wrong_in_one_mode_is_not_taken_for_what_is_wrong_in_both():
    variants = {"both": two_modes(2, 2), "one": two_modes(2, 1), "other": two_modes(1, 2)}
    question = with_answers(ask(TWO_MODES, "06", b"secret"), variants)
    known = question.misconceptions
    for order in (known, known[::-1]):
        ordered = replace(question, misconceptions=order)
        for name, put in variants.items():
            assert examine(ordered, put, [explaining(from_data)]).misconception == name
