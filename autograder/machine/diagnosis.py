"""What a machine was found to be able to, and the tier that follows."""

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from autograder.isolation import Isolation
from autograder.machine.mechanisms import MECHANISMS, NEEDS, STRENGTHENS, Probe

ELSEWHERE = "grade on Linux: in WSL 2, a virtual machine or a container"
UNSTATED = Isolation.LANDLOCK
"""The minimum of a course that states none, where nobody asks for less."""


@dataclass(frozen=True)
class Diagnosis:
    """The probes of a machine, beside the least that a course wants.

    Args:
        minimum: the weakest tier in which a submission may be graded.
    """

    minimum: Isolation
    probes: Sequence[Probe]

    @property
    def isolation(self) -> Isolation | None:
        """The strongest tier that this machine gives, if it gives any."""
        return next((tier for tier in Isolation if not self.missing(tier)), None)

    @property
    def sufficient(self) -> bool:
        """Whether a submission can be graded here."""
        return self.isolation is not None and self.isolation.reaches(self.minimum)

    def missing(self, tier: Isolation) -> list[Probe]:
        """What a tier needs and does not get."""
        return [one for one in self.probes if one.name in NEEDS[tier] and not one.works]

    def advice(self) -> Iterator[str]:
        """For each tier out of reach: why, and what would give it; then, what else helps."""
        for tier in Isolation:
            if tier is self.isolation:
                break
            yield f"{tier} needs {because(self.missing(tier))}"
        if helps := [one for one in self.probes if one.name in STRENGTHENS and not one.works]:
            yield f"submissions are kept in better with {because(helps)}"

    def as_json(self) -> dict[str, Any]:
        return {
            "isolation": self.isolation,
            "minimum": self.minimum,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "mechanisms": [asdict(one) for one in self.probes],
        }


def diagnose(minimum: Isolation | None = None) -> Diagnosis:
    """Try everything.

    Args:
        minimum: what the course states, if it does.
    """
    return Diagnosis(minimum or UNSTATED, probes(MECHANISMS))


def probes(names: Iterable[str]) -> list[Probe]:
    """What comes of trying these mechanisms; where there is no Linux, nothing is tried."""
    if platform.system() == "Linux":
        # Here alone: what it imports, only Linux has.
        from autograder.machine.probing import probe

        return probe(names)
    result = f"{platform.system()} has none"
    return [
        Probe(name, MECHANISMS[name].purpose, False, "", False, result, ELSEWHERE) for name in names
    ]


def because(missing: Sequence[Probe]) -> str:
    """What is missing, why, and what to do, in a line."""
    names: dict[str, list[str]] = {}
    for one in missing:
        names.setdefault(one.result, []).append(one.name)
    reasons = ", ".join(f"{', '.join(those)} ({result})" for result, those in names.items())
    return f"{reasons}: {'; '.join(dict.fromkeys(one.remedy for one in missing))}"
