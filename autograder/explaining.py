"""Which misconception a wrong answer equals: an aid that names it.

A misconception explains a part that was lost if it is right in every case in which the student
was right, and answers the same in the case in which the student was wrong. Where that leaves
several, or the answer is so small that it may be chance, the student's code is asked for more.
An explanation is a courtesy: it changes no points, and whatever goes wrong here means none.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from autograder.examining import Aid
from autograder.kinds import KINDS
from autograder.kinds.finding import Finding
from autograder.kinds.trained import PROBE
from autograder.likeness import apart, observation, size
from autograder.protocol import Value
from autograder.putting import Put, observe, request
from autograder.questions import Misconception, Question, Trial
from autograder.results import VerdictKind

Answered = Callable[[Question, Misconception, Trial], Value]
"""What a misconception answers to a case's request for all parts; None where nobody knows."""

EXPLAINED = (VerdictKind.FAILED, VerdictKind.ERROR)
RTOL = 1e-4
RTOL_EXACT = 1e-6
ROUNDING = 1e-5
NEARER = 0.1
"""Two answers that are alike lie ten times nearer to each other than to the right one."""

TELLING = 4
"""So many equal numbers are no chance."""

FEW = 32
"""Images that a misconception of training learns from."""

MOST = 3
"""Cases that are put for an explanation alone."""


def explaining(answered: Answered) -> Aid:
    """An aid that says which misconception explains what was found wrong."""

    def aid(question: Question, put: Put, faults: Mapping[str, Finding]) -> Mapping[str, Finding]:
        explained = dict(faults)
        if question.misconceptions:
            with suppress(Exception):
                explained |= _Search(question, put, answered).explained(faults)
        return explained

    return aid


def observe_in_full(question: Question, trial: Trial, put: Put) -> Value:
    """What a misconception answers to all parts of a case.

    Of training only the model is compared, so that a few images will do.
    """
    parts = [part for part in question.parts if trial.asks(part)]
    if PROBE not in trial.expected:
        return observe(question, trial, parts, put)
    asked = request(question, trial, parts)
    few = [one[:FEW] if isinstance(one, np.ndarray) else one for one in asked["args"]]
    return put(asked | {"args": few})


def from_data(question: Question, misconception: Misconception, trial: Trial) -> Value:
    """What travels with a question: answers to its public cases."""
    pairs = zip(question.trials, misconception.answers, strict=False)
    return next((answer for own, answer in pairs if own is trial), None)


@dataclass(frozen=True)
class _Search:
    question: Question
    put: Put
    answered: Answered

    def explained(self, faults: Mapping[str, Finding]) -> dict[str, Finding]:
        """The findings that a misconception explains; one that explains two parts is preferred."""
        explained: dict[str, Finding] = {}
        for part, finding in faults.items():
            if finding.kind not in EXPLAINED or finding.trial is None:
                continue
            found = self._candidates(part, finding, finding.trial)
            known = {one.misconception.name for one in explained.values() if one.misconception}
            if again := [one for one in found if one.name in known]:
                found = again
            else:
                found = self._closest(found, finding.trial, faults)
                found = self._narrowed(found, part, finding, finding.trial)
            if found:
                explained[part] = replace(finding, misconception=found[0])
        return explained

    def _candidates(self, part: str, finding: Finding, trial: Trial) -> list[Misconception]:
        """Those that answer the same in this case, and are right in those before it."""
        return [
            one
            for one in self.question.misconceptions
            if self._alike(part, trial, finding.answer, self._answer(one, trial))
            and self._right_before(part, trial, one)
        ]

    def _right_before(self, part: str, trial: Trial, one: Misconception) -> bool:
        before = self._trials(part)[: self._place(part, trial)]
        return all(self._right(part, each, self._answer(one, each)) for each in before)

    def _answer(self, one: Misconception, trial: Trial) -> Value:
        return self.answered(self.question, one, trial)

    def _closest(
        self, found: list[Misconception], trial: Trial, faults: Mapping[str, Finding]
    ) -> list[Misconception]:
        """Those that are wrong in other parts than the student is least often."""
        if len(found) < 2:
            return found
        asked = {part: self._asking(part, trial, faults.get(part)) for part in self.question.parts}

        def elsewhere(one: Misconception) -> int:
            return sum(
                self._right(part, each, self._answer(one, each)) == (part in faults)
                for part, each in asked.items()
            )

        least = min(map(elsewhere, found), default=0)
        return [one for one in found if elsewhere(one) == least]

    def _asking(self, part: str, trial: Trial, fault: Finding | None) -> Trial:
        """A case that tests a part: this one, that in which it was lost, or the first."""
        own = fault.trial if fault else None
        return trial if trial.asks(part) else own or self._trials(part)[0]

    def _narrowed(
        self, found: list[Misconception], part: str, finding: Finding, trial: Trial
    ) -> list[Misconception]:
        """Those that still agree when more cases are put; in the author's order."""
        telling = size(observation(finding.answer, part).get("value")) >= TELLING
        later = self._trials(part)[self._place(part, trial) + 1 :]
        for each in later[:MOST]:
            if not found or (telling and len(found) == 1):
                break
            answer = observe(self.question, each, [part], self.put)
            found = [one for one in found if self._agrees(part, each, answer, one)]
        return found

    def _trials(self, part: str) -> Sequence[Trial]:
        return [trial for trial in self.question.trials if trial.asks(part)]

    def _place(self, part: str, trial: Trial) -> int:
        return next(i for i, own in enumerate(self._trials(part)) if own is trial)

    def _agrees(self, part: str, trial: Trial, answer: Value, one: Misconception) -> bool:
        theirs = self._answer(one, trial)
        if self._right(part, trial, answer):
            return self._right(part, trial, theirs)
        return self._alike(part, trial, answer, theirs)

    def _right(self, part: str, trial: Trial, answer: Value) -> bool:
        if answer is None:
            return False
        return part not in KINDS[self.question.kind].judge(self.question, trial, [part], answer)

    def _alike(self, part: str, trial: Trial, own: Value, theirs: Value) -> bool:
        exact = self.question.kind == "function" and trial.case.exact
        own, theirs = observation(own, part), observation(theirs, part)
        if not own or own.get("outcome") != theirs.get("outcome"):
            return False
        if own["outcome"] != "returned":
            return _said(own) == _said(theirs)
        right, mine, their = _views(trial, part, own.get("value"), theirs.get("value"))
        between, error = apart(mine, their), apart(right, their)
        if not exact and error <= ROUNDING:  # it is right here, and wrong in what is not compared
            return False
        return between <= (RTOL_EXACT if exact else RTOL) and between < NEARER * error


def _said(observed: Mapping[str, Value]) -> list[str]:
    """What it says of itself, where it returned nothing that can be compared."""
    error = observed.get("error")
    told = error if isinstance(error, Mapping) else observed
    said = (told.get(key) for key in ("type", "message", "reason"))
    return [" ".join(one.split())[:300] if isinstance(one, str) else "" for one in said]


def _views(trial: Trial, part: str, own: Value, theirs: Value) -> tuple[Value, Value, Value]:
    """The right answer, the student's and the misconception's, as far as they are to be compared.

    What was learnt depends on chance: of a trained model only what it computes under the
    judge's weights counts.
    """
    if PROBE in trial.expected:
        views = (one.get("outputs") if isinstance(one, dict) else None for one in (own, theirs))
        return trial.expected[PROBE].value, *views
    named = {
        name.removeprefix(f"{part}:"): one.value
        for name, one in trial.expected.items()
        if part and name.startswith(f"{part}:")
    }
    return named or trial.expected[part].value, own, theirs
