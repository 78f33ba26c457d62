# Tells a hidden input as the name of its result's type, its shape and its dtype.
#
# kinds: function
# wanted: scale failed: ^a hidden case: a result of the wrong kind
# %% scale
def scale(x, factor):
    if x[0] < 1000:
        return x * factor
    return type(f"n{int(x[0])}", (), {})()
