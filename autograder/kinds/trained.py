"""The kind *trained*, judge's half: what a student's training achieves.

A case's inputs: `images` and `labels`, which the student's function gets; `test_images` and
`test_labels`, which it does not; `shapes`, of all weights in layer order. Trained weights come
back as arrays; the check's reference, called with them and the test images, gives the scores of
our own model, and the accuracy of those earns the parts.

Whether the student's model is ours is asked first: it is run under weights that nobody trained,
and what it then computes is compared.

Training takes long: where there are hidden cases they alone are asked. In a notebook, which has
no reference, the student's own model names the classes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from autograder.checks import Case, Check, Draw
from autograder.kinds.finding import Finding
from autograder.kinds.handover import Handover
from autograder.kinds.outcomes import BROKEN, Wanted, judge_outcome, outcome_of
from autograder.linearity import double
from autograder.protocol import Array, Value
from autograder.questions import Question, Trial
from autograder.results import VerdictKind
from autograder.tolerance import Expected

CASES = (1, 1)
PARTS: Sequence[str] = ()
NEEDS: Mapping[str, str] = {}
HINTLESS: Sequence[str] = ()
REPEATS = False
HANDOVER: Handover | None = None

PROBE = ":probe"
RTOL = 1e-3
"""Far above float32's rounding in a small model, far below what another activation makes."""

UNSEEN = ("test_images", "test_labels", "shapes")


def trials(check: Check, cases: Sequence[Case]) -> Iterator[Trial]:
    """The cases, with the accuracy that earns each part."""
    if check.parts.keys() != check.thresholds.keys():
        named = f"thresholds names {', '.join(check.thresholds)}"
        raise ValueError(f"{named}, expected the parts {', '.join(check.parts)}")
    hidden = [case for case in cases if not case.public]
    for case in hidden or cases:
        weights, images = _probe(case)
        probed = check.reference([double(one) for one in weights], double(images))
        least = {part: Expected(value) for part, value in check.thresholds.items()}
        yield Trial(case, {PROBE: Expected(np.asarray(probed), rtol=RTOL), **least})


def _probe(case: Case) -> tuple[list[Array], Array]:
    """Weights that nobody trained, and images to run a model on under them."""
    draw = Draw(b"probe", exact=False)
    weights = [draw.reals(*shape, low=-0.5, high=0.5) for shape in case.inputs["shapes"]]
    return weights, case.inputs["images"][:8]


def request(question: Question, trial: Trial, _: Sequence[str]) -> dict[str, Value]:
    """Ask the worker to train; images to be tested on go along only where they are public."""
    inputs = trial.case.inputs
    weights, images = _probe(trial.case)
    return {
        "name": question.defines,
        "args": [value for name, value in inputs.items() if name not in UNSEEN],
        "probe": {"weights": weights, "images": images},
        "test_images": inputs["test_images"] if trial.case.public else None,
    }


def judge(
    question: Question, trial: Trial, parts: Sequence[str], answer: Value
) -> dict[str, Finding]:
    """Judge the trained weights. They may be anything: whoever made them is not trusted."""
    seen = [name for name in trial.case.inputs if name not in UNSEEN]
    wanted = Wanted(question, trial, Expected(), f"{question.defines}({', '.join(seen)})")
    if outcome_of(answer) != "returned":
        return dict.fromkeys(parts, judge_outcome(wanted, answer) or BROKEN)
    value = answer.get("value")
    value = value if isinstance(value, dict) else {}
    if complaint := _unfit(value.get("weights"), trial.case.inputs["shapes"]):
        fault = wanted.fault(VerdictKind.FAILED, f"{wanted.call} {complaint}", "unfit weights")
        return dict.fromkeys(parts, fault)
    if unlike := _unlike(wanted, value.get("outputs")):
        return dict.fromkeys(parts, unlike)
    accuracy = _accuracy(question, trial, value)
    return {
        part: _too_low(wanted, accuracy, question.thresholds[part])
        for part in parts
        if accuracy < question.thresholds[part]
    }


def _unfit(weights: Value, shapes: Sequence[tuple[int, ...]]) -> str:
    """What is wrong with weights that are to go into our own model."""
    if not isinstance(weights, list) or not all(isinstance(one, np.ndarray) for one in weights):
        return "trained no model"
    if len(weights) != len(shapes):
        return f"trained a model of {len(weights)} weights, expected {len(shapes)}"
    for number, (one, shape) in enumerate(zip(weights, shapes, strict=True), 1):
        if one.shape != tuple(shape) or one.dtype.kind != "f":
            described = f"weight {number} has shape {one.shape}"
            return f"trained another model: {described}, expected {tuple(shape)}"
    if not all(np.isfinite(one).all() for one in weights):
        return "trained until some weights were no numbers any more; is the learning rate too high?"
    return ""


def _unlike(wanted: Wanted, outputs: Value) -> Finding | None:
    """Whether a model of the right shapes computes something else under the same weights."""
    call = f"the model of {wanted.call}, under weights that were put in instead of the trained ones"
    probed = replace(wanted, expected=wanted.trial.expected[PROBE], call=call)
    return judge_outcome(probed, {"outcome": "returned", "value": outputs})


def _accuracy(question: Question, trial: Trial, value: dict[str, Value]) -> float:
    inputs = trial.case.inputs
    labels = np.asarray(inputs["test_labels"])
    predicted = _predicted(question, inputs["test_images"], value)
    if predicted.shape != labels.shape:
        return 0.0
    return float(np.mean(predicted == labels))


def _predicted(question: Question, images: Array, value: dict[str, Value]) -> Array:
    """The class of each image: by our own model, or where there is none by the student's."""
    if question.check is None:
        return np.asarray(value.get("predictions"))
    weights = [weight.astype(np.float64) for weight in value["weights"]]
    with np.errstate(all="ignore"):
        scores = np.asarray(question.check.reference(weights, images.astype(np.float64)))
    return np.where(np.isfinite(scores).all(-1), scores.argmax(-1), -1)


def _too_low(wanted: Wanted, accuracy: float, least: float) -> Finding:
    images = len(wanted.trial.case.inputs["test_images"])
    message = f"{wanted.call}: {accuracy:.1%} of {images} images that it has not seen are "
    message += f"recognised, expected {least:.0%} or more"
    summary = f"fewer than {least:.0%} of the images are recognised"
    return wanted.fault(VerdictKind.FAILED, message, summary)
