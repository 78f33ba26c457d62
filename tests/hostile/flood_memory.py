# Takes a gibibyte.
#
# kinds: function
# wanted: scale out of memory
# %% scale
def scale(x, factor):
    return np.ones(1 << 27)[:4]
