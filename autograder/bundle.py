"""The public part of an assignment as data: one npz file beside the notebook.

It holds the public cases, the right answers and what bounds their rounding, so that a student
needs neither the solution nor the checks. It is read without pickle.
"""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks import Case
from autograder.protocol import HEADER, Value, decode, encode, read_header
from autograder.questions import Misconception, Question, Trial
from autograder.tolerance import Expected

FIELDS = tuple(
    f.name
    for f in fields(Question)
    if f.name not in ("trials", "misconceptions", "limits", "check")
)
"""What travels of a question besides its trials; a reference never does."""

TOLD = tuple(f.name for f in fields(Misconception) if f.name != "source")
"""What travels of a misconception: what it answers, and nothing of its code."""


class BundleError(Exception):
    """A bundle that is missing or damaged, in one line with what to do."""


@dataclass(frozen=True)
class Bundle:
    """The public questions of one assignment. `version` changes whenever any of them does.

    Args:
        packages: what the assignment allows.
    """

    assignment: str
    version: str
    questions: tuple[Question, ...]
    packages: tuple[str, ...] = ()


def bundle(assignment: str, questions: Sequence[Question], packages: Sequence[str] = ()) -> Bundle:
    """Name the version of an assignment's public questions."""
    document = [_question_as_value(question) for question in questions]
    own = tuple(_without_code(question) for question in questions)
    version = sha256(encode([document, list(packages)])).hexdigest()[:16]
    return Bundle(assignment, version, own, tuple(packages))


def _without_code(question: Question) -> Question:
    told = tuple(replace(one, source="") for one in question.misconceptions)
    return replace(question, misconceptions=told, check=None)


def write(bundle: Bundle, path: Path) -> None:
    """Write a bundle; the same questions give the same bytes."""
    value = {
        "assignment": bundle.assignment,
        "version": bundle.version,
        "packages": list(bundle.packages),
        "questions": [_question_as_value(question) for question in bundle.questions],
    }
    # One member for all: of a thousand small ones each would take its time to find and to open.
    with path.open("wb") as file:
        np.savez_compressed(file, frame=np.frombuffer(encode(value), np.uint8))


def read(path: Path) -> Bundle:
    """Read a bundle.

    Raises:
        BundleError: the file is missing, damaged or of another program.
    """
    try:
        with path.open("rb") as data, np.load(data, allow_pickle=False) as file:
            frame = file["frame"].tobytes()
        document, _ = read_header(frame[: HEADER.size])
        end = HEADER.size + document
        value = decode(frame[HEADER.size : end], frame[end:])
        questions = tuple(_question_from(item) for item in value["questions"])
        return Bundle(value["assignment"], value["version"], questions, tuple(value["packages"]))
    except FileNotFoundError:
        raise BundleError(f"{path} does not exist; download it beside the notebook") from None
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, EOFError, struct.error, zipfile.BadZipFile):
        raise BundleError(f"{path} is damaged or no bundle of checks; download it again") from None


def _question_as_value(question: Question) -> dict[str, Value]:
    fields = {name: getattr(question, name) for name in FIELDS}
    plain = {name: dict(v) if isinstance(v, Mapping) else v for name, v in fields.items()}
    return plain | {
        "trials": [_trial_as_value(trial) for trial in question.trials],
        "misconceptions": [
            {name: getattr(one, name) for name in TOLD} for one in question.misconceptions
        ],
    }


def _trial_as_value(trial: Trial) -> dict[str, Value]:
    case = trial.case
    inputs: dict[str, Any] = dict(case.inputs)
    return {
        "case": {"name": case.name, "inputs": inputs, "exact": case.exact, "layout": case.layout},
        "expected": {name: _expected_as_value(one) for name, one in trial.expected.items()},
    }


def _expected_as_value(expected: Expected) -> dict[str, Value]:
    return {name: getattr(expected, name) for name in Expected.__dataclass_fields__}


def _question_from(value: dict[str, Value]) -> Question:
    trials = tuple(_trial_from(item) for item in value.pop("trials"))
    misconceptions = tuple(Misconception(**item) for item in value.pop("misconceptions"))
    return Question(**value, trials=trials, misconceptions=misconceptions)


def _trial_from(value: dict[str, Value]) -> Trial:
    expected = {name: Expected(**fields) for name, fields in value["expected"].items()}
    return Trial(Case(**value["case"]), expected)
