# Replaces built-in functions that whoever compares would use.
#
# kinds: function
# wanted: scale crashed: exited with status 1
# %% scale
import builtins

builtins.all = builtins.any = lambda *_: True
builtins.abs = builtins.sum = builtins.max = builtins.round = lambda *_, **__: 0
builtins.AssertionError = builtins.ValueError
builtins.float = type("float", (float,), {"__eq__": lambda *_: True, "__hash__": None})


def scale(x, factor):
    return x
