"""TensorFlow's prepared operations, kept when it is seeded again.

Seeding makes TensorFlow forget all operations that it has prepared, and to prepare one again takes
about a millisecond. Only those that count their own random numbers have to begin anew, and each of
them has asked for its seeds before.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_used: list[bool] = []
"""Not empty once an operation of this process has asked for its seeds."""


def watch() -> None:
    """Notice from now on whether operations ask for seeds."""
    random_seed: Any = sys.modules.get("tensorflow.python.framework.random_seed")
    get_seed = getattr(random_seed, "get_seed", None)
    if get_seed is None:
        return

    def noticed(op_seed: Any) -> Any:
        _used[:] = [True]
        return get_seed(op_seed)

    random_seed.get_seed = noticed


@contextmanager
def kept() -> Iterator[None]:
    """Keep what is prepared while TensorFlow is seeded, where that changes no random number."""
    functions: Any = sys.modules.get("tensorflow.python.pywrap_tfe")
    forget = getattr(functions, "TFE_ContextClearCaches", None)
    if forget is None or _used:
        yield
        return
    functions.TFE_ContextClearCaches = lambda _: None
    try:
        yield
    finally:
        functions.TFE_ContextClearCaches = forget
