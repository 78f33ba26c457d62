# Returns a list whose iteration never ends.
#
# kinds: function
# wanted: scale failed: more than 100000 items
# %% scale
import itertools


class Endless(list):
    def __iter__(self):
        return itertools.repeat(1.0)


def scale(x, factor):
    return Endless()
