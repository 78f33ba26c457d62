"""Pages that describe what `cnncourse` exports, made from its docstrings.

python scripts/make_api_docs.py [build/api]
"""

import importlib
import inspect
import pkgutil
import sys
from pathlib import Path

import numpy as np
import pdoc
from numpy.typing import ArrayLike, NDArray
from pdoc import docstrings

import cnncourse

NOT_EXPORTED = {"cli", "quiet"}
MODULES = (
    "cnncourse",
    *(
        f"cnncourse.{module.name}"
        for module in pkgutil.iter_modules(cnncourse.__path__)
        if module.name not in NOT_EXPORTED
    ),
)
# What a docstring of ours lists besides arguments and errors, a line each.
docstrings.GOOGLE_LIST_SECTIONS.append("Shapes")


def main(folder: Path) -> None:
    """Write one page for each module, and an index."""
    for name in MODULES:
        _shorten(name)
    pdoc.render.configure(docformat="google", show_source=False)
    pdoc.pdoc(*MODULES, output_directory=folder)


def _shorten(name: str) -> None:
    """Have functions take and return types by the names that we give them.

    NumPy's are unions that fill lines.
    """
    for function in filter(inspect.isfunction, vars(importlib.import_module(name)).values()):
        types = function.__annotations__
        types.update((key, SHORT[one]) for key, one in types.items() if one in SHORT)


def _named(name: str) -> type:
    return type(name, (), {"__module__": "numpy.typing"})


SHORT = {ArrayLike: _named("ArrayLike"), NDArray[np.float64]: _named("NDArray[float64]")}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/api"))
