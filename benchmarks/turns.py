"""A sample graded behind the wall and in bare forks, in turns: what the wall costs a submission.

Both warm parents are alive at once, so that whatever else this machine does is shared by both.
"""

import statistics
import time
from collections.abc import Iterator
from functools import partial

from autograder.isolation import Isolation
from autograder.planning import Plan, prepare, warm_parent
from autograder.pool import Pool
from autograder.sandbox import start


def wall_ratio(plan: Plan, rounds: int) -> float:
    """How many times as long grading takes as it does without any wall; nothing is written."""
    exam = prepare(plan)
    bare = partial(start, plan.assignment.packages, Isolation.TRUSTED, plan.seed, layers=())
    with (
        Pool(exam, partial(warm_parent, plan), plan.jobs) as walled,
        Pool(exam, bare, plan.jobs) as unwalled,
    ):
        return statistics.median(_ratios(plan, walled, unwalled, rounds))


def _ratios(plan: Plan, walled: Pool, unwalled: Pool, rounds: int) -> Iterator[float]:
    for turn in range(rounds + 1):
        pools = [walled, unwalled]
        seconds = {pool: _seconds(pool, plan) for pool in pools[:: 1 if turn % 2 else -1]}
        if turn:  # the first starts the parents, and warms up
            yield seconds[walled] / seconds[unwalled]


def _seconds(pool: Pool, plan: Plan) -> float:
    started = time.perf_counter()
    for graded in pool.grade(plan.submissions):
        if not graded.result.graded:
            raise RuntimeError(f"{graded.result.student} could not be graded")
    return time.perf_counter() - started
