# Raises an exception that raises whatever is done with it.
#
# kinds: function
# wanted: scale crashed: exited with status 1
# %% scale
class Trap(Exception):
    def __str__(self):
        raise self

    __repr__ = __reduce__ = __str__

    def __getattribute__(self, name):
        raise self


def scale(x, factor):
    raise Trap
