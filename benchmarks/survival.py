"""A run that is killed at random moments: does the same command go on, and is all as it should be?

python benchmarks/survival.py --submissions 40 --moments 50

Each moment lies somewhere in the time that an undisturbed run takes. What is killed is started
again, and killed again, until it gets to its end; then all that it has written is compared with
what an undisturbed run has written, and the next one begins with an empty folder.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import psutil
import typer
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.isolation import Isolation
from autograder.journal import journal_of
from benchmarks.copies import hand_in
from benchmarks.courses import build

NAME = "01_convolution"
TIMES = (rb"graded in [^<]*", rb"<td>[0-9.]+ (ms|s|min)</td>")
"""What differs from run to run on a page."""


@dataclass
class Found:
    """What came of it.

    Args:
        seconds: of the undisturbed run.
        kills: moments at which a run was killed.
        ends: runs that got to their end, between kills.
        different: of those, how many have written something else than the undisturbed one.
        twice: results that were in the journal and were graded again all the same.
        torn: journals whose last line was torn.
        left: processes that outlived a killed run by a minute, and files that the next one left.
    """

    seconds: float
    kills: int = 0
    ends: int = 0
    different: int = 0
    twice: int = 0
    torn: int = 0
    left: int = 0

    @property
    def sound(self) -> bool:
        return not (self.different or self.twice or self.left)


def main(
    submissions: Annotated[int, typer.Option(min=1, help="Copies to grade.")] = 40,
    moments: Annotated[int, typer.Option(min=1, help="How often to kill.")] = 50,
    seed: Annotated[int, typer.Option(help="What the moments are drawn from.")] = 0,
    isolation: Annotated[Isolation, typer.Option(help="How they are kept in.")] = Isolation.FULL,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write figures here.")] = None,
) -> None:
    """Kill, go on, compare, and say what was found."""
    with TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        Path(folder).chmod(0o755)
        trial = Trial(Path(folder), submissions, isolation)
        found = trial.run(moments, random.Random(seed))
    table = Table("figure", "", box=None)
    for name, value in asdict(found).items():
        table.add_row(name, f"{value:.4g}")
    Console().print(table)
    if json_file:
        json_file.write_text(json.dumps(asdict(found), indent=1) + "\n")
    if not found.sound:
        raise typer.Exit(1)


class Trial:
    """A class, and the command that grades it."""

    def __init__(self, folder: Path, submissions: int, isolation: Isolation) -> None:
        course = build(NAME, folder / "course")
        assignment = course.assignment(NAME)
        submitted = folder / "submitted"
        hand_in(assignment.text.parent, assignment.solution, submissions, submitted)
        self._folders = (folder / f"out{n}" for n in range(10**6))
        self._temporary = folder / "tmp"
        self._temporary.mkdir()
        self._temporary.chmod(0o1777)
        words = ["--submissions", submitted, "--course", course.root, "--isolation", isolation]
        grade = [sys.executable, "-m", "autograder", "grade", NAME]
        self._command = [*grade, *map(str, words)]

    def run(self, moments: int, draw: random.Random) -> Found:
        """Grade undisturbed, and then with so many kills, to the end after the last of them."""
        out = next(self._folders)
        started = time.monotonic()
        self._begin(out).wait()
        found = Found(time.monotonic() - started)
        typer.echo(f"undisturbed: {found.seconds:.1f} s")
        wanted = outcome(out, out / "results.json")
        out = next(self._folders)
        unfinished = True
        while unfinished or found.kills < moments:
            process = self._begin(out)
            seconds = draw.uniform(0, found.seconds) if found.kills < moments else None
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
            unfinished = process.poll() is None
            if unfinished:
                found.kills += 1
                found.left += _killed(process)
                found.torn += _is_torn(journal_of(out, NAME))
                count = len(kept(journal_of(out, NAME)))
                typer.echo(f"kill {found.kills} of {moments}: {count} submissions are kept")
            else:
                found.ends += 1
                other = differences(outcome(out, out / "results.json"), wanted)
                found.different += bool(other)
                typer.echo(f"end {found.ends}: {', '.join(other) or 'nothing'} differs")
                found.twice += _repeated(kept(journal_of(out, NAME)))
                found.left += len([*self._temporary.iterdir(), *out.rglob(".*.draft")])
                out = next(self._folders)
        return found

    def _begin(self, out: Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [*self._command, "--out", str(out), "--json", str(out / "results.json")],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(self._temporary)},
        )


def _killed(process: "subprocess.Popen[bytes]") -> int:
    """Kill a run with its process group; how many of its other processes outlive it."""
    family = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return len(psutil.wait_procs(family, timeout=60)[1])


def _is_torn(journal: Path) -> bool:
    return journal.exists() and not journal.read_bytes().endswith(b"\n")


def _repeated(students: Sequence[str]) -> int:
    return len(students) - len(set(students))


def kept(journal: Path) -> list[str]:
    """The students whose results are in a journal, in the order in which they came."""
    lines = journal.read_bytes().splitlines(keepends=True) if journal.exists() else []
    whole = [line for line in lines if line.endswith(b"\n")]
    return [json.loads(line.partition(b" ")[2])["student"] for line in whole[1:]]


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The names of what two runs have not written alike."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def outcome(out: Path, results: Path) -> dict[Any, Any]:
    """All that a run has written, without ids and times."""
    written: dict[Any, Any] = {
        str(path.relative_to(out)): _timeless(path)
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.parent.name != "journal"
    }
    for own in (".autograder.lock", "gradebook.db", "nbgrader_config.py"):
        written.pop(own, None)
    recorded = dict(_recorded(out / "gradebook.db"))
    return written | {"results": results.read_bytes(), "gradebook": recorded}


def _timeless(path: Path) -> bytes:
    content = path.read_bytes()
    for times in TIMES if path.suffix == ".html" else ():
        content = re.sub(times, b"", content)
    return content


def _recorded(database: Path) -> Iterator[tuple[tuple[str, str], Any]]:
    """What the gradebook has of each student in each assignment."""
    with Gradebook(f"sqlite:///{database}") as book:
        for assignment in book.assignments:
            for handed_in in assignment.submissions:
                (one,) = handed_in.notebooks
                grades = [(g.name, g.auto_score, g.needs_manual_grade) for g in one.grades]
                said = [(c.name, c.auto_comment) for c in one.comments]
                yield (assignment.name, handed_in.student_id), (sorted(grades), sorted(said))


if __name__ == "__main__":
    typer.run(main)
