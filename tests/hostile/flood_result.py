# Returns a hundred megabytes.
#
# kinds: function
# wanted: scale failed: more than 64 MiB
# %% scale
def scale(x, factor):
    return np.zeros(100 << 20, np.int8)
