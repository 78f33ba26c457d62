"""Calls of what is forbidden are noticed, however they are written, and nothing else is."""

import cProfile
import sys
import threading

import numpy as np
import pytest

from autograder.worker.calls import answer
from autograder.worker.shell import Shell

X, K = np.float32([1, 2, 3]), np.float32([1, 0])

CAUGHT = {
    "by its name": "def f(x, k):\n    return np.convolve(x, k)",
    "under another name": "from numpy import convolve as c\ndef f(x, k):\n    return c(x, k)",
    "a partial": "from functools import partial\np = partial(np.convolve, mode='full')\n"
    "def f(x, k):\n    return p(x, k)",
    "a map": "def f(x, k):\n    return np.array(list(map(np.convolve, [x], [k])))[0]",
    "getattr": "def f(x, k):\n    return getattr(np, 'con' + 'volve')(x, k)",
    "a module's namesake": "import numpy.lib as lib\nlib.np = np\ndef f(x, k):\n"
    "    return lib.np.convolve(x, k)",
    "a helper": "def g(x, k):\n    return np.convolve(x, k)\ndef f(x, k):\n    return g(x, k)",
    "a lambda": "f = lambda x, k: np.convolve(x, k)",
    "a comprehension": "def f(x, k):\n    return [np.convolve(x, k) for _ in range(1)][0]",
    "a method": "class A:\n    def g(self, x, k):\n        return np.convolve(x, k)\n"
    "def f(x, k):\n    return A().g(x, k)",
    "a method of a class of one's own": "class A:\n    g = staticmethod(np.convolve)\n"
    "def f(x, k):\n    return A.g(x, k)",
    "a default": "def f(x, k, c=np.convolve):\n    return c(x, k)",
    "reduce": "from functools import reduce\ndef f(x, k):\n    return reduce(np.convolve, [x, k])",
    "a library that is handed it": "def f(x, k):\n"
    "    return np.apply_along_axis(np.convolve, 0, x, k)",
    "a library that is handed a lambda": "def f(x, k):\n"
    "    return np.apply_along_axis(lambda row: np.convolve(row, k), 0, x)",
    "vectorize": "v = np.vectorize(np.convolve, signature='(n),(m)->(k)')\n"
    "def f(x, k):\n    return v(x, k)",
    "a decorator": "from functools import wraps\ndef d(g):\n    @wraps(g)\n"
    "    def h(*a):\n        return g(*a)\n    return h\nf = d(np.convolve)",
    "the function itself": "f = np.convolve",
    "what it wraps": "f = lambda x, k: np.convolve.__wrapped__(x, k)",
    "eval": "def f(x, k):\n    return eval('np.convolve(x, k)')",
    "exec": "def f(x, k):\n    exec('global y; y = np.convolve(x, k)')\n    return y",
    "a thread": "import threading\ndef f(x, k):\n"
    "    t = threading.Thread(target=lambda: np.convolve(x, k))\n    t.start(); t.join()",
    "a thread pool": "from concurrent.futures import ThreadPoolExecutor\ndef f(x, k):\n"
    "    with ThreadPoolExecutor(1) as pool:\n"
    "        return pool.submit(lambda: np.convolve(x, k)).result()",
    "what a thread pool is handed": "from concurrent.futures import ThreadPoolExecutor\n"
    "def f(x, k):\n    with ThreadPoolExecutor(1) as pool:\n"
    "        return pool.submit(np.convolve, x, k).result()",
    "a try": "def f(x, k):\n    try:\n        np.convolve('a', k)\n    except Exception:\n"
    "        return x",
    "an import within": "def f(x, k):\n    from numpy import convolve\n    return convolve(x, k)",
    "a generator": "def g(x, k):\n"
    "    yield np.convolve(x, k)\ndef f(x, k):\n    return next(g(x, k))",
    "a sort key": "def f(x, k):\n    sorted([0], key=lambda _: np.convolve(x, k)[0])\n    return x",
}

FREE = {
    "an answer of one's own": "def f(x, k):\n    return x",
    "an import": "def f(x, k):\n    from numpy import convolve\n    return x",
    "a mention": "def f(x, k):\n    'np.convolve(x, k)'\n    g = np.convolve\n    return x",
    "a call outside of the exercise": "np.convolve([1], [2])\ndef f(x, k):\n    return x",
    "what a library calls on its own account": "def f(x, k):\n    return np.polymul(x, k)",
    "another function": "def f(x, k):\n    return np.correlate(x, k)",
    "one of the same name": "def convolve(x, k):\n    return x\n"
    "def f(x, k):\n    return convolve(x, k)",
    "a partial that is not called": "from functools import partial\ndef f(x, k):\n"
    "    partial(np.convolve, x)\n    return x",
    "its text": "def f(x, k):\n    repr(np.convolve), np.convolve.__doc__\n    return x",
}

UNSEEN = {
    "who looks away": "import sys\ndef f(x, k):\n    sys.setprofile(None)\n"
    "    return np.convolve(x, k)",
    "code with other globals": "def f(x, k):\n"
    "    return eval('np.convolve(x, k)', {'np': np, 'x': x, 'k': k})",
}


@pytest.fixture
def called(tmp_path, monkeypatch):
    """What a call of f in a notebook reports, beside which lies a module that is not imported."""
    (tmp_path / "lately.py").write_text("def twice(x): return 2 * x")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "lately", raising=False)

    def called(source, *names):
        shell = Shell(1_000)
        ran = shell.run(f"import numpy as np\n{source}")
        assert ran["error"] is None, ran["error"]
        request = {"kind": "function", "name": "f", "args": [X, K], "forbidden": list(names)}
        came = answer(request, shell.namespace)
        assert sys.getprofile() is None
        assert threading.getprofile() is None
        return came.get("forbidden")

    return called


@pytest.mark.parametrize("source", CAUGHT.values(), ids=CAUGHT)
def test_a_call_is_noticed_however_it_is_written(called, source):
    assert called(source, "numpy.convolve")["name"] == "numpy.convolve"


@pytest.mark.parametrize("source", FREE.values(), ids=FREE)
def test_what_is_no_call_of_the_students_is_free(called, source):
    assert called(source, "numpy.convolve") is None


@pytest.mark.parametrize("source", UNSEEN.values(), ids=UNSEEN)
def test_a_fence_can_be_climbed_and_the_docs_say_so(called, source):
    assert called(source, "numpy.convolve") is None


THINGS = {
    "a function of NumPy's in C": ("numpy.dot", "np.dot(x, x)", "numpy.dot"),
    "another": ("numpy.inner", "np.inner(x, x)", "numpy.inner"),
    "one in Python": ("numpy.einsum", "np.einsum('i,j', x, k)", "numpy.einsum"),
    "a method of an array": ("numpy.ndarray.dot", "x.dot(x)", "numpy.ndarray.dot"),
    "a built-in function": ("builtins.sum", "sum(x)", "builtins.sum"),
    "a function in C": ("math.fsum", "math.fsum(x)", "math.fsum"),
    "a function in Python": ("statistics.mean", "statistics.mean([1])", "statistics.mean"),
    "a class": ("numpy.poly1d", "np.poly1d(x)", "numpy.poly1d"),
    "an object of it that is called": ("numpy.poly1d", "poly(x)", "numpy.poly1d"),
    "a class of one's own below it": ("fractions.Fraction", "Own(1, 2)", "fractions.Fraction"),
    "a module": ("numpy.linalg", "np.linalg.norm(x)", "numpy.linalg.norm"),
    "a package": ("numpy", "np.linalg.norm(x)", "numpy.linalg"),
    "what draws pictures": ("PIL", "Image.fromarray(x)", "PIL.Image.fromarray"),
    "a method of a module's type": ("fractions", "half.limit_denominator(1)", "fractions"),
    "a module in C": ("math", "math.fsum(x)", "math.fsum"),
    "a method of a package's type": ("numpy", "x.sum()", "numpy.sum"),
    "what a module offers from elsewhere": ("numpy.rec", "np.rec.array([1])", "numpy.rec.array"),
    "what is imported only then": ("lately.twice", "late()(2)", "lately.twice"),
    "a module that is imported only then": ("lately", "late()(2)", "lately.twice"),
}

CELL = """import math, statistics, sys
from fractions import Fraction
from PIL import Image
class Own(Fraction): pass
half = Fraction(1, 2)
poly = np.poly1d([1, 2])
def late():
    from lately import twice
    return twice
def f(x, k):
    LINE
    return x"""


@pytest.mark.parametrize(("rule", "line", "name"), THINGS.values(), ids=THINGS)
def test_whatever_can_be_called_can_be_forbidden(called, rule, line, name):
    report = called(CELL.replace("LINE", line), rule)
    assert report["name"].startswith(name)
    assert report["line"] in (line, "")


NOT_OF_A_MODULE = {
    "an import of it": ("lately", "late()"),
    "its constants": ("math", "math.pi"),
    "another of its package": ("numpy.linalg", "np.fft.fft(x)"),
    "what has a similar name": ("stat", "statistics.mean([1])"),
    "an array's attributes": ("numpy", "x.shape, len(x), x[0], x.T"),
    "an operator": ("numpy", "x * x + x @ x"),
    "operators and attributes in Python": (
        "fractions",
        "half + half, half.numerator, -half, half < 1, float(half), [*{half}], f'{half}'",
    ),
    "another class below the same": ("keras.layers.Conv2D", "x"),
    "another function with its decorator": ("contextlib.suppress", "math.fsum(x)"),
    "no such thing": ("numpy.no_such_thing", "np.sum(x)"),
    "no such module": ("no_such_module.thing", "np.sum(x)"),
}


@pytest.mark.parametrize(("rule", "line"), NOT_OF_A_MODULE.values(), ids=NOT_OF_A_MODULE)
def test_what_is_not_forbidden_is_free(called, rule, line):
    assert called(CELL.replace("LINE", line), rule) is None


@pytest.mark.parametrize(
    ("rule", "line"),
    [("numpy.matmul", "np.matmul(x, x)"), ("numpy.add", "np.add.reduce(x)")],
)
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="said of the oldest Python")
def test_universal_functions_are_not_seen_and_the_docs_say_so(called, rule, line):
    assert called(CELL.replace("LINE", line), rule) is None


def test_the_first_of_several_calls_is_told_of(called):
    source = "def f(x, k):\n    y = np.dot(x, x)  # here\n    return np.convolve(x, k)"
    assert called(source, "numpy.convolve", "numpy.dot") == {
        "name": "numpy.dot",
        "line": "y = np.dot(x, x)  # here",
    }


def test_decorators_that_share_their_code_are_told_apart(called):
    source = (
        "import types, sys\nfrom functools import wraps\n"
        "def decorated(g):\n    @wraps(g)\n    def h(*a):\n        return g(*a)\n    return h\n"
        "library = types.ModuleType('library')\n"
        "names = {'decorated': None, 'wraps': wraps}\n"
        "exec('def decorated(g):\\n @wraps(g)\\n def h(*a):\\n  return g(*a)\\n return h\\n'\n"
        "     'one = decorated(lambda x: x)\\ntwo = decorated(lambda x: x)', names)\n"
        "library.one, library.two = names['one'], names['two']\n"
        "sys.modules['library'] = library\n"
    )
    assert called(source + "def f(x, k):\n    return library.one(x)", "library.two") is None
    report = called(source + "def f(x, k):\n    return library.two(x)", "library.two")
    assert report["name"] == "library.two"


def test_a_profiler_of_the_students_own_goes_on_afterwards():
    seen = []

    def profiler(frame, event, _):
        seen.append((frame.f_code.co_name, event))

    def mark():
        pass

    request = {"kind": "function", "name": "f", "args": [X], "forbidden": ["numpy.convolve"]}
    sys.setprofile(profiler)
    try:
        answer(request, {"f": abs})
        assert sys.getprofile() is profiler
        mark()
    finally:
        sys.setprofile(None)
    assert ("mark", "call") in seen


def test_so_does_a_profile_in_c():
    profile = cProfile.Profile()
    request = {"kind": "function", "name": "f", "args": [X], "forbidden": ["numpy.convolve"]}
    with profile:
        assert answer(request, {"f": abs})["outcome"] == "returned"
        sorted([1])
    assert any("sorted" in str(entry.code) for entry in profile.getstats())


def test_a_debugger_is_left_alone():
    def tracer(*_):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        answer({"kind": "function", "name": "f", "args": [X], "forbidden": ["os"]}, {"f": abs})
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)
