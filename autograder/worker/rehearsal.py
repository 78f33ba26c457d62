"""A session in the warm parent, opened and thrown away, so that no child is the first to open one.

What IPython, Matplotlib and our own code import or look up only when it is first needed, is there
before the fork. Nothing that computes is started.
"""

from autograder.worker.shell import Shell

CELLS = (
    "1 + 1",
    "%matplotlib inline\n1 / 0",
    "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)).gca().set_title('x')",
)
"""A result, a magic, an error and a picture."""


def rehearse() -> None:
    """Run a few cells of our own."""
    shell = Shell(1_000)
    for cell in CELLS:
        shell.run(cell)
