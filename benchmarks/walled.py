"""A sample graded with a scale at its children, and with the public cases alone beside all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil

from autograder.asking import ask
from autograder.planning import Plan, prepare, warm_parent
from autograder.pool import Pool
from autograder.sandbox import Child

Scores = dict[str, dict[str, float]]

PUBLIC = "public "
"""What a question with public cases alone is called besides its name."""


def weigh(plan: Plan) -> tuple[float, Scores]:
    """The private memory of the largest child in MiB, and each student's public scores.

    Weighing takes as long as a few calls, so it has a run of its own. Public questions come after
    all others, as what nbgrader's check asks; so each child has worked more than it usually does.
    """
    exam = prepare(plan)
    asked = (ask(check, plan.assignment.name) for check in plan.asked())
    public = [replace(question, name=PUBLIC + question.name) for question in asked]
    both = replace(exam, questions=[*exam.questions, *public])
    with _scale() as weights, Pool(both, partial(warm_parent, plan), plan.jobs) as pool:
        results = [graded.result for graded in pool.grade(plan.submissions)]
    scores = {
        result.student: {
            verdict.check.removeprefix(PUBLIC): verdict.score
            for verdict in result.verdicts
            if verdict.check.startswith(PUBLIC)
        }
        for result in results
    }
    return max(weights) / (1 << 20), scores


@contextmanager
def _scale() -> Iterator[Sequence[int]]:
    """Weigh each child before it is ended."""
    weights: list[int] = []
    close = Child.close

    def weighed(child: Child) -> None:
        if not child._closed:
            weights.extend(map(_private_bytes, child._handles))
        close(child)

    Child.close = weighed  # type: ignore[method-assign]
    try:
        yield weights
    finally:
        Child.close = close  # type: ignore[method-assign]


def _private_bytes(handle: int) -> int:
    """The memory that a supervisor and all processes below it share with no other."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
    supervisor = psutil.Process(int(dict(line.split(":\t") for line in lines)["Pid"]))
    processes = [supervisor, *supervisor.children(recursive=True)]
    return sum(process.memory_full_info().uss for process in processes)
