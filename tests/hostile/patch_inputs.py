# Changes its inputs in place, hoping that the right answer is made from the same arrays.
#
# kinds: function
# wanted: scale failed
# %% scale
def scale(x, factor):
    x[...] = 0
    return x * factor
