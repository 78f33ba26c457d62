"""One process of `fuzzing.py`: python -m benchmarks.fuzzed TARGET COUNT SEED FOLDER TIER.

Hypothesis makes the inputs. The one that is being tried lies in FOLDER/current, how many have been
in FOLDER/count. What is wrong ends the process: FOLDER/finding.json says what, of the smallest
input that was found, which FOLDER/current then is.
"""

import json
import resource
import sys
import traceback
from pathlib import Path

from hypothesis import given, seed
from hypothesis import strategies as st

from autograder.isolation import Isolation
from autograder.shrinking import searching
from tests.fuzzing.targets import Input, Target, target

MEMORY_BYTES = 4 << 30
BATCH = 1_000
"""Inputs of one run of Hypothesis's, which remembers them all."""


class Trying:
    """Tries inputs, and keeps on disk where it is."""

    def __init__(self, target: Target, folder: Path) -> None:
        self._target = target
        self._folder = folder
        self.count = 0
        self.title = ""

    def __call__(self, one: Input) -> None:
        self.title, data = one
        (self._folder / "current").write_bytes(data)
        (self._folder / "count").write_text(f"{self.count} {self.title}")
        self._target.attempt(one)
        self.count += 1


def batch(trying: Trying, inputs: st.SearchStrategy[Input], count: int, number: int) -> None:
    """Some inputs made under one seed; what is wrong is raised with the smallest of them."""

    @seed(number)
    @searching(count)
    @given(inputs)
    def attempt(one: Input) -> None:
        trying(one)

    attempt()


def main(name: str, count: int, number: int, folder: Path, isolation: Isolation) -> int:
    """Try so many inputs; 1 where one showed that something is wrong."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, hard))
    title = "before the first input"
    try:
        tried = target(name, folder, isolation)
        trying = Trying(tried, folder)
        while trying.count < count:
            batch(trying, tried.inputs, min(BATCH, count - trying.count), number)
            number += 1
        title = "after the last input"
        tried.close()
    except BaseException as error:
        if title != "after the last input" and "trying" in locals():
            title = trying.title
        told = traceback.format_exception(error)
        finding = {"title": title, "error": repr(error)[:2_000], "trace": "".join(told)}
        (folder / "finding.json").write_text(json.dumps(finding))
        return 1
    (folder / "count").write_text(f"{trying.count} done")
    return 0


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(words[0], int(words[1]), int(words[2]), Path(words[3]), Isolation(words[4])))
