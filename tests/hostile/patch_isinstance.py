# Has `isinstance` and `type` say that everything is what is asked for.
#
# kinds: function
# wanted: scale crashed
# %% scale
import builtins


def scale(x, factor):
    builtins.isinstance = lambda *_: True
    return "right"
