# Tells a hidden input as the shape of its result.
#
# kinds: function
# wanted: scale failed: ^a hidden case: [^0-9]+$
# %% scale
def scale(x, factor):
    if x[0] < 1000:
        return x * factor
    return np.zeros(int(x[0]), np.int8)
