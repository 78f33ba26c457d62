"""Submissions that try to carry hidden cases out, and how one looks for what they carried."""

import base64
from itertools import product

import nbformat

from tests.autograder.conftest import cell, new_notebook

NAME = "01_canaries"
CHECKED = ("first", "second", "third")
SECRET = "0123456789abcdef" * 4
CHECKS = '''
import numpy as np
from autograder import Case, Check

LETTERS = "bcdfghjkmnpqrstvwxz"


def draw(d):
    """Numbers and a word that stand nowhere else."""
    word = "".join(d.choice(LETTERS) for _ in range(12))
    return {"x": d.integers(d.integer(1, 3), low=1_000_000, high=8_000_000), "word": word}


def double(x, word):
    return 2 * x


EXAMPLE = Case("one", {"x": np.arange(8, dtype=np.float32), "word": "large enough to be shrunk"})
CHECKS = [
    Check("first", 10, double, [EXAMPLE], draw, public=0, credit="share"),
    Check("second", 10, double, [EXAMPLE], draw, public=0, builds_on=("first",)),
    Check("third", 10, double, [EXAMPLE], draw, public=0, builds_on=("first",)),
]
'''

PREPARED = '''
import base64, os, sys, warnings, logging
import numpy as np

STASH = []

def told():
    """All that hidden cases were, in every way of writing it that is looked for."""
    plain = " ".join(f"{word} {number:.0f} {2 * number:.0f}" for x, word in STASH for number in x)
    data = plain.encode()
    ways = plain, plain[::-1], data.hex(), base64.b64encode(data).decode()
    return " ".join(way[:90] for way in ways)

def called(name, x, word):
    if x.max() >= 1_000_000:
        STASH.append((x.tolist(), word))
    mode = MODE.get(name, "right")
    if mode.endswith("tell") and STASH:
        return tell(x, told())
    return x + 1 if mode.startswith("wrong") or (mode == "right if public" and STASH) else 2 * x

def first(x, word): return called("first", x, word)
def second(x, word): return called("second", x, word)
def third(x, word): return called("third", x, word)
'''

WAYS = {
    "raises": "raise ValueError(t)",
    "notes": "e = ValueError(t); e.add_note(t); raise e from KeyError(t)",
    "group": "raise ExceptionGroup(t, [ValueError(t)])",
    "type": "raise type(t, (Exception,), {})()",
    "quotes": "raise SyntaxError(t, ('<ipython-input-1>', 1, 1, t))",
    "compiles": "exec(compile(f'raise ValueError(1) # {t}', f'<ipython-input-{t}>', 'exec'))",
    "import": "__import__(t.replace(' ', '_'))",
    "attribute": "getattr(np, t)",
    "file": "open(t)",
    "unwritten": "raise NotImplementedError(t)",
    "exits": "sys.exit(t)",
    "ends": "os._exit(int(STASH[0][0][0]) % 256)",
    "text": "return t",
    "keys": "return {t: t}",
    "class": "return type(t, (), {'__repr__': lambda s: t})()",
    "subclass": "return np.zeros(2).view(type(t, (np.ndarray,), {}))",
    "values": "return np.array(STASH[0][0])",
    "changes": "y = 2 * x; x[:] = y; return y",
    "prints": "print(t); print(t, file=sys.stderr)",
    "writes": "os.write(1, t.encode()); os.write(2, t.encode())",
    "warns": "warnings.warn(t); logging.error(t)",
    "defines": "globals()['first'] = globals()['second'] = t; return x",
    "forges": "return x",
}
"""What to do with a text `t`; where it does not end the call, it goes on with a wrong answer."""

FORGING = """
from autograder.worker import answering

answered = answering.calls.answer

def forged(t):
    error = {"type": t, "message": t, "line": t, "traceback": t, "line_number": 1}
    kinds = "unsupported", "returned", "raised", "unfit", "of wrong kind", "missing", t
    told = dict.fromkeys(("value", "type", "dtype", "wanted", "reason", "stdout"), t)
    told |= {"error": error, "changed": {"0": t, "1": t}, t: t}
    return told | {"outcome": kinds[len(STASH) % len(kinds)], "forbidden": {"name": t, "line": t}}

def answer(*asked):
    came = answered(*asked)
    return forged(told()) if STASH else came

answering.calls.answer = answer
"""
"""Has the worker say what it never would."""

MODES = {
    "at once": dict.fromkeys(CHECKED, "right, then tell"),
    "from a check below": {"second": "right, then tell", "third": "right, then tell"},
    "when it is shrunk": {"first": "wrong, then tell"},
    "when others stand in": {
        "first": "wrong",
        "second": "right if public",
        "third": "wrong, then tell",
    },
}


def submissions():
    """The name and the notebook of each."""
    for (way, code), (number, mode) in product(WAYS.items(), enumerate(MODES.values())):
        if number == 0 or way in ("raises", "values", "forges"):
            told = f"def tell(x, t):\n    {code}\n    return x + 1"
            forging = FORGING if way == "forges" else ""
            student = f"{way}-{number}"
            said = f"print('hello from {student}')"
            parts = PREPARED, forging, told, f"MODE = {mode}", said
            yield student, notebook("\n\n".join(parts))


def notebook(first=""):
    """A submission, or the release."""
    cells = [cell("setup", "import numpy as np")]
    for name in CHECKED:
        stub = first if name == "first" else ""
        cells.append(cell(f"{name}-solution", stub or "# YOUR CODE HERE", None, True))
        cells.append(cell(name, f'check("{name}")', 10))
    return new_notebook(cells=cells)


def make_course(root):
    """A course folder with the one assignment."""
    for name in ("course", "assignments", "solutions"):
        (root / name / NAME).mkdir(parents=True)
    (root / "course.toml").write_text(f"[assignments.{NAME}]\n[limits]\ncall_seconds = 5\n")
    (root / ".autograder_secret").write_text(SECRET)
    (root / "course" / NAME / "checks.py").write_text(CHECKS)
    nbformat.write(notebook(), root / "assignments" / NAME / f"{NAME}.ipynb")


def canaries(questions):
    """What of hidden cases may stand nowhere, in every way of writing it, by what it is."""
    found = {}
    for question in questions:
        for trial in question.trials:
            word, numbers = trial.case.inputs["word"], trial.case.inputs["x"]
            texts = [word, *(f"{n:.0f}" for n in (*numbers, *(2 * numbers)))]
            if not trial.case.public:
                found |= {way: text for text in texts for way in ways(text)}
                found |= {f"{n:.4g}": f"{n:.0f}" for n in (*numbers, *(2 * numbers))}
    return found


def ways(text):
    """A text, turned round, and encoded; base64 in each of its three alignments."""
    data = text.encode()
    yield from (text, text[::-1], data.hex(), data[::-1].hex())
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + data).decode().rstrip("=")
        yield encoded[(0, 2, 3)[shift] : -1]
