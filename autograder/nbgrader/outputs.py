"""A cell's outputs, built by us from what was observed: text, plain results, errors, PNG."""

import base64
from collections.abc import Iterator, Mapping

import numpy as np
from nbformat import NotebookNode
from nbformat.v4 import new_output

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
        shown.append(new_output("execute_result", data={"text/plain": repr(points)}))
    return shown


def _told(verdict: Verdict) -> NotebookNode:
    """The verdict as text, and with pictures where there is something to be seen."""
    text = told(verdict)
    if verdict.difference is None:
        shown: NotebookNode = new_output("stream", name="stdout", text=f"{text}\n")
    else:
        html = cards.html(verdict, panels(verdict.difference))
        shown = new_output("display_data", data={"text/plain": text, "text/html": html})
    return shown


def _printed(stdout: Value) -> Iterator[NotebookNode]:
    if text := plain(stdout):
        yield new_output("stream", name="stdout", text=text)


def _pictures(images: Value) -> Iterator[NotebookNode]:
    for image in images if isinstance(images, list | tuple) else ():
        if isinstance(image, np.ndarray):
            png = base64.b64encode(image.tobytes()).decode()
            data = {"image/png": png, "text/plain": "<Figure>"}
            yield new_output("display_data", data=data)
        else:
            yield new_output("stream", name="stdout", text="[a picture is left out]\n")


def _result(result: Value, count: int) -> Iterator[NotebookNode]:
    if text := plain(result):
        yield new_output("execute_result", data={"text/plain": text}, execution_count=count)


def _error(error: Value) -> Iterator[NotebookNode]:
    if isinstance(error, Mapping):
        name, value = plain(error.get("type"), 200), plain(error.get("message"))
        lines = plain(error.get("traceback")).rstrip("\n") or f"{name}: {value}"
        yield new_output("error", ename=name, evalue=value, traceback=lines.split("\n"))
