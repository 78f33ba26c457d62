"""Puts a question to a submission, case by case, and comes to a verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from autograder.concluding import conclude
from autograder.kinds import KINDS
from autograder.kinds.finding import Finding, found
from autograder.kinds.forbidden import forbidden
from autograder.kinds.repetition import unlike
from autograder.protocol import Value
from autograder.putting import Put, handed_over, observe
from autograder.questions import Question, Trial
from autograder.results import Lost, Verdict, VerdictKind

Aid = Callable[[Question, Put, Mapping[str, Finding]], Mapping[str, Finding]]
"""Says more of what was found wrong: in a smaller case, or which misconception explains it."""

LOSSES = {VerdictKind.TIMEOUT, VerdictKind.OUT_OF_MEMORY, VerdictKind.CRASHED}
MOST_LOSSES = 3
"""How often a function that earns by case may hang or crash before it is not asked again."""


@dataclass(frozen=True)
class Examined:
    """What was found wrong with the answers to a question so far.

    Args:
        faults: by part, what is wrong with its first wrong answer.
        right: how many cases are, where each earns its share.
        losses: how often its process was lost, where each case earns its share.
    """

    question: Question
    faults: Mapping[str, Finding] = field(default_factory=dict)
    right: int = 0
    losses: int = 0

    @property
    def verdict(self) -> Verdict:
        """What it amounts to."""
        return conclude(self.question, self.faults, self.right if self.faults else 0)

    def asked(self, put: Put, public: bool) -> "Examined":
        """With the public cases put one after another, or then the hidden ones.

        Each part is asked until its first wrong answer; where each case earns its share, all are
        put.
        """
        trials = [trial for trial in self.question.trials if trial.case.public is public]
        if self.question.credit == "share":
            return self._shared(trials, put)
        found = self._faults(trials, put)
        return found if public else found._with_needs()

    def explained(self, put: Put, aids: Sequence[Aid]) -> "Examined":
        """With more said of it; the points stay what they are."""
        faults = self.faults
        for aid in aids:
            faults = aid(self.question, put, faults)
        return replace(self, faults=faults)

    def _shared(self, trials: Sequence[Trial], put: Put) -> "Examined":
        """The first finding, and how many are right; each loss takes all the time that it may."""
        first, right, losses = self.faults, self.right, self.losses
        for trial in trials:
            if losses == MOST_LOSSES or VerdictKind.FORBIDDEN in _kinds(first):
                break
            faults = _try(self.question, trial, list(self.question.parts), put)
            if VerdictKind.FORBIDDEN in _kinds(faults):
                return replace(self, faults=faults, right=0)
            first = first or faults
            right += not faults
            losses += bool(_kinds(faults) & LOSSES)
        return replace(self, faults=first, right=right, losses=losses)

    def _faults(self, trials: Sequence[Trial], put: Put) -> "Examined":
        faults = dict(self.faults)
        for trial in trials:
            parts = [part for part in self.question.parts if part not in faults]
            if parts := [part for part in parts if trial.asks(part)]:
                faults |= _try(self.question, trial, parts, put)
        return replace(self, faults=faults)

    def _with_needs(self) -> "Examined":
        """With what is lost only because another part is."""
        faults = dict(self.faults)
        for part, needed in KINDS[self.question.kind].NEEDS.items():
            if part in self.question.parts and part not in faults and needed in faults:
                line = f"earned only together with {needed}"
                faults[part] = Finding(faults[needed].kind, line)
        return replace(self, faults=faults)


def examine(question: Question, put: Put, aids: Sequence[Aid] = ()) -> Verdict:
    """A verdict, explained at once: for code whose state no later question depends on."""
    examined = Examined(question).asked(put, public=True).asked(put, public=False)
    return examined.explained(put, aids).verdict


def _kinds(faults: Mapping[str, Finding]) -> set[VerdictKind]:
    return {fault.kind for fault in faults.values()}


def _try(question: Question, trial: Trial, parts: Sequence[str], put: Put) -> dict[str, Finding]:
    """Put one case. Where the process is lost over several parts, each is tried by itself."""
    try:
        answer = observe(question, trial, parts, put)
        if fault := forbidden(question, trial, answer):
            return dict.fromkeys(question.parts, replace(fault, trial=trial, answer=answer))
        faults = KINDS[question.kind].judge(question, trial, parts, answer)
        faults = _repeated(question, trial, faults, answer, put)
        return {part: replace(fault, trial=trial, answer=answer) for part, fault in faults.items()}
    except Lost as lost:
        if len(parts) == 1:
            return {parts[0]: _lost(question, trial, lost)}
    alone: dict[str, Finding] = {}
    for part in chain(*handed_over(question, parts)):
        alone |= _try(question, trial, [part], put)
    return alone


def _lost(question: Question, trial: Trial, lost: Lost) -> Finding:
    return found(lost.kind, trial, f"{question.defines} {lost}", str(lost.kind))


def _repeated(
    question: Question, trial: Trial, faults: dict[str, Finding], answer: Value, put: Put
) -> dict[str, Finding]:
    """Ask once more for wrong values: those that change with the random seed are no values."""
    wrong = [part for part, fault in faults.items() if fault.kind is VerdictKind.FAILED]
    if not wrong or not KINDS[question.kind].REPEATS:
        return faults
    parts = list(faults)
    try:
        again = observe(question, trial, parts, put, again=True)
    except Lost:  # the first answer stands
        return faults
    message = f"{question.defines} is not deterministic: called twice with the same inputs, "
    message += "it gave different answers"
    changed = unlike(answer, again, wrong)
    return faults | {
        part: found(VerdictKind.FAILED, trial, message, "not deterministic") for part in changed
    }
