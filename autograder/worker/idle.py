"""What `import autograder` gives in a worker: checks that do nothing.

The notebook's first cell loads its check function, and students call it where they like. Here
nothing is judged, so it neither prints nor returns anything.
"""

from typing import Any

import autograder


def install(namespace: dict[str, Any]) -> None:
    """Give the worker's bare package `autograder` a `load`, and the cells a `check`."""
    # Only worker and protocol lie in the worker's tree, so the package has no code of its own.
    vars(autograder).update(load=load)
    namespace["check"] = check


def load(*_: object, **__: object) -> Any:
    """Stand in for `autograder.load`."""
    return check


def check(*_: object, **__: object) -> None:
    """Stand in for what `autograder.load` returns."""
