"""Files written whole or not at all and nowhere else, and the lock of an output folder."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from glob import escape
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Protocol, TextIO


class OutputError(Exception):
    """An output folder that cannot be written, in one line with what to do."""


DRAFT = ".draft"


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file so that a reader finds all of it or what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(DRAFT, f".{path.name}.", path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)
        draft.replace(path)
    except BaseException:
        draft.unlink()
        raise


def below(folder: Path, *names: str) -> Path:
    """The place that names lead to, each one level below the one before, whatever they are.

    Raises:
        ValueError: a name is none of a file, or a link leads out of the folder.
    """
    path = folder
    for name in names:
        fair = name and name.isprintable() and name == name.strip(". ")
        if not fair or set(name) & set("/\\:"):
            line = f"{name!r:.80} is no name of a file"
            raise ValueError(f"{line}; rename the student or assignment")
        if (path / name).resolve().parent != path.resolve():
            raise ValueError(f"{path / name} leads out of {path}; remove the link")
        path /= name
    return path


def clear_drafts(folder: Path, name: str = "*") -> None:
    """Delete what writers of a file, or of all in a folder, left there when they were killed."""
    for draft in folder.glob(f".{name}.*{DRAFT}"):
        draft.unlink(missing_ok=True)


class Reported(Protocol):
    """What a report lists: results, groups of them, what an audit found."""

    def as_json(self) -> dict[str, Any]: ...


def refuse_folder(path: Path, option: str = "--json") -> None:
    """Find out before the work, not after, that a report cannot be written to a folder's name.

    Raises:
        OutputError: it is one.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file for {option}")


def write_json(path: Path, reported: Sequence[Reported]) -> None:
    """Write a report as one JSON list.

    Raises:
        OutputError: the file cannot be written.
    """
    text = json.dumps([one.as_json() for one in reported], indent=1, ensure_ascii=False)
    write_report(path, text.encode() + b"\n")


def write_report(path: Path, data: bytes, option: str = "--json") -> None:
    """Write the file that an option names, for its owner only: it may tell of hidden cases.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        clear_drafts(path.parent, escape(path.name))
        write_whole(path, data, 0o600)
    except OSError as error:
        line = f"{path} could not be written: {error.strerror}; name another {option}"
        raise OutputError(line) from None


@contextmanager
def locked(out: Path, doing: str) -> Iterator[None]:
    """Keep a second grader out of an output folder; made if it does not exist.

    Args:
        doing: what this process does there, for the other one to tell.

    Raises:
        OutputError: another grader holds the lock, or the folder cannot be written.
    """
    # Here alone, because the student's side runs where there is no fcntl.
    import fcntl

    path = out / ".autograder.lock"
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = path.open("a+")
    except OSError as error:
        raise OutputError(
            f"{out} cannot be written: {error.strerror}; name another --out"
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise OutputError(
                f"{out} is being written by {holder}; wait until it is done, or name another --out"
            ) from None
        _tell(file, f"process {os.getpid()}, {doing} since {datetime.now():%Y-%m-%d %H:%M:%S}")
        yield


def _tell(file: TextIO, holder: str) -> None:
    """Say who holds the lock. It holds all the same where a disk is too full to say so."""
    file.truncate(0)
    with suppress(OSError):
        os.write(file.fileno(), f"{holder}\n".encode())
