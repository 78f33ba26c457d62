"""What lies in a folder or a zip: the same list of entries for both."""

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.submission.errors import SubmissionError, one_line
from autograder.submission.files import DiskFile, Source, ZipMember, kind_trouble, member_trouble


@dataclass(frozen=True)
class Entry:
    """A file or folder below what is searched.

    Args:
        parts: the names on the way to it.
        modified: grows with time; comparable within one listing only.
        trouble: why it cannot be taken, or nothing; goes on after its name.
        source: where its bytes are, or None for a folder.
    """

    parts: tuple[str, ...]
    modified: float = 0.0
    trouble: str = ""
    source: Source | None = None

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def path(self) -> str:
        """Its place, for display."""
        return one_line("/".join(self.parts))

    @property
    def is_folder(self) -> bool:
        return self.source is None

    @property
    def is_notebook(self) -> bool:
        return not self.is_folder and self.name.lower().endswith(".ipynb")

    @property
    def escapes(self) -> bool:
        """Whether its name starts outside of what is searched, as in a zip made to do harm."""
        return self.parts[0] in ("", "..") or self.parts[0].endswith(":")


def list_entries(source: Path, descend: Callable[[tuple[str, ...]], bool]) -> list[Entry]:
    """The entries of a folder or zip, without hidden ones.

    Args:
        descend: whether to look into a folder on disk below `source`.

    Raises:
        SubmissionError: it is neither, or cannot be opened.
    """
    try:
        if source.is_dir():
            return list(_walk(source, (), descend))
        if zipfile.is_zipfile(source):
            return _members(source)
        source.stat()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        line = f"{source} cannot be opened ({reason}); name the folder or zip of submissions"
        raise SubmissionError(line) from None
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        reason = one_line(error)
        raise SubmissionError(f"{source} is a damaged zip ({reason}); download it again") from None
    if source.suffix.lower() == ".zip":
        raise SubmissionError(f"{source} is a damaged zip; download it again")
    raise SubmissionError(
        f"{source} is neither a folder nor a zip; name the folder or zip of submissions"
    )


def _is_hidden(name: str) -> bool:
    return (name.startswith(".") and name not in (".", "..")) or name == "__MACOSX"


def _walk(
    folder: Path, parts: tuple[str, ...], descend: Callable[[tuple[str, ...]], bool]
) -> Iterator[Entry]:
    with os.scandir(folder) as children:
        found = sorted(children, key=lambda child: child.name)
    for child in found:
        here = (*parts, child.name)
        if _is_hidden(child.name):
            continue
        if not child.is_dir(follow_symlinks=False):
            status = child.stat(follow_symlinks=False)
            trouble = kind_trouble(status.st_mode)
            yield Entry(here, status.st_mtime, trouble, DiskFile(Path(child.path)))
            continue
        yield Entry(here)
        if descend(here):
            try:
                yield from _walk(Path(child.path), here, descend)
            except OSError as error:
                yield Entry(here, trouble=f"cannot be opened ({error.strerror}): mend its rights")


def _members(source: Path) -> list[Entry]:
    files: list[Entry] = []
    folders: set[tuple[str, ...]] = set()  # listed or implied
    with zipfile.ZipFile(source) as archive:
        for index, info in enumerate(archive.infolist()):
            parts = _parts(info)
            if any(_is_hidden(part) for part in parts):
                continue
            folders.update(parts[:depth] for depth in range(1, len(parts)))
            if info.filename.endswith(("/", "\\")):
                folders.add(parts)
            else:
                files.append(_member(source, index, info))
    plain = (path for path in sorted(folders) if ".." not in path)
    return [entry for path in plain if not (entry := Entry(path)).escapes] + files


def _member(source: Path, index: int, info: zipfile.ZipInfo) -> Entry:
    parts = _parts(info)
    # Digits in order, because a date in a zip need not be one.
    modified = float("".join(f"{number:02d}" for number in info.date_time))
    trouble = member_trouble(info)
    entry = Entry(parts, modified, trouble, ZipMember(source, index))
    if entry.escapes or ".." in parts:
        return replace(
            entry, trouble="leaves its folder in the zip: hand in the notebook by itself"
        )
    return entry


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    name = info.filename
    if not info.flag_bits & 0x800:  # not marked as UTF-8, which macOS writes without saying so
        with suppress(ValueError):
            name = name.encode("cp437").decode("utf-8")
    # Windows' own zips have backslashes. A first part that is empty means an absolute path.
    first, *rest = re.split(r"[/\\]", name.removeprefix("./"))
    return (first, *(part for part in rest if part not in ("", ".")))
