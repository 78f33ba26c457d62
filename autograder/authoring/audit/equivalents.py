"""The proof that mutants are right answers too: they answer a thousand further cases alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograder.asking import ask
from autograder.authoring.audit.bench import PATIENT, Bench, Program, alike, answers
from autograder.authoring.audit.subjects import Subject
from autograder.checks import Case, Draw
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.tolerance import Expected

CASES = 1000
SEED = b"further cases"

COSTLY = ("gradients", "config", "saving")
"""Parts that follow from the others where two answers agree, and that take long."""

ONCE = "_trained_once"
TRAINED_ONCE = """
def {once}(kept=[], **given):
    if not kept:
        kept.append({train}(*given.values()))
    return kept[0]
"""


def further(subject: Subject, assignment: str) -> Question:
    """The check with a thousand cases that nothing else is asked."""
    check = subject.check
    if subject.trained:
        return _networks(subject)
    points = check.points
    if isinstance(points, Mapping):
        points = {part: one for part, one in points.items() if part not in COSTLY}
    cases = replace(check, points=points, examples=(), public=0, hidden=CASES)
    return ask(replace(cases, reference=_nothing), assignment, SEED)


def _nothing(*_: Value, **__: Value) -> float:
    """What stands in for the reference: answers are compared with one another."""
    return 0.0


def _networks(subject: Subject) -> Question:
    """What trains is asked what its network computes, a thousand times under other weights."""
    learnt = subject.sieves[0].hidden[0][0].case.inputs
    given = {name: learnt[name] for name in ("images", "labels")}
    trials = []
    for number in range(CASES):
        draw = Draw(SEED + str(number).encode(), exact=False)
        weights = [draw.reals(*shape, low=-1, high=1) for shape in learnt["shapes"]]
        x = draw.reals(4, *learnt["images"].shape[1:], low=0, high=1)
        case = Case("further", {"x": x, "weights": weights, **given}, exact=False, public=False)
        trials.append(Trial(case, {"outputs": Expected()}))
    return replace(
        subject.question,
        kind="model",
        defines=ONCE,
        parts={"outputs": 1.0},
        trials=tuple(trials),
        misconceptions=(),
    )


def provable(subject: Subject, program: Program) -> Program:
    """A program as it is asked further cases: a network is trained for the first alone."""
    if not subject.trained:
        return program
    once = TRAINED_ONCE.format(once=ONCE, train=subject.check.defines)
    return replace(program, source=f"{program.source}\n\n{once}")


def agreeing(
    question: Question, bench: Bench, answer: Program, programs: Sequence[Program]
) -> list[bool]:
    """Whether each program answers every further case as the right one does."""
    right = _answers(question, bench, answer)
    return [_alike(question, right, _answers(question, bench, one)) for one in programs]


def _answers(question: Question, bench: Bench, program: Program) -> list[object]:
    if bench.load(program, PATIENT):
        return []
    return answers(question, question.trials, bench.putting())


def _alike(question: Question, right: Sequence[object], own: Sequence[object]) -> bool:
    parts = list(question.parts)
    return len(right) == len(own) and all(
        alike(one, other, parts) for one, other in zip(right, own, strict=True)
    )
