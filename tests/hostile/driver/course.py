"""What hostile submissions are handed in to: an exercise of each kind, and right answers."""

import textwrap
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_notebook

from autograder import Case, Check
from autograder.asking import ask
from autograder.checks import Limits
from autograder.grade import Exam

SECRET = b"hostile submissions would like this"
HIDDEN = {"low": 100_000, "high": 999_999}
"""Numbers so large are in hidden cases alone: where one is seen, a hidden case is."""


def images(draw, count):
    """Images that are brighter in one half, and which half that is."""
    labels = np.array([draw.integer(0, 1) for _ in range(count)])
    noise = draw.reals(count, 4, 4, 1, low=0, high=1)
    noise[np.arange(count), 2 * labels] += 2
    return noise, labels


def drawn_images(draw):
    """A training with images to learn from and others to be tested on."""
    (seen, labels), (unseen, wanted) = images(draw, 64), images(draw, 64)
    given = {"images": seen, "labels": labels, "test_images": unseen, "test_labels": wanted}
    return {**given, "shapes": [(16, 2), (2,)]}


def dense(weights, x):
    return x.reshape(len(x), -1) @ weights[0] + weights[1]


CHECKS = {
    "function": Check(
        "scale",
        100,
        lambda x, factor: x * factor,
        [Case("four", {"x": np.float32([1, 2, 3, 4]), "factor": 2})],
        lambda draw: {"x": draw.integers(4, **HIDDEN), "factor": draw.integer(2, 9)},
        public=0,
    ),
    "layer": Check(
        "Gain",
        {"forward": 50, "gradients": 20, "config": 10, "saving": 20},
        lambda x, gain: x * gain,
        [Case("four", {"x": np.float32([[1, 2, 3, 4]]), "gain": np.float32([1, 2, 1, 2])})],
        lambda draw: {"x": draw.integers(2, 4, **HIDDEN), "gain": draw.integers(4, low=1, high=9)},
        kind="layer",
        weights=["gain"],
        multilinear=["x", "gain"],
        public=1,
    ),
    "model": Check(
        "build",
        {"summary": 30, "outputs": 70},
        lambda x, weights: dense(weights, x),
        draw=lambda draw: {
            "x": draw.integers(2, 4, 4, 1, **HIDDEN),
            "weights": [draw.integers(16, 2), draw.integers(2)],
        },
        kind="model",
        rows=lambda: [("Flatten", (None, 16), 0), ("Dense", (None, 2), 34)],
        rtol=1e-4,
    ),
    "trained": Check(
        "train",
        {"well": 100},
        dense,
        draw=drawn_images,
        kind="trained",
        thresholds={"well": 0.95},
    ),
}
KIND_OF = {check.name: kind for kind, check in CHECKS.items()}

RIGHT = {
    "scale": "def scale(x, factor):\n    return x * factor",
    "Gain": """
        class Gain(keras.layers.Layer):
            def build(self, shape):
                self.gain = self.add_weight(name="gain", shape=(shape[-1],))

            def call(self, x):
                return x * self.gain
    """,
    "build": """
        def build():
            return keras.Sequential(
                [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
            )
    """,
    "train": """
        def train(images, labels):
            model = keras.Sequential(
                [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
            )
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
            model.compile("sgd", loss, run_eagerly=True)
            model.fit(images, labels, batch_size=64, epochs=8, verbose=0)
            return model
    """,
}

SETUP = '''
import ctypes
import os
import socket
import sys

import numpy as np

KNOWN = {known!r}


def attempt(what, call, *arguments, **options):
    """Try what must not succeed, and say how it went."""
    try:
        result = call(*arguments, **options)
    except BaseException as error:
        print("refused", what, type(error).__name__, error)
    else:
        print("BREACH", what, repr(result)[:200])


libc = ctypes.CDLL(None, use_errno=True)


def kernel(name, *arguments):
    """Call the C library by name, or the kernel by number."""
    ctypes.set_errno(0)
    call = libc.syscall if isinstance(name, int) else getattr(libc, name)
    call.restype = ctypes.c_long if isinstance(name, int) else ctypes.c_int
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    result = call(*([ctypes.c_long(name), *words] if isinstance(name, int) else words))
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def write(path, data):
    """Write to a file that is there, past all buffers."""
    number = os.open(path, os.O_WRONLY)
    try:
        return os.write(number, data)
    finally:
        os.close(number)
'''
"""The released notebook's first cell. What an attacker may know of the machine stands in it: where
everything lies, and who runs."""


@dataclass(frozen=True)
class Assignment:
    """What is graded together with one warm parent."""

    name: str
    packages: tuple[str, ...]
    kinds: tuple[str, ...]
    limits: Limits


SMALL = Limits(
    cell_seconds=1.5,
    call_seconds=0.5,
    memory_bytes=512 << 20,
    processes=24,
    file_bytes=4 << 20,
    scratch_bytes=8 << 20,
    output_characters=20_000,
    submission_seconds=60,
)
LARGE = replace(SMALL, cell_seconds=5, call_seconds=2, memory_bytes=1536 << 20, processes=64)
NUMBERS = Assignment("numbers", ("numpy",), ("function",), SMALL)
NETWORKS = Assignment("networks", ("keras",), ("layer", "model", "trained"), LARGE)


def assignment_of(kinds):
    """The assignment that has exercises of these kinds."""
    return next(one for one in (NUMBERS, NETWORKS) if set(kinds) <= set(one.kinds))


def exam(assignment, known, kinds=None):
    """What submissions are held against; of these kinds alone."""
    asked = [ask(CHECKS[kind], assignment.name, SECRET) for kind in kinds or assignment.kinds]
    return Exam(assignment.name, asked, release(assignment, known), assignment.limits)


def release(assignment, known):
    """The notebook as students got it."""
    return notebook(assignment, known, {}, ())


def right_notebook(assignment=NUMBERS, known=None):
    """A notebook that earns all points."""
    return notebook(assignment, known or {}, RIGHT, ())


def notebook(assignment, known, answers, own):
    """A notebook with answers by the name of their check, and cells of one's own."""
    setup = SETUP.format(known=known) + ("import keras\n" if assignment is NETWORKS else "")
    cells = [_cell("setup", setup)]
    cells += [new_code_cell(source, id=f"own-{n}") for n, source in enumerate(own)]
    for kind in assignment.kinds:
        name = CHECKS[kind].name
        stub = f"# {name}\nraise NotImplementedError()"
        answer = textwrap.dedent(answers.get(name, stub)).strip()
        cells += [
            _cell(f"{name}-solution", answer, solution=True),
            _cell(name, f'check("{name}")', CHECKS[kind].max_score),
        ]
    return new_notebook(cells=cells)


def _cell(grade_id, source, points=None, solution=False):
    told = {"grade_id": grade_id, "grade": points is not None, "solution": solution}
    told |= {"locked": not solution, "schema_version": 3, "task": False}
    told |= {"points": points, "cell_type": "code"} if points is not None else {}
    made = new_code_cell(source.strip(), id=grade_id)
    made.metadata["nbgrader"] = told
    return made


def hand_in(folder, student, document):
    """Put a notebook where a student hands it in."""
    path = Path(folder, f"{student}.ipynb")
    path.write_text(document if isinstance(document, str) else nbformat.writes(document))


def hidden_numbers(exam):
    """Every number that only a hidden case or its right answer has, as text."""
    found = set()
    for question in exam.questions:
        for trial in question.trials:
            if not trial.case.public:
                values = [*trial.case.inputs.values(), *(e.value for e in trial.expected.values())]
                for value in values:
                    if isinstance(value, np.ndarray):
                        large = value[np.abs(value) >= HIDDEN["low"]]
                        found |= {str(int(number)) for number in np.ravel(large)}
    return found
