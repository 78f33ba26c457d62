"""What a submission called although it may not, as the worker reports it."""

from autograder.kinds.finding import Finding
from autograder.kinds.outcomes import text
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.results import VerdictKind


def forbidden(question: Question, trial: Trial, answer: Value) -> Finding | None:
    """The finding that something forbidden was called, which costs all parts.

    The report may be made up: of what it says, a hidden case's finding has the author's own words
    alone.
    """
    report = answer.get("forbidden") if isinstance(answer, dict) else None
    name = " ".join(text(report, "name", 200).split())
    rule = next((one for one in question.forbidden if f"{name}.".startswith(f"{one}.")), None)
    if rule is None:
        return None
    line = " ".join(text(report, "line", 300).split()) if trial.case.public else ""
    called = name if trial.case.public else rule
    place = f", in the line: {line}" if line else ""
    message = f"{question.defines} calls {called}{place}; write it yourself"
    return Finding(VerdictKind.FORBIDDEN, message)
