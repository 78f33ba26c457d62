"""What each output of a network really sees, found by showing it one element after another.

With positive weights, no biases and layers that are linear (or a maximum) an output is above zero
exactly where the input's single element counts, which is where its gradient is not zero.
"""

import keras
import numpy as np

from cnncourse.tables.profile.following import follow
from cnncourse.tables.profile.seen import of_image
from cnncourse.tables.profile.use import Tensor


def make_positive(model):
    """Kernels of ones; normalizations and biases are made so that they change nothing."""
    for variable in model.weights:
        if "kernel" in variable.path:
            variable.assign(np.ones(variable.shape))


def really_seen(model, axis):
    """The first and the last element along `axis` that the outputs along it see, by output."""
    size = model.input_shape[1 + axis]
    rest = model.input_shape[1:]
    impulses = np.zeros((size, *rest), "float32")
    for element in range(size):
        np.moveaxis(impulses[element], axis, 0)[element] = 1
    responses = keras.ops.convert_to_numpy(model(impulses))
    vector = responses.ndim == 2
    places = responses[:, None] if vector else np.moveaxis(responses, 1 + axis, 1)
    counts = places.reshape(size, places.shape[1], -1).max(axis=-1)
    seen = counts > 1e-6 * counts.max()
    return [ends(np.flatnonzero(column)) for column in seen.T]


def ends(elements):
    return (elements[0], elements[-1]) if elements.size else None


def view_of(model):
    """What the profile says that the model's output sees."""
    given = [
        Tensor(tuple(symbol.shape), symbol.dtype, of_image(symbol.name, symbol.shape[1:-1]))
        for symbol in model.inputs
    ]
    (output,) = follow(
        model.inputs, model.outputs, given, channels_last=True, record=lambda *_: None
    )
    return output.view


def check(model):
    """The profile against the network itself, for every output along every axis."""
    make_positive(model)
    view = view_of(model)
    for number, axis in enumerate(view):
        seen = really_seen(model, number)
        assert (axis.spans * len(seen) if axis.field is None else axis.spans) == tuple(seen)
        for place, span in enumerate(seen):
            low, high = axis.reach if axis.field is None else axis.field.seen_by(place)
            inside = axis.reach[0] <= low and high <= axis.reach[1]
            assert span == (low, high) or not inside
    return view
