# Searches all that lives in its process for the images and labels that it will be tested on.
#
# kinds: trained
# wanted: train error: ^a hidden case: it raised LookupError
# %% train
import gc


def train(images, labels):
    frame, found = sys._getframe(), gc.get_objects()
    while frame := frame.f_back:
        found += [*frame.f_locals.values(), *frame.f_globals.values()]
    for one in found:
        if type(one) is np.ndarray and one.shape == images.shape and not (one == images).all():
            return one
        if type(one) is dict and one.get("test_labels") is not None:
            return one
        if type(one) is dict and one.get("test_images") is not None:
            return one
    raise LookupError("nothing")
