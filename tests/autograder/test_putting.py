"""What is handed over is all that who goes on from it knows, and nobody says more than is asked."""

import numpy as np

from autograder import Check
from autograder.asking import ask
from autograder.examining import examine
from autograder.putting import FRESH, HIDDEN, observe
from autograder.results import Lost, VerdictKind

CHECK = Check(
    "Scale",
    {"forward": 1, "config": 2, "saving": 4},
    lambda x, factor, times: times * factor * x,
    draw=lambda d: {"x": d.array(2, 3), "factor": d.array(3, low=1), "times": d.integer(2, 4)},
    multilinear=("x", "factor"),
    kind="layer",
    weights=("factor",),
    public=1,
    hidden=1,
)


class Worker:
    """Answers as a right layer's worker would; what each process was asked is kept.

    Args:
        says: what it answers to a step otherwise, given the request's parts.
    """

    def __init__(self, **says):
        self.first, self.fresh = [], []
        self._says = says

    def __call__(self, asked):
        (self.fresh if FRESH in asked else self.first).append(asked)
        step = asked.get("step", "observe")
        if step in self._says:
            return self._says[step](asked)
        return parts(asked, getattr(self, f"_{step}")(asked))

    def _give(self, asked):
        return {**asked["config"], **asked["weights"]}

    def _take(self, asked):
        return asked["given"]["times"] * asked["given"]["factor"] * asked["x"]

    def _observe(self, asked):
        return asked["config"]["times"] * asked["weights"]["factor"] * asked["x"]


def parts(asked, value):
    told = {part: {"outcome": "returned", "value": value} for part in asked["parts"]}
    return {"outcome": "observed", "parts": told}


def question():
    return ask(CHECK, "06", b"secret")


def lost(worker):
    return {part.name for part in examine(question(), worker).parts if not part.score}


def test_a_layer_that_can_be_handed_over_earns_all():
    assert lost(Worker()) == set()


def test_who_hands_over_has_not_been_told_what_the_layer_is_called_with():
    worker = Worker()
    asked = question()
    observe(asked, asked.trials[0], list(asked.parts), worker)
    give, rest = worker.first
    assert (give["parts"], rest["parts"]) == (["saving", "config"], ["forward"])
    x = asked.trials[0].case.inputs["x"]
    assert give["shape"] == x.shape
    assert "x" not in give
    assert not any(isinstance(one, np.ndarray) for one in give.values())


def test_who_goes_on_from_a_file_has_been_told_neither_weights_nor_options():
    worker = Worker()
    asked = question()
    observe(asked, asked.trials[0], list(asked.parts), worker)
    saving, config = worker.fresh
    assert (saving["parts"], config["parts"]) == (["saving"], ["config"])
    assert not saving.keys() & {"weights", "config", "training"}
    assert "config" not in config


def test_what_is_handed_over_of_a_hidden_case_is_marked_as_that():
    worker = Worker()
    asked = question()
    for trial in asked.trials:
        observe(asked, trial, list(asked.parts), worker)
    *public, one, other = worker.fresh
    assert not any(HIDDEN in each for each in public)
    assert one[HIDDEN]
    assert other[HIDDEN]


def test_nobody_answers_for_who_was_asked():
    """Who is told what the layer is called with may know the answer, and is not asked for it."""

    def every_part(asked):
        value = asked["config"]["times"] * asked["weights"]["factor"] * asked["x"]
        return parts({"parts": CHECK.parts}, value)

    wrong = {"take": lambda asked: parts(asked, 0 * asked["x"]), "observe": every_part}
    assert lost(Worker(**wrong)) == {"config", "saving"}
    silent = {"take": lambda _: {"outcome": "observed", "parts": {}}, "observe": every_part}
    assert lost(Worker(**silent)) == {"config", "saving"}
    missing = {"take": lambda _: {"outcome": "missing"}, "observe": every_part}
    assert lost(Worker(**missing)) == {"config", "saving"}


def test_what_cannot_be_handed_over_is_told_and_nobody_goes_on():
    error = {"outcome": "raised", "error": {"type": "OSError", "message": "no room"}}

    def give(asked):
        return {"outcome": "observed", "parts": dict.fromkeys(asked["parts"], error)}

    worker = Worker(give=give)
    verdict = examine(question(), worker)
    assert worker.fresh == []
    assert verdict.score == 1
    assert "loaded again: raised OSError: no room" in verdict.message


def test_what_kills_who_goes_on_costs_that_part():
    def take(asked):
        if asked["parts"] == ["saving"]:
            raise Lost(VerdictKind.CRASHED, "exited with status 3")
        return parts(asked, asked["given"]["times"] * asked["given"]["factor"] * asked["x"])

    assert lost(Worker(take=take)) == {"saving"}


def test_what_kills_in_one_part_changes_no_order():
    """What is asked part by part is handed over first, too."""

    def take(_):
        raise Lost(VerdictKind.CRASHED, "exited with status 3")

    worker = Worker(take=take)
    asked = question()
    examine(asked, worker)
    trial = [one["parts"] for one in worker.first if HIDDEN not in one]
    assert trial == [["saving", "config"], ["saving"], ["config"], ["forward"]]
