# Raises an error of five megabytes, caused by another, which is caused by another.
#
# kinds: function
# wanted: scale error: raised ValueError: xxx
# %% scale
def scale(x, factor):
    error = None
    for _ in range(1000):
        cause, error = error, ValueError("x" * (5 << 20 if error is None else 1))
        error.__cause__ = cause
    raise ValueError("x" * (5 << 20)) from error
