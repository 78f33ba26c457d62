# Returns numbers that are none: every comparison with them is false, also "is wrong".
#
# kinds: function
# wanted: scale failed
# %% scale
def scale(x, factor):
    return x * np.float32("nan")
