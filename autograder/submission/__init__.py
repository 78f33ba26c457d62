"""What was handed in: found, read and repaired. Nothing of it runs here.

for submission in find(Path("submitted"), "01_convolution"):
    parsed = parse(submission.read_bytes(), submission.path)
    rebuilt = rebuild(parsed, release, "01_convolution")

SubmissionError          the folder or zip as a whole; the message is one line for the instructor
└── Unreadable           one submission; the message is one line for its student
"""

from autograder.submission.errors import SubmissionError, Unreadable
from autograder.submission.files import MAX_BYTES
from autograder.submission.finding import Submission, find
from autograder.submission.parsing import MAX_CELLS, Parsed, parse
from autograder.submission.rebuilding import Cell, Rebuilt, rebuild
from autograder.submission.release import points_by_hand

__all__ = [
    "MAX_BYTES",
    "MAX_CELLS",
    "Cell",
    "Parsed",
    "Rebuilt",
    "Submission",
    "SubmissionError",
    "Unreadable",
    "find",
    "parse",
    "points_by_hand",
    "rebuild",
]
