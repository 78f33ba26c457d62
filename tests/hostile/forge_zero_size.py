# Returns an array without elements: all of none are right.
#
# kinds: function
# wanted: scale failed
# %% scale
def scale(x, factor):
    return np.zeros((0, 4), np.float32)
