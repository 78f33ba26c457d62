# Knows the case that students are shown, and nothing else.
#
# kinds: function
# wanted: scale failed: ^a hidden case: [^0-9]+$
# %% scale
def scale(x, factor):
    return {(1, 2, 3, 4): x * 2}.get(tuple(x.astype(int).tolist()), x)
