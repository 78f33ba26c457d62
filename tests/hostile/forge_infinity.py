# Returns infinities, hoping that a tolerance relative to the answer becomes infinite, too.
#
# kinds: function
# wanted: scale failed
# %% scale
def scale(x, factor):
    return np.full(4, np.inf, np.float32)
