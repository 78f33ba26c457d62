# Leaves with status 0, as if all had gone well, before anything can be compared.
#
# kinds: function
# wanted: scale crashed: exited with status 0 instead of an answer
# %% scale
import os


def scale(x, factor):
    os._exit(0)
