"""Which tier follows from what a machine has, what the course wants and what is asked for."""

import os

import pytest

from tests.autograder import ordinary
from tests.autograder.machine.machines import MACHINES

GIVES = {
    "whole": "full",
    "without bubblewrap": "landlock",
    "without user namespaces": "landlock",
    "without Landlock": "full",
    "without bubblewrap and Landlock": "trusted",
    "a container's root": "landlock",
}
REMEDIES = {
    "without bubblewrap": "bubblewrap (it is not installed): install bubblewrap",
    "without user namespaces": "sysctl -w user.max_user_namespaces=15000",
    "without bubblewrap and Landlock": "bubblewrap (it is not installed): install bubblewrap",
    "a container's root": "bubblewrap (bwrap: ",
}
NAMESPACES = {f"{kind} namespaces" for kind in ("user", "mount", "process", "network")}
FAILS = {
    "whole": set(),
    "without bubblewrap": {"bubblewrap"},
    "without user namespaces": {"bubblewrap", "tmpfs", "unprivileged user", *NAMESPACES},
    "without Landlock": {"Landlock"},
    "without bubblewrap and Landlock": {"bubblewrap", "Landlock"},
    "a container's root": {"bubblewrap"},
}
MAY_FAIL = {"memory cgroup", "process cgroup"}
"""What depends on where the tests run."""

PROGRAM = """
import json
from autograder.isolation import Isolation, IsolationError
from autograder.machine import choose, diagnose

def chosen(asked, minimum):
    try:
        return choose(asked and Isolation(asked), minimum and Isolation(minimum))
    except IsolationError as error:
        return str(error)

pairs = ["/", "/full", "/trusted", "full/", "trusted/", "trusted/full"]
told = {pair: chosen(*pair.split("/")) for pair in pairs}
print(json.dumps({"chosen": told, "doctor": diagnose().as_json()}))
"""


def judges():
    """Each machine, for whoever runs the tests and, where that is root, for an ordinary user."""
    yield from ((name, None) for name in MACHINES)
    if os.geteuid() == 0:
        yield from ((name, ordinary.USER) for name in MACHINES if name != "a container's root")


@pytest.fixture(scope="module", params=judges(), ids=lambda one: f"{one[0]}, {one[1] or 'judge'}")
def machine(request):
    name, user = request.param
    if user:
        ordinary.need()
    return name, MACHINES[name].run(PROGRAM, user)


def test_the_tier_is_the_strongest_that_works(machine):
    name, told = machine
    assert told["doctor"]["isolation"] == GIVES[name]
    assert told["chosen"]["/trusted"] == GIVES[name]


def test_less_than_landlock_is_refused_unless_it_is_asked_for(machine):
    name, told = machine
    line = told["chosen"]["/"]
    if GIVES[name] == "trusted":
        assert line.startswith("this machine gives trusted, and strangers' code wants landlock; ")
        assert "landlock needs Landlock (" in line
        assert "full needs bubblewrap (it is not installed): " in line
        assert "--isolation trusted, if the submissions can be trusted" in line
    else:
        assert line == GIVES[name]
    if name == "without user namespaces":  # a root of one user only, as its maker could be
        assert "needs unprivileged user (root cannot become" in told["chosen"]["trusted/"]
    else:
        assert told["chosen"]["trusted/"] == "trusted"


def test_a_course_that_wants_full_gets_it_or_a_line(machine):
    name, told = machine
    line = told["chosen"]["/full"]
    if GIVES[name] == "full":
        assert line == "full"
    else:
        start = f"this machine gives {GIVES[name]}, and course.toml wants full; full needs "
        assert line.startswith(start)
        assert REMEDIES[name] in line
        assert "--isolation trusted" not in line
    line = told["chosen"]["trusted/full"]
    assert line.startswith("--isolation trusted is weaker than full, the minimum_isolation in")


def test_what_is_asked_for_is_given_or_refused(machine):
    name, told = machine
    line = told["chosen"]["full/"]
    if GIVES[name] == "full":
        assert line == "full"
    else:
        assert line.startswith("--isolation full needs ")
        assert REMEDIES[name] in line


def test_doctor_tells_the_same_and_each_mechanism_that_fails(machine):
    name, told = machine
    probes = {one["name"]: one for one in told["doctor"]["mechanisms"]}
    failing = {name for name, one in probes.items() if not one["works"]}
    assert failing - MAY_FAIL == FAILS[name]
    for one in probes.values():
        assert bool(one["remedy"]) == (not one["works"])
        assert one["tried"]


GRADING = """
import json
from autograder.checks import Limits
from autograder.isolation import Isolation
from autograder.machine import choose
from autograder.sandbox import start

with start(["numpy"], choose(None, Isolation.TRUSTED)) as parent, parent.child(Limits()) as child:
    answer = child.ask({"do": "cell", "source": "import numpy\\nint(numpy.arange(4).sum())"}, 20)
    print(json.dumps([parent.isolation, answer["result"]]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", MACHINES)
def test_in_the_tier_that_is_chosen_a_submission_is_graded(name):
    assert MACHINES[name].run(GRADING) == [GIVES[name], "6"]
