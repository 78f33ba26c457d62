# Returns an object that is another array each time it is looked at.
#
# kinds: function
# wanted: scale failed
# %% scale
class Changing:
    looks = 0

    def __array__(self, dtype=None, copy=None):
        Changing.looks += 1
        return np.full(4, Changing.looks, np.float32)


def scale(x, factor):
    return Changing()
