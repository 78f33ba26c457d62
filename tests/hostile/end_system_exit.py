# Raises what ends a program, in a call.
#
# kinds: function
# wanted: scale error: raised SystemExit
# %% scale
def scale(x, factor):
    raise SystemExit(0)
