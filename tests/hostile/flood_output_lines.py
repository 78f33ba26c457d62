# Prints a million lines while it is called.
#
# kinds: function
# wanted: scale passed
# %% scale
def scale(x, factor):
    sys.stderr.write("hostile\n" * 1_000_000)
    return x * factor
