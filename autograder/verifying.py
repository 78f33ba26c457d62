"""Does a receipt hold? The submission is graded once more, and all is compared."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from autograder.grade import grade
from autograder.planning import Plan, prepare, warm_parent
from autograder.receipts import Receipt, receipt
from autograder.results import Result

OTHER = {
    "submission": "the submission has changed: it is another notebook than the one graded then",
    "checks": "the checks have changed: cases, points, limits or the release are others now",
}


@dataclass(frozen=True)
class Verified:
    """What became of a receipt.

    Args:
        changed: what is not as it was: the submission, the checks, the environment; a line each.
        differences: what came out otherwise; a line each.
    """

    receipt: Receipt
    result: Result
    changed: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the same came out."""
        return not self.differences


def verify(given: Receipt, plan: Plan) -> Verified:
    """Grade a receipt's submission again, with nothing recorded.

    Args:
        plan: of the receipt's assignment, in which its student is asked for.

    Raises:
        CourseError, SandboxError: it cannot be graded here and now.
    """
    with closing(prepare(plan)) as exam, warm_parent(plan) as parent:
        result = grade(plan.asked_for[0], exam, parent).result
    now = receipt(result)
    return Verified(given, result, tuple(_changed(given, now)), tuple(_differences(given, now)))


def _changed(then: Receipt, now: Receipt) -> Iterator[str]:
    for what, line in OTHER.items():
        if then.fingerprints.get(what) != now.fingerprints.get(what):
            yield line
    yield from _other(then.environment, now.environment)


def _other(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            was, has = then.get(name, "not there"), now.get(name, "not there")
            yield f"the environment has changed: {name} was {was}, is {has}"


def _differences(then: Receipt, now: Receipt) -> Iterator[str]:
    before, after = ({c: (kind, s) for c, kind, s in one.verdicts} for one in (then, now))
    for check in [*before, *(name for name in after if name not in before)]:
        old, new = (_told(verdicts.get(check)) for verdicts in (before, after))
        if old != new:
            yield f"{check} was {old}, is {new}"


def _told(verdict: tuple[str, float] | None) -> str:
    return f"{verdict[0]} ({verdict[1]:g})" if verdict else "not asked"
