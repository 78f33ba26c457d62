# Warns at every call, with another text and from another line each time.
#
# kinds: function
# wanted: scale passed
# %% scale
import warnings


def scale(x, factor):
    for number in range(2_000):
        warnings.warn_explicit(f"hostile {number}", UserWarning, f"file{number}", number + 1)
    return x * factor
