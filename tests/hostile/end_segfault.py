# Reads where nothing is.
#
# kinds: function
# wanted: scale crashed: was ended by SIGSEGV
# %% scale
def scale(x, factor):
    return ctypes.string_at(1)
