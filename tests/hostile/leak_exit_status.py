# Tells a byte of a hidden input as the status that it exits with.
#
# kinds: function
# wanted: scale crashed: ^a hidden case: crashed$
# %% scale
def scale(x, factor):
    if x[0] < 1000:
        return x * factor
    os._exit(int(x[0]) % 256)
