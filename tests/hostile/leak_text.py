# Tells its inputs wherever text is kept: prints, warns, raises, names things after them.
#
# kinds: function
# wanted: scale error: ^a hidden case: it raised an exception
# %% scale
import warnings


def scale(x, factor):
    if x[0] < 1000:
        return x * factor
    told = "-".join(str(int(one)) for one in x)
    print(told)
    print(told, file=sys.stderr)
    warnings.warn(told)
    open(told, "w").close()
    raise type(told, (Exception,), {"__str__": lambda self: told})
