"""Which tier a submission is graded in."""

from autograder.isolation import Isolation, IsolationError
from autograder.machine.diagnosis import UNSTATED, because, probes
from autograder.machine.mechanisms import NEEDS, Probe

IF_TRUSTED = "; or grade with --isolation trusted, if the submissions can be trusted"


def choose(asked: Isolation | None, minimum: Isolation | None) -> Isolation:
    """The tier that is asked for, or else the strongest that this machine gives.

    Args:
        asked: what the person wants, if they say so.
        minimum: what the course states, if it does; else less than Landlock must be asked for.

    Raises:
        IsolationError: the course or the machine is against it.
    """
    machine = _Machine()
    if asked:
        _refuse_weaker(asked, minimum)
        if missing := machine.missing(asked):
            raise IsolationError(f"--isolation {asked} needs {because(missing)}")
        return asked
    for tier in _enough(minimum):
        if not machine.missing(tier):
            return tier
    raise IsolationError(_refusal(machine, minimum))


class _Machine:
    """What is tried of this machine: each mechanism when it is asked for, and once."""

    def __init__(self) -> None:
        self._probes: dict[str, Probe] = {}

    def missing(self, tier: Isolation) -> list[Probe]:
        new = [name for name in NEEDS[tier] if name not in self._probes]
        self._probes |= {one.name: one for one in probes(new)}
        return [self._probes[name] for name in NEEDS[tier] if not self._probes[name].works]


def _enough(minimum: Isolation | None) -> list[Isolation]:
    """The tiers that will do, the strongest first."""
    return [tier for tier in Isolation if tier.reaches(minimum or UNSTATED)]


def _refuse_weaker(asked: Isolation, minimum: Isolation | None) -> None:
    if minimum and not asked.reaches(minimum):
        line = f"--isolation {asked} is weaker than {minimum}, the minimum_isolation in course.toml"
        raise IsolationError(f"{line}: ask for {minimum}, or change it there")


def _refusal(machine: _Machine, minimum: Isolation | None) -> str:
    enough = _enough(minimum)
    weaker = [tier for tier in Isolation if tier not in enough]
    given = next((tier for tier in weaker if not machine.missing(tier)), None)
    wants = f"course.toml wants {minimum}" if minimum else f"strangers' code wants {UNSTATED}"
    needs = "; ".join(f"{one} needs {because(machine.missing(one))}" for one in reversed(enough))
    line = f"this machine gives {given or 'no isolation'}, and {wants}; {needs}"
    return line + (IF_TRUSTED if given is Isolation.TRUSTED and not minimum else "")
