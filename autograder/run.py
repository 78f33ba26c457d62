"""A grading run: from a folder of submissions to gradebook, notebooks and pages.

All it writes goes below one folder, each file whole or not at all. What is graded is in the journal
before it is told, so that a run may end at any moment and the same command goes on.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.files import locked
from autograder.grade import Exam, Graded
from autograder.journal import Journal, Lines, journal_of
from autograder.planning import Plan, prepare, warm_parent
from autograder.pool import Pool
from autograder.results import Report, Result
from autograder.sandbox import Parent, environment, sweep

if TYPE_CHECKING:
    from autograder.outputs import Outputs


def run(plan: Plan, tell: Callable[[Result], None]) -> Report:
    """Grade what is not known yet, write all, and tell of each result when it is there.

    Raises:
        SandboxError: this machine cannot give the isolation asked for.
        CourseError: the checks, the secret or the release are not as they should be.
        GradebookError: the database cannot be used.
        OutputError: the output folder or the journal cannot be written.
        KeyboardInterrupt: it was stopped; the message says what is kept.
    """
    started = time.monotonic()
    with locked(plan.out, f"grading {plan.assignment.name}"):
        sweep()
        with Lines(journal_of(plan.out, plan.assignment.name)) as lines:
            report = _graded(plan, lines, tell)
    return replace(report, seconds=time.monotonic() - started)


def _graded(plan: Plan, lines: Lines, tell: Callable[[Result], None]) -> Report:
    told: list[Graded] = []
    with ExitStack() as stack:
        begin = stack.enter_context(_starting(plan, now=plan.anew or lines.empty))
        exam = stack.enter_context(closing(prepare(plan)))
        around = environment(plan.assignment.packages, plan.isolation, plan.seed)
        journal = Journal(lines, exam, around, plan.seed)
        outputs = stack.enter_context(_outputs(plan, exam))
        stack.enter_context(_saying_what_is_kept(plan, journal))
        pool = stack.enter_context(Pool(exam, begin, plan.jobs, plan.order, journal))
        for graded in pool.grade(plan.submissions):
            if graded.result.verdicts:
                outputs.write(graded)
                told.append(graded)
                tell(graded.result)
        results = sorted((one.result for one in told), key=lambda result: result.student)
        pages, problems = outputs.finish(results)
    known = sum(not one.judged and one.notebook is not None for one in told)
    return Report(results, problems, 0.0, plan.isolation, pages, known, lines.dropped)


@contextmanager
def _saying_what_is_kept(plan: Plan, journal: Journal) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as stop:
        count = f"{len(journal.students)} of {len(plan.submissions)} submissions are"
        command = "the same command without --regrade" if plan.anew else "the same command"
        stop.args = (f"{count} graded and kept; {command} goes on from there",)
        raise


@contextmanager
def _starting(plan: Plan, now: bool) -> Iterator[Callable[[], Parent]]:
    """What gives a warm parent.

    Args:
        now: whether one is needed for certain: it starts beside whatever else there is to do.
    """
    with ThreadPoolExecutor(1) as thread:
        first = [thread.submit(warm_parent, plan)] if now else []
        try:
            yield lambda: first.pop().result() if first else warm_parent(plan)
        finally:
            for unused in first:
                if unused.exception() is None:
                    unused.result().close()


@contextmanager
def _outputs(plan: Plan, exam: Exam) -> "Iterator[Outputs]":
    # Here, because to import nbgrader takes long, and meanwhile the warm parent starts.
    from autograder.outputs import Outputs

    with Outputs.open(plan.out, exam, plan.course.root, plan.database) as outputs:
        yield outputs
