"""A cell's outputs, built by us from what was observed: text, plain results, errors, PNG."""

import base64
from collections.abc import Iterator, Mapping

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.feedback import cards
from autograder.feedback.panels import panels
from autograder.nbgrader.plain import plain, told
from autograder.protocol import Value
from autograder.results import Verdict, VerdictKind


def observed(observation: Mapping[str, Value], count: int) -> list[NotebookNode]:
    """What a cell put out. Whatever is not as expected is left out.

    Args:
        observation: as `autograder.shown.Shown` keeps it, so that pictures are our own files.
        count: the cell's number in the order of running.
    """
    outputs = [
        *_printed(observation.get("stdout")),
        *_pictures(observation.get("images")),
        *_result(observation.get("result"), count),
        *_error(observation.get("error")),
    ]
    return list(outputs)


def judged(verdict: Verdict) -> list[NotebookNode]:
    """What a check's cell shows: the verdict, and the points, which nbgrader reads there."""
    shown = [_told(verdict)]
    if verdict.kind is not VerdictKind.UNGRADED:
        points = float(min(verdict.score, verdict.max_score))  # nbgrader takes no more
        shown.append(_result_of(repr(points), None))
    return shown


def _told(verdict: Verdict) -> NotebookNode:
    """The verdict as text, and with pictures where there is something to be seen."""
    text = told(verdict)
    if verdict.difference is None:
        return _stream(f"{text}\n")
    html = cards.html(verdict, panels(verdict.difference))
    return _display({"text/plain": text, "text/html": html})


def _printed(stdout: Value) -> Iterator[NotebookNode]:
    if text := plain(stdout):
        yield _stream(text)


def _pictures(images: Value) -> Iterator[NotebookNode]:
    for image in images if isinstance(images, list | tuple) else ():
        if isinstance(image, np.ndarray):
            png = base64.b64encode(image.tobytes()).decode()
            yield _display({"image/png": png, "text/plain": "<Figure>"})
        else:
            yield _stream("[a picture is left out]\n")


def _result(result: Value, count: int) -> Iterator[NotebookNode]:
    if text := plain(result):
        yield _result_of(text, count)


def _error(error: Value) -> Iterator[NotebookNode]:
    if isinstance(error, Mapping):
        name, value = plain(error.get("type"), 200), plain(error.get("message"))
        lines = plain(error.get("traceback")).rstrip("\n") or f"{name}: {value}"
        yield _output("error", ename=name, evalue=value, traceback=lines.split("\n"))


def _stream(text: str) -> NotebookNode:
    return _output("stream", name="stdout", text=text)


def _display(data: Mapping[str, str]) -> NotebookNode:
    return _output("display_data", data=data, metadata={})


def _result_of(text: str, count: int | None) -> NotebookNode:
    data = {"text/plain": text}
    return _output("execute_result", data=data, metadata={}, execution_count=count)


def _output(kind: str, **told: object) -> NotebookNode:
    made: NotebookNode = nbformat.from_dict({"output_type": kind, **told})
    return made
