"""The kind *layer*, judge's half: a Keras layer under weights that the judge chose.

A case's inputs: `x`, what the layer is called with; the check's `weights`, by role; `training`,
if it matters; everything else is a keyword of the constructor. The reference gets all of them in
their order; where `training` is true it may return the output and the weights afterwards, which
else are to stay as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from autograder.checks import Case, Check
from autograder.gradients import expect_gradients, upstream
from autograder.kinds.finding import Finding
from autograder.kinds.handover import Handover
from autograder.kinds.outcomes import BROKEN, Wanted, judge_outcome, outcome_of, signature
from autograder.linearity import widened
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.results import VerdictKind
from autograder.tolerance import Expected, expect

CASES = (2, 2)
PARTS = ("weights", "forward", "training", "gradients", "config", "saving")
NEEDS: Mapping[str, str] = {}
HINTLESS = ("weights", "config", "saving")
REPEATS = True

NOUN = "a subclass of keras.layers.Layer"

DONE = {
    "weights": "{layer} on {x}",
    "forward": "{layer} on {x}",
    "training": "{layer} on {x}",
    "gradients": "{layer} on {x}",
    "config": "{layer} made again from its get_config()",
    "saving": "{layer} saved in a model and loaded again",
}
"""What is done with a layer for each part, as messages say it."""


def trials(check: Check, cases: Sequence[Case]) -> Iterator[Trial]:
    """Each case with what is observed of it.

    Gradients are asked in real-valued cases: whole numbers tend to lie on kinks. Saving, which
    takes long, is asked in one public and one hidden case. Whole numbers may be rounded too: a
    layer is made of a library's operations, and a mean of nine is no binary fraction.
    """
    still = [case for case in cases if not case.inputs.get("training")]
    last = {case.public: case for case in still}
    for case in cases:
        expected = expect(check, replace(case, exact=False))
        observed = _with_weights(check, case, expected)
        mode = "training" if case.inputs.get("training") else "forward"
        wanted = {mode: observed, "config": observed}
        if mode == "forward":
            wanted["weights"] = Expected(_variables(check, case))
            if last[case.public] is case:
                wanted["saving"] = expected
            if "gradients" in check.parts and not case.exact:
                wanted |= _gradients(check, case, expected)
        yield Trial(case, {name: one for name, one in wanted.items() if _part(name) in check.parts})


def _with_weights(check: Check, case: Case, expected: Expected) -> Expected:
    """Where it matters whether the layer is training, what its weights are afterwards too."""
    if "training" not in case.inputs or isinstance(expected.value, tuple):
        return expected
    if not check.rtol:
        raise ValueError("a layer that has a training mode needs rtol")
    given = (widened(case)[role] for role in check.weights)
    return replace(expected, value=(expected.value, *given))


def _part(name: str) -> str:
    return name.partition(":")[0]


def _variables(check: Check, case: Case) -> dict[str, tuple[tuple[int, ...], bool]]:
    """The shape of each weight, and whether it is trained."""
    roles = check.weights
    return {role: (case.inputs[role].shape, role not in check.non_trainable) for role in roles}


def _gradients(check: Check, case: Case, expected: Expected) -> dict[str, Expected]:
    """What the output is weighted with, and the gradient with respect to each trained array."""
    names = ["x", *(role for role in check.weights if role not in check.non_trainable)]
    weighting = upstream(np.shape(expected.value))
    found = expect_gradients(check, case, names, weighting)
    of_each = {f"gradients:{name}": one for name, one in found.items()}
    return {"gradients": Expected(weighting), **of_each}


def request(question: Question, trial: Trial, parts: Sequence[str]) -> dict[str, Value]:
    """Ask the worker to make the layer and observe some parts of it."""
    weighting = trial.expected.get("gradients")
    return {
        "name": question.defines,
        "parts": list(parts),
        **_split(question, trial),
        "upstream": weighting.value if weighting else None,
    }


def _split(question: Question, trial: Trial) -> dict[str, Value]:
    """A case's inputs, by what they are for."""
    inputs = dict(trial.case.inputs)
    return {
        "x": inputs.pop("x"),
        "weights": {role: inputs.pop(role) for role in question.weights},
        "training": inputs.pop("training", None),
        "config": inputs,
    }


def _give(question: Question, trial: Trial, parts: Sequence[str]) -> dict[str, Value]:
    """Ask the worker for the layer's configuration, or for the file that it is saved in.

    What the layer will be called with is not told: its output could be handed over instead.
    """
    split = _split(question, trial)
    return {
        "name": question.defines,
        "step": "give",
        "parts": list(parts),
        "shape": split["x"].shape,
        "weights": split["weights"],
        "config": split["config"],
    }


def _take(question: Question, trial: Trial, part: str, given: Value) -> dict[str, Value]:
    """Ask the worker to make a layer from what was handed over, and to call it.

    A file has the weights in it, so that nothing but the file may tell them.
    """
    split = _split(question, trial)
    asked = {"name": question.defines, "step": "take", "parts": [part], "given": given}
    asked |= {"x": split["x"]}
    if part == "saving":
        return asked
    return asked | {"weights": split["weights"], "training": split["training"]}


def judge(
    question: Question, trial: Trial, parts: Sequence[str], answer: Value
) -> dict[str, Finding]:
    """Judge the observations. They may be anything: whoever made them is not trusted."""
    observed = answer.get("parts") if isinstance(answer, dict) else None
    if not isinstance(observed, dict):
        wanted = Wanted(question, trial, Expected(), question.defines, NOUN)
        return dict.fromkeys(question.parts, judge_outcome(wanted, answer) or BROKEN)
    found = {part: _judge_part(question, trial, part, observed.get(part)) for part in parts}
    faults = {part: fault for part, fault in found.items() if fault}
    if "training" in trial.expected and ("training" in faults or "training" not in parts):
        # What is made again from its configuration trains as wrongly: that is lost already.
        faults.pop("config", None)
    return faults


def _judge_part(question: Question, trial: Trial, part: str, answer: Value) -> Finding | None:
    split = _split(question, trial)
    x = f"x{list(split['x'].shape)}"
    call = DONE[part].format(layer=signature(question.defines, split["config"]), x=x)
    if split["training"] is not None:
        call += f" with training={split['training']}"
    wanted = Wanted(question, trial, Expected(), call)
    value = answer.get("value") if isinstance(answer, dict) else None
    if outcome_of(answer) == "returned" and part == "weights":
        return _judge_weights(wanted, value)
    if outcome_of(answer) == "returned" and part == "gradients":
        return _judge_gradients(wanted, value)
    expected = trial.expected[part]
    if outcome_of(answer) == "returned" and isinstance(expected.value, tuple):
        return _judge_state(wanted, expected, value)
    return judge_outcome(replace(wanted, expected=expected), answer)


def _judge_state(wanted: Wanted, expected: Expected, value: Value) -> Finding | None:
    """Judge the output, and then each weight as it is afterwards."""
    names = ("", *(f": {role} afterwards" for role in wanted.question.weights))
    values = (
        value if isinstance(value, tuple) and len(value) == len(names) else (None,) * len(names)
    )
    for name, own, right in zip(names, values, expected.value, strict=True):
        each = replace(wanted, expected=replace(expected, value=right), call=wanted.call + name)
        if fault := judge_outcome(each, {"outcome": "returned", "value": own}):
            return fault
    return None


def _judge_weights(wanted: Wanted, value: Value) -> Finding | None:
    for role, expected in wanted.trial.expected["weights"].value.items():
        own = value.get(role) if isinstance(value, dict) else None
        if own == expected:
            continue
        if not isinstance(own, tuple) or len(own) != 2:
            line = f"has no weight {role!r}: self.{role} = self.add_weight(name={role!r}, …)"
        elif own[0] != expected[0]:
            line = f"made {role} of shape {str(own[0])[:60]}, expected {expected[0]}"
        else:
            line = f"made {role} with trainable={not expected[1]}, expected {expected[1]}"
        return wanted.fault(VerdictKind.FAILED, f"{wanted.call} {line}", "its weights are wrong")
    return None


def _judge_gradients(wanted: Wanted, value: Value) -> Finding | None:
    for name, expected in wanted.trial.expected.items():
        _, _, of = name.partition(":")
        if not of:
            continue
        own = value.get(of) if isinstance(value, dict) else None
        if own is None:
            line = f"{wanted.call}: there is no gradient with respect to {of}; is it trained?"
            return wanted.fault(VerdictKind.FAILED, line, "a gradient is missing")
        call = f"{wanted.call}: the gradient with respect to {of}"
        done = {"outcome": "returned", "value": own}
        asked = replace(wanted, expected=expected, call=call, images=of == "x")
        if fault := judge_outcome(asked, done):
            return fault
    return None


def _right(question: Question, trial: Trial, part: str, answer: Value) -> bool:
    return _judge_part(question, trial, part, answer) is None


HANDOVER: Handover | None = Handover(("saving", "config"), _give, _take, _right)
