# Computes for ever in one call of C, with the interpreter's lock held.
#
# kinds: function
# wanted: scale timeout
# %% scale
def scale(x, factor):
    return 10 ** (10**9)
