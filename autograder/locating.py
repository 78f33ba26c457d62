"""Where an assignment's bundle is: beside the notebook, or at an address to download it from.

Only http and https are followed. What comes is checked before it takes its place, in one step, so
that a broken download leaves nothing behind.
"""

import os
import re
import time
import urllib.parse
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

from autograder.bundle import Bundle, BundleError, read

VARIABLE = "AUTOGRADER_URL"
MOST_BYTES = 50_000_000
SILENCE_SECONDS = 15.0
TOTAL_SECONDS = 120.0

NAME = re.compile(r"\w[\w.-]*")


def locate(name: str, path: str | Path | None = None) -> Bundle:
    """The bundle of an assignment: at the path, else in the working folder, else downloaded.

    Args:
        path: the file, or the folder that it lies in.

    Raises:
        BundleError: it is nowhere, damaged, or another assignment's.
    """
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise BundleError(f"{name!r} is no name of an assignment; expected one like 01_convolution")
    file = f"{name}.npz"
    places = [*_given(path, file), Path(file)]
    found = next((place for place in places if place.is_file()), None)
    return _named(found or _download(file, places), name)


def _given(path: str | Path | None, file: str) -> list[Path]:
    if path is None:
        return []
    given = Path(path).expanduser()
    return [given / file if given.is_dir() else given]


def _named(path: Path, name: str) -> Bundle:
    bundle = read(path)
    if bundle.assignment != name:
        raise BundleError(f"{path} is of {bundle.assignment}, expected {name}; download it again")
    return bundle


def _download(file: str, places: list[Path]) -> Path:
    """Fetch a file into the working folder."""
    base = os.environ.get(VARIABLE, "").strip()
    missing = f"{file} was not found (looked for {', '.join(str(p.resolve()) for p in places)})"
    if not base:
        remedy = f"put it beside the notebook, or set {VARIABLE} to the course's web address"
        raise BundleError(f"{missing}; {remedy}")
    url = f"{base.rstrip('/')}/{urllib.parse.quote(file)}"
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise BundleError(f"{missing}; {VARIABLE} is {base}, expected an https:// address")
    try:
        data = _fetch(url)
    except (OSError, ValueError, HTTPException) as error:
        if isinstance(error, HTTPError):
            error.close()  # it holds the connection
        reason = getattr(error, "reason", None) or error
        remedy = "check the address and the network"
        raise BundleError(f"{missing} and {url} did not give it ({reason}); {remedy}") from None
    return _keep(data, Path(file), url)


def _fetch(url: str) -> bytes:
    deadline = time.monotonic() + TOTAL_SECONDS
    data = bytearray()
    with _opener().open(url, timeout=SILENCE_SECONDS) as response:
        while block := response.read1(1 << 16):
            data += block
            if len(data) > MOST_BYTES:
                raise ValueError(f"it is larger than {MOST_BYTES} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError(f"it took longer than {TOTAL_SECONDS:g} s")
    return bytes(data)


def _opener() -> urllib.request.OpenerDirector:
    """What follows http and https only, wherever an address redirects to."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _keep(data: bytes, path: Path, url: str) -> Path:
    """Put a download in its place once it has proved to be a bundle."""
    # Closed before it is moved, because Windows moves no open file.
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        draft.write_bytes(data)
        read(draft)
        draft.replace(path)
    except BundleError:
        raise BundleError(f"{url} gave no bundle of checks; ask your instructor") from None
    except OSError as error:
        folder = path.parent.resolve()
        raise BundleError(
            f"{folder} cannot be written: {error.strerror}; make room there"
        ) from None
    finally:
        draft.unlink(missing_ok=True)
    return path
