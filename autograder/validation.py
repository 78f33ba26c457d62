"""What an author states, before anything is drawn: the first complaint, in one line."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.checks import EXCEEDED, Check, limit_complaint
from autograder.kinds import KINDS

NAME = re.compile(r"[A-Za-z0-9_-]+")
CREDITS = ("all", "share")


def complaint(checks: Any) -> str | None:
    """What is wrong with a list of checks, or None."""
    if not isinstance(checks, list | tuple) or not checks:
        return "it states no CHECKS, a list of autograder.Check"
    return next(_complaints(checks), None)


def _complaints(checks: list[Any] | tuple[Any, ...]) -> Iterator[str]:
    earlier: dict[str, Check] = {}
    for check in checks:
        if not isinstance(check, Check):
            yield f"CHECKS holds {type(check).__name__}, expected Check"
        if not NAME.fullmatch(check.name):
            yield f"check {check.name!r}: letters, digits, _ and - only"
        if check.kind not in KINDS:
            yield f"{check.name} is of kind {check.kind!r}; known: {', '.join(KINDS)}"
        yield from _of_credit(check)
        yield from _of_builds_on(check, earlier)
        yield from _of_forbidden(check)
        yield from _of_limits(check)
        earlier[check.name] = check
    twice = [name for name, count in Counter(c.name for c in checks).items() if count > 1]
    if twice:
        yield f"{', '.join(twice)} stands in CHECKS more than once"


def _of_credit(check: Check) -> Iterator[str]:
    if check.credit not in CREDITS:
        yield f"{check.name} has credit={check.credit!r}, expected {' or '.join(CREDITS)}"
    if check.credit == "share" and (check.kind != "function" or check.parts.keys() != {""}):
        yield f'{check.name} has credit="share", which is for functions; give its parts points'


def _of_builds_on(check: Check, earlier: Mapping[str, Check]) -> Iterator[str]:
    if isinstance(check.builds_on, str):
        yield f"{check.name} has builds_on={check.builds_on!r}, expected a tuple of names"
    for name in check.builds_on:
        line = f"{check.name} builds on {name!r}"
        if name not in earlier:
            above = ", ".join(earlier) or "none"
            yield f"{line}, expected a check that stands above it: {above}"
        elif earlier[name].kind != "function":
            yield f"{line}, which is a {earlier[name].kind}; expected a function"
        elif earlier[name].defines == check.defines:
            yield f"{line}, which asks for the same {check.defines}; a stand-in would earn it"


def _of_forbidden(check: Check) -> Iterator[str]:
    if isinstance(check.forbidden, str):
        yield f"{check.name} has forbidden={check.forbidden!r}, expected a tuple of names"
    for name in check.forbidden:
        if not isinstance(name, str) or not all(map(str.isidentifier, name.split("."))):
            yield f'{check.name} forbids {name!r}, expected a dotted name as "numpy.convolve"'


def _of_limits(check: Check) -> Iterator[str]:
    if not isinstance(check.limits, Mapping):
        yield f'{check.name} has limits={check.limits!r}, expected as {{"memory_bytes": 4 << 30}}'
        return
    for name, value in check.limits.items():
        if name not in EXCEEDED:
            known = ", ".join(EXCEEDED)
            remedy = "; seconds= says how long a call may compute" if "seconds" in str(name) else ""
            yield f"{check.name} limits {name!r}, expected some of {known}{remedy}"
        elif wrong := limit_complaint(name, value):
            yield f"{check.name} has limits in which {wrong}"
