"""Activations."""

from functools import partial

import numpy as np

from cnncourse import reference
from cnncourse.layers import APL, CenteredSoftplus, Maxout, RReLU, VReLU
from tests.cnncourse.layers.cases import Case


def largest(x, kernel, bias=None):
    return reference.maxout(x, kernel, np.zeros(kernel[:, 0].shape) if bias is None else bias)


CASES = (
    Case(CenteredSoftplus, {}, (2, 3, 4), (2, 3, 4), reference.centered_softplus, roundings=10),
    Case(
        VReLU,
        {},
        (2, 3, 4),
        (2, 3, 4),
        reference.vrelu,
        roundings=2,
        refused=(
            ({"negative_slope": 0.01}, "negative_slope is 0.01; it must be from 0.1 to 0.5"),
            ({"negative_slope": None}, "negative_slope is None; it must be a number"),
        ),
    ),
    Case(
        RReLU,
        {"seed": 3},
        (2, 3, 4),
        (2, 3, 4),
        partial(reference.rrelu, alpha=0.3),
        roundings=2,
        refused=(
            ({"lower": -0.1}, "lower is -0.1; it must be from 0.0 to 1.0"),
            ({"lower": 0.5, "upper": 0.4}, "upper is 0.4; it must be from 0.5 to 1.0"),
        ),
    ),
    Case(
        Maxout,
        {"units": 4, "pieces": 3},
        (2, 3, 5),
        (2, 3, 4),
        largest,
        roundings=20,
        refused=(
            ({"units": 0}, "units is 0; it must be an int of at least 1"),
            ({"pieces": 0}, "pieces is 0; it must be an int of at least 1"),
            ((2, None), "the number of channels, axis -1, must be known"),
            ((2,), "it must have 2 axes"),
        ),
    ),
    Case(Maxout, {"units": 3, "use_bias": False}, (2, 5), (2, 3), largest, roundings=20),
    Case(
        APL,
        {"hinges": 3, "shared_axes": (1, 2)},
        (2, 4, 5, 3),
        (2, 4, 5, 3),
        reference.apl,
        roundings=20,
        refused=(
            ({"hinges": 0}, "hinges is 0; it must be an int of at least 1"),
            ({"shared_axes": 0}, "a shared axis is 0; it must be an int of at least 1"),
            ({"shared_axes": 4}, "shared_axes are (4,), the input's (2, 4, 5, 3); they must be"),
        ),
    ),
    Case(
        APL,
        {},
        (2, 4, 3),
        (2, 4, 3),
        reference.apl,
        roundings=20,
        positional=True,
        refused=(
            (
                (2, None, 3),
                "the input's sizes, 1 along shared axes, are (None, 3); each unit has its own"
                " corners: give all of them, or share the axes of those that are unknown",
            ),
        ),
    ),
)
