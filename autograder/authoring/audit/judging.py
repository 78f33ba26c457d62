"""Whether right answers pass, and whether misconceptions are told from them and from each other."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from autograder.authoring.audit.bench import PATIENT, Bench, Program, alike, answers, first_fault
from autograder.authoring.audit.subjects import Subject
from autograder.checks import Limits
from autograder.examining import examine
from autograder.explaining import explaining
from autograder.likeness import observation
from autograder.protocol import Value
from autograder.questions import Misconception, Question, Trial
from autograder.sandbox import Parent

Record = dict[bytes, Value]
"""What a program answered, by request: to train a network twice takes long."""


def failed(
    program: Program, subjects: Sequence[Subject], thorough: bool, limits: Limits, parent: Parent
) -> dict[str, str]:
    """Why right answers fail, by the names of the checks in which one does.

    Args:
        thorough: whether to ask what other courses ask besides.
    """
    found: dict[str, str] = {}
    with Bench(parent, limits) as bench:
        unfit = bench.load(program, PATIENT)
        for subject in subjects:
            question, put = subject.question, bench.putting({})
            verdict = examine(question, put)
            fault = unfit
            if not verdict.passed:
                fault = unfit or first_fault(question, question.trials, put) or verdict.message
            others = [one for trials in subject.sieve.hidden[1:] for one in trials]
            if thorough and not fault:
                fault = first_fault(subject.question, others, bench.putting())
            if fault:
                found[subject.check.name] = fault
    return found


def passing(subject: Subject, limits: Limits, parent: Parent) -> list[str]:
    """The misconceptions that pass their check in some course."""
    with Bench(parent, limits) as bench:
        return [
            f"{one.label}: it passes"
            for one in subject.misconceptions
            if not bench.load(one, PATIENT)
            and all(sieve.passes(bench.putting()) for sieve in subject.sieves)
        ]


def confused(subject: Subject, limits: Limits, parent: Parent) -> list[str]:
    """The misconceptions that are explained as others, or that nothing tells from others."""
    question = subject.question
    records: dict[str, Record] = {one.label: {} for one in subject.misconceptions}
    with Bench(parent, limits) as bench:
        answered = {
            one.label: _answers(one, question, bench, records[one.label])
            for one in subject.misconceptions
        }
        told = [
            line
            for one in subject.misconceptions
            for line in _told(one, subject, bench, answered, records[one.label])
        ]
    twins = [
        f"{second}: it answers as {first} does"
        for first, second in combinations(answered, 2)
        if _alike(question, answered[first], answered[second])
    ]
    return told + twins


def _answers(program: Program, question: Question, bench: Bench, record: Record) -> list[Value]:
    if fault := bench.load(program, PATIENT):
        return [{"outcome": fault}] * len(question.trials)
    return answers(question, question.trials, bench.putting(record))


def _told(
    program: Program,
    subject: Subject,
    bench: Bench,
    answered: Mapping[str, Sequence[Value]],
    record: Record,
) -> Iterator[str]:
    """Whether the engine takes a misconception for a right answer, or for another one."""

    def recorded(question: Question, misconception: Misconception, trial: Trial) -> Value:
        pairs = zip(question.trials, answered[misconception.name], strict=True)
        return next((answer for own, answer in pairs if own is trial), None)

    if not bench.load(program, PATIENT):
        verdict = examine(subject.question, bench.putting(record), [explaining(recorded)])
        if verdict.passed:
            yield f"{program.label}: it passes"
        elif verdict.misconception not in ("", program.label):
            yield f"{program.label}: it is explained as {verdict.misconception}"


def _alike(question: Question, first: Sequence[Value], second: Sequence[Value]) -> bool:
    """Whether two misconceptions answer all cases alike, and say the same where they raise."""
    return all(
        alike(one, other, question.parts)
        and all(_said(one, part) == _said(other, part) for part in question.parts)
        for one, other in zip(first, second, strict=True)
    )


def _said(answer: Value, part: str) -> object:
    error = observation(answer, part).get("error")
    return (error.get("type"), error.get("message")) if isinstance(error, dict) else None
