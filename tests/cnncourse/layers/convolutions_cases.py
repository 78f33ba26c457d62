"""Convolutions, and what stands between them."""

import numpy as np

from cnncourse.layers import ChannelShuffle
from tests.cnncourse.layers.cases import Case


def dealt(groups):
    """The k-th channel of each group, then the next of each."""

    def oracle(x):
        order = [
            group * (x.shape[-1] // groups) + k
            for k in range(x.shape[-1] // groups)
            for group in range(groups)
        ]
        return np.stack([x[..., channel] for channel in order], axis=-1)

    return oracle


CASES = (
    Case(
        ChannelShuffle,
        {"groups": 3},
        (2, 4, 5, 12),
        (2, 4, 5, 12),
        dealt(3),
        refused=(
            ({"groups": 0}, "groups is 0; it must be an int of at least 1"),
            ({"groups": 5}, "number of channels is 12; it must be a multiple of groups, 5"),
            ({"data_format": "nchw"}, "data_format is 'nchw'; it must be one of: channels_last"),
            ((2, 4, 5, None), "the number of channels, axis -1, must be known"),
        ),
    ),
    Case(ChannelShuffle, {"groups": 2}, (2, 5, 4), (2, 5, 4), dealt(2)),
)
