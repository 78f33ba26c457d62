"""What keeps a submission's process in: layers, each of which only takes away."""

import sys
from collections.abc import Iterable

from autograder.worker import linux, privileges, rlimits, seccomp
from autograder.worker.landlock import SCOPES, Rules
from autograder.worker.layers import Layer
from autograder.worker.setting import Allowance, Setting


def lacking() -> dict[Layer, str]:
    """The layers that this machine cannot give, and why, in words that end with what to do."""
    found: dict[Layer, str] = {}
    if sys.platform != "linux":
        return dict.fromkeys(Layer, f"walls are built of Linux, and this is {sys.platform}")
    if not linux.landlock_version():
        advice = "use Linux 5.13 or newer, and add landlock to its boot option lsm="
        found[Layer.LANDLOCK] = f"this kernel has no Landlock, or it is switched off: {advice}"
    if reason := seccomp.missing():
        found |= dict.fromkeys((Layer.SECCOMP, Layer.NEIGHBOURS), reason)
    return found


class Wall:
    """The layers of a warm parent's children, with what can be made ready before any fork."""

    def __init__(self, setting: Setting) -> None:
        version = linux.landlock_version()
        self._layers = frozenset(setting.layers)
        self._setting = setting
        self._rules = (
            [Rules(setting.shown, setting.hidden, version)] if Layer.LANDLOCK in self else []
        )
        self._programs = [seccomp.read(name) for name in self._filters(version)]

    def __contains__(self, layer: Layer) -> bool:
        return layer in self._layers

    def _filters(self, version: int) -> Iterable[str]:
        if Layer.SECCOMP in self:
            yield "calls"
        if Layer.NEIGHBOURS in self:
            yield "neighbours"
        if Layer.NEIGHBOURS in self and version < SCOPES:
            yield "signals"

    def rulesets(self) -> list[int]:
        """Descriptors for `confine`, if there is that layer."""
        return [rules.open() for rules in self._rules]

    def confine(self, allowance: Allowance, rulesets: Iterable[int]) -> None:
        """Hold this process to all layers but the namespaces, which it is in already."""
        own = Layer.USER in self and allowance.user >= 0
        if Layer.LIMITS in self:
            rlimits.apply(allowance, own or Layer.NAMESPACES in self)
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        if own:
            privileges.change(allowance.user)
            linux.prctl(linux.PR_SET_DUMPABLE, 0)  # which a change of users may have undone
        if Layer.CAPABILITIES in self:
            keeps = own and self._setting.searches
            privileges.drop_capabilities([privileges.CAP_DAC_READ_SEARCH] if keeps else [])
        for rules, ruleset in zip(self._rules, rulesets, strict=True):
            rules.restrict(ruleset, (allowance.scratch, *self._setting.writable))
        for program in self._programs:
            seccomp.apply(program)
