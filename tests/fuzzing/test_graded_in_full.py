"""Changed notebooks graded in full, by a process of their own that is ended where it hangs."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

COUNT = 12
SEED = 1
"""With it, some of the notebooks earn all points, some a part of them, some cannot be read."""


@pytest.mark.slow
def test_they_earn_what_they_deserve_and_the_judge_goes_on(tmp_path, strongest):
    words = ["benchmarks.fuzzed", "graded", COUNT, SEED, tmp_path, strongest]
    done = subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    finding = tmp_path / "finding.json"
    assert not finding.exists(), finding.read_text()
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "count").read_text() == f"{COUNT} done"
