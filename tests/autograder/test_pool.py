"""Many submissions at a time, and a warm parent that may be lost."""

import os
import signal

from autograder.grade import grade
from autograder.isolation import Isolation
from autograder.pool import Pool
from autograder.sandbox import SandboxError, start


def submissions(hand_in, count):
    return [hand_in(student=f"student{i}") for i in range(count)]


def test_all_are_graded_each_once(exam, isolation, hand_in):
    handed_in = submissions(hand_in, 9)
    with Pool(exam, lambda: start(["numpy"], isolation), jobs=3) as pool:
        graded = list(pool.grade(handed_in))
    assert sorted(g.result.student for g in graded) == [s.student for s in handed_in]
    assert all(g.result.score == 100 for g in graded)


def test_two_at_a_time_get_the_same_results_as_one(exam, parent, hand_in):
    handed_in = submissions(hand_in, 4)
    alone = [grade(one, exam, parent).result.as_json() for one in handed_in]
    with Pool(exam, lambda: start(["numpy"], parent.isolation), jobs=2) as pool:
        together = [g.result.as_json() for g in pool.grade(handed_in)]
    assert sorted(together, key=lambda r: r["student"]) == alone


def test_a_lost_warm_parent_is_replaced_and_no_one_pays(exam, hand_in):
    parents = []

    def starting():
        parents.append(start(["numpy"], Isolation.TRUSTED))
        return parents[-1]

    with Pool(exam, starting, jobs=2) as pool:
        graded = []
        for one in pool.grade(submissions(hand_in, 6)):
            graded.append(one)
            if len(graded) == 1:
                os.kill(parents[0]._process.pid, signal.SIGKILL)
    assert len(parents) == 2
    assert [g.result.score for g in graded] == [100] * 6


def test_without_any_warm_parent_all_are_ungraded(exam, hand_in):
    parents = []

    def starting():
        if parents:
            raise SandboxError("no more")
        parents.append(start(["numpy"], Isolation.TRUSTED))
        parents[0].close()
        return parents[0]

    with Pool(exam, starting, jobs=2) as pool:
        graded = list(pool.grade(submissions(hand_in, 3)))
    assert len(graded) == 3
    assert not any(g.result.graded for g in graded)
    assert all(v.message for g in graded for v in g.result.verdicts)
