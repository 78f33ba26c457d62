"""Which tier a submission is graded in."""

from autograder.isolation import Isolation, IsolationError
from autograder.machine.diagnosis import UNSTATED, because, probes
from autograder.machine.mechanisms import NEEDS, Probe

IF_TRUSTED = "; or grade with --isolation trusted, if the submissions can be trusted"

Lacking = dict[Isolation, list[Probe]]
"""What is missing for each tier that would do."""


def choose(asked: Isolation | None, minimum: Isolation | None) -> Isolation:
    """The tier that is asked for, or else the strongest that this machine gives.

    Args:
        asked: what the person wants, if they say so.
        minimum: what the course states, if it does; else less than Landlock must be asked for.

    Raises:
        IsolationError: the course or the machine is against it.
    """
    if asked:
        _refuse_weaker(asked, minimum)
        if missing := _missing(asked):
            raise IsolationError(f"--isolation {asked} needs {because(missing)}")
        return asked
    lacking: Lacking = {}
    for tier in Isolation:
        if tier.reaches(minimum or UNSTATED):
            lacking[tier] = _missing(tier)
            if not lacking[tier]:
                return tier
    raise IsolationError(_refusal(lacking, minimum))


def _missing(tier: Isolation) -> list[Probe]:
    return [one for one in probes(NEEDS[tier]) if not one.works]


def _refuse_weaker(asked: Isolation, minimum: Isolation | None) -> None:
    if minimum and not asked.reaches(minimum):
        line = f"--isolation {asked} is weaker than {minimum}, the minimum_isolation in course.toml"
        raise IsolationError(f"{line}: ask for {minimum}, or change it there")


def _refusal(lacking: Lacking, minimum: Isolation | None) -> str:
    weaker = [tier for tier in Isolation if tier not in lacking]
    given = next((tier for tier in weaker if not _missing(tier)), None)
    wants = f"course.toml wants {minimum}" if minimum else f"strangers' code wants {UNSTATED}"
    needs = "; ".join(f"{tier} needs {because(lacking[tier])}" for tier in reversed(lacking))
    line = f"this machine gives {given or 'no isolation'}, and {wants}; {needs}"
    return line + (IF_TRUSTED if given is Isolation.TRUSTED and not minimum else "")
