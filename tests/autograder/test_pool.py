"""Many submissions at a time, and a warm parent that may be lost."""

import os
import signal

import pytest

from autograder.grade import grade
from autograder.isolation import Isolation
from autograder.pool import Pool
from autograder.results import VerdictKind
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


def test_an_interrupted_pool_starts_no_other_parent(exam, hand_in):
    parents = []

    def starting():
        parents.append(start(["numpy"], Isolation.TRUSTED))
        return parents[-1]

    waits = "def double(x):\n    import time\n    time.sleep(60)"
    handed_in = [hand_in(student="quick"), *(hand_in(student=f"s{i}", double=waits) for i in "ab")]

    def interrupted():
        with Pool(exam, starting, jobs=3) as pool:
            next(pool.grade(handed_in))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(parents) == 1


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


def logging(log, name, body):
    """A right answer that writes its name and whether it is the first attempt, then the body."""
    return (
        f"import os, time\nfirst = not os.path.exists('{log}-{name}')\n"
        f"open('{log}-{name}', 'a').close()\n"
        f"def double(x):\n    {body}\n    print('{name}', first, file=open('{log}', 'a'))\n"
        "    return 2 * x"
    )


def test_who_only_waited_is_graded_once_more_and_alone(exam, open_folder, hand_in):
    log = open_folder / "log"
    sources = {"waits": logging(log, "waits", "if first: time.sleep(1e6)")}
    # At least one of these still runs when the other has been waiting for too long.
    sources |= {f"works{i}": logging(log, f"works{i}", "time.sleep(0.5)") for i in range(5)}
    handed_in = [hand_in(student=student, double=source) for student, source in sources.items()]
    with Pool(exam, lambda: start(["numpy"], Isolation.TRUSTED), jobs=2) as pool:
        graded = list(pool.grade(handed_in))
    assert {g.result.student: g.result.score for g in graded} == dict.fromkeys(sources, 100)
    lines = log.read_text().splitlines()
    assert lines[lines.index("waits False") :] == ["waits False"] * lines.count("waits False")
    assert "waits True" not in lines


def test_who_waits_for_ever_is_timed_out_once_and_told_so(exam, isolation, hand_in):
    handed_in = [
        hand_in(student="waits", double="import time\ndef double(x): time.sleep(1e6)"),
        hand_in(student="computes", double="def double(x):\n    while True: pass"),
        hand_in(student="works"),
    ]
    with Pool(exam, lambda: start(["numpy"], isolation), jobs=2) as pool:
        graded = {g.result.student: g.result for g in pool.grade(handed_in)}
    assert {student: result.score for student, result in graded.items()} == {
        "waits": 40,
        "computes": 40,
        "works": 100,
    }
    verdict = graded["waits"].verdicts[0]
    assert verdict.kind is VerdictKind.TIMEOUT
    assert "was still waiting after 4 s" in verdict.message
