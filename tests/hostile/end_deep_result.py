# Returns lists in lists in lists.
#
# kinds: function
# wanted: scale failed: nested more than 32 deep
# %% scale
def scale(x, factor):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep
