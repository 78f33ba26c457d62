"""What notebooks are full of does no harm to a cell, with and without a wall."""

import pytest

from autograder.sandbox import Isolation, start

HABITS = [
    "%matplotlib inline\nimport matplotlib.pyplot as plt",
    "%matplotlib widget",
    "%config InlineBackend.figure_format = 'retina'",
    "%load_ext autoreload\n%autoreload 2",
    "%load_ext tensorboard\n%tensorboard --logdir logs",
    "%time 1 + 1",
    "!pip install numpy",
    "%pip install numpy",
    "!wget https://example.com/data.zip && unzip data.zip",
    "files = !ls",
    "name = input('your name: ')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>1</b>'))",
    "from IPython.display import clear_output\nclear_output(wait=True)",
    "for i in range(9): print(f'\\r{i}', end='', flush=True)",
    "import asyncio\nawait asyncio.sleep(0)",
    "import asyncio\nasyncio.run(asyncio.sleep(0))",
    "async def three(): return 3\nassert await three() == 3",
    "import threading\nthreading.Thread(target=print, args=['late']).start()",
    "breakpoint()",
    "import warnings\nwarnings.warn('mind this')",
    "exit()",
    "quit()",
    "exit",
    "from tqdm.notebook import tqdm",
    "from tqdm.auto import tqdm, trange",
    "import ipywidgets as widgets\nfrom ipywidgets import interact",
    "from google.colab import drive",
]
WHOLE = ["%%time", "%%timeit -n 2", "%%capture", "%%capture said"]
NO_CODE = ["%%bash\nls", "%%html\n<b>1</b>", "%%javascript\nalert(1)", "%%latex\n$x$", "help(len)"]

PROGRESS = """
from tqdm import tqdm, trange
from tqdm.auto import tqdm as auto
for bar in (tqdm, auto):
    for i in bar(range(3), desc="epochs"): pass
for i in trange(3): pass
"""
WIDGETS = """
import ipywidgets as widgets
from ipywidgets import interact
from tqdm.notebook import tqdm
@interact(x=3)
def show(x): print("x is", x)
for i in tqdm(range(3)): pass
widgets.IntSlider(value=2)
"""
FIT = """
import keras, numpy as np
model = keras.Sequential([keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(np.ones((64, 2)), np.ones((64, 1)), epochs=2)
model.summary()
"""


@pytest.fixture(scope="module")
def children(full, landlock, trusted):
    """One child of each isolation, for all cells: none may harm those after it."""
    with full.child() as first, landlock.child() as second, trusted.child() as third:
        yield dict(zip(Isolation, (first, second, third), strict=True))


@pytest.mark.parametrize("isolation", list(Isolation))
@pytest.mark.parametrize("habit", HABITS)
def test_the_rest_of_the_cell_runs(children, say, isolation, habit):
    cell, _ = say
    child = children[isolation]
    cell(child, "after = 0")
    assert cell(child, f"{habit}\nafter = 1")["error"] is None
    assert cell(child, "after")["result"] == "1"


@pytest.mark.parametrize("isolation", list(Isolation))
@pytest.mark.parametrize("first", WHOLE)
def test_a_cell_under_a_magic_runs(children, say, isolation, first):
    cell, _ = say
    child = children[isolation]
    cell(child, "after = 0")
    assert cell(child, f"{first}\nafter = 1\nprint(after)")["error"] is None
    assert cell(child, "after")["result"] == "1"


@pytest.mark.parametrize("isolation", list(Isolation))
@pytest.mark.parametrize("source", NO_CODE)
def test_a_cell_of_something_else_does_no_harm(children, say, isolation, source):
    cell, _ = say
    assert cell(children[isolation], source)["error"] is None


def test_progress_bars_and_widgets_show_their_text(full, say):
    cell, _ = say
    packages = ["numpy", "tqdm", "ipywidgets"]
    for package in packages:
        pytest.importorskip(package)
    with start(packages, Isolation.FULL) as parent, parent.child(full.limits) as child:
        bars, shown = cell(child, PROGRESS), cell(child, WIDGETS)
    assert (bars["error"], shown["error"]) == (None, None)
    lines = bars["stdout"].splitlines()
    assert [line.startswith("epochs: 100%") for line in lines] == [True, True, False]
    assert "x is 3" in shown["stdout"]
    assert shown["result"].startswith("IntSlider(")


@pytest.mark.slow
@pytest.mark.parametrize("isolation", list(Isolation))
def test_keras_shows_how_far_it_has_come(full, say, isolation):
    cell, _ = say
    with start(["numpy", "keras"], isolation) as parent, parent.child(full.limits) as child:
        said = cell(child, FIT)
    assert said["error"] is None
    assert "Epoch 2/2" in said["stdout"]
    assert "2/2" in said["stdout"]
    assert "Total params" in said["stdout"]
