"""Pools, and the normalisation that sums over channels as they do over pixels."""

from functools import partial

import numpy as np

from cnncourse import reference
from cnncourse.layers import (
    L2Pooling2D,
    LocalResponseNormalization,
    MixedPooling2D,
    SpatialPyramidPooling2D,
)
from tests.cnncourse.layers.cases import Case

REFUSED = (
    ({"pool_size": 0}, "pool_size is 0; it must be an int of at least 1"),
    ({"strides": (1, 0)}, "strides is 0; it must be an int of at least 1"),
    ({"strides": (1, 1, 1)}, "strides is (1, 1, 1); it must be an int, or 2 of them"),
    ({"padding": "full"}, "padding is 'full'; it must be one of: valid, same"),
    ({"data_format": "nchw"}, "data_format is 'nchw'; it must be one of: channels_last"),
    ({"pool_size": 7, "padding": "valid"}, "the window covers (7, 7) of an input of"),
    ((2, 5, 3), "it must have 4 axes"),
)


def mixed(mix, **options):
    """With a fixed share of the maximum, or with that of the weight."""

    def oracle(x, share=mix):
        return reference.mixed_pool2d(x, share, **options)

    return oracle


def averaged(levels):
    def oracle(x):
        pools = [reference.adaptive_average_pool2d(x, level) for level in levels]
        return np.concatenate([pool.reshape(len(x), -1) for pool in pools], axis=1)

    return oracle


CASES = (
    Case(
        L2Pooling2D,
        {"pool_size": 3, "strides": 2},
        (2, 6, 5, 3),
        (2, 2, 2, 3),
        partial(reference.l2_pool2d, pool_size=3, strides=2),
        roundings=20,
        refused=REFUSED,
    ),
    Case(
        L2Pooling2D,
        {"pool_size": (2, 3), "padding": "same"},
        (2, 5, 4, 2),
        (2, 3, 2, 2),
        partial(reference.l2_pool2d, pool_size=(2, 3), padding="same"),
        roundings=20,
    ),
    Case(
        MixedPooling2D,
        {"pool_size": 3, "strides": 2, "padding": "same", "mix": 0.25, "learnt": True},
        (2, 6, 5, 3),
        (2, 3, 3, 3),
        mixed(0.25, pool_size=3, strides=2, padding="same"),
        roundings=40,
        refused=(
            *REFUSED,
            ({"mix": 1.5}, "mix is 1.5; it must be from 0.0 to 1.0"),
            ({"mix": "half"}, "mix is 'half'; it must be a number"),
        ),
    ),
    Case(
        MixedPooling2D,
        {"pool_size": 2},
        (2, 5, 4, 2),
        (2, 2, 2, 2),
        mixed(0.5, pool_size=2),
        roundings=20,
    ),
    Case(
        MixedPooling2D,
        {"pool_size": (3, 2), "strides": (1, 3), "mix": 0.75, "padding": "same"},
        (2, 4, 4, 2),
        (2, 4, 2, 2),
        mixed(0.75, pool_size=(3, 2), strides=(1, 3), padding="same"),
        roundings=20,
    ),
    Case(
        SpatialPyramidPooling2D,
        {},
        (2, 7, 9, 3),
        (2, 63),
        reference.spatial_pyramid_pool2d,
        refused=(
            ({"levels": ()}, "levels is (); it must be a tuple of ints, at least one"),
            ({"levels": (1, 0)}, "levels is 0; it must be an int of at least 1"),
            ({"pooling": "l2"}, "pooling is 'l2'; it must be one of: max, average"),
            ((2, 7, 3), "it must have 4 axes"),
        ),
    ),
    Case(
        SpatialPyramidPooling2D,
        {"levels": (3, 2), "pooling": "average"},
        (2, 2, 5, 2),
        (2, 26),
        averaged((3, 2)),
        roundings=10,
    ),
    Case(
        SpatialPyramidPooling2D,
        {"levels": (1, 4), "pooling": "average"},  # which divide the sizes
        (2, 8, 12, 2),
        (2, 34),
        averaged((1, 4)),
        roundings=10,
    ),
    Case(
        LocalResponseNormalization,
        {},
        (2, 3, 4, 7),
        (2, 3, 4, 7),
        reference.local_response_normalize,
        roundings=20,
        refused=(
            ({"depth_radius": -1}, "depth_radius is -1; it must be an int of at least 0"),
            ({"bias": 0}, "bias is 0; it must be a number above 0"),
            ({"beta": "half"}, "beta is 'half'; it must be a number above 0"),
            ((2, 3, 4, None), "the number of channels, axis -1, must be known"),
        ),
    ),
    Case(
        LocalResponseNormalization,
        {"depth_radius": 1, "bias": 1.0, "alpha": 0.5, "beta": 0.5},
        (2, 5, 3),
        (2, 5, 3),
        partial(reference.local_response_normalize, depth_radius=1, bias=1.0, alpha=0.5, beta=0.5),
        roundings=20,
    ),
)
