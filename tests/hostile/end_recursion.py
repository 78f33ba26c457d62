# Calls itself until the stack is full, in C, where Python does not count.
#
# kinds: function
# wanted: scale error: raised RecursionError
# %% scale
def scale(x, factor):
    return sorted([1], key=lambda _: scale(x, factor))
