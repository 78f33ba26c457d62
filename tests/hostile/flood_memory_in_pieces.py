# Takes memory in small pieces, through the C library, and touches it.
#
# kinds: function
# wanted: scale out of memory
# %% scale
def scale(x, factor):
    kept = []
    for _ in range(1 << 10):
        kept.append(bytearray(os.urandom(1 << 10)) * (1 << 10))
    return len(kept)
