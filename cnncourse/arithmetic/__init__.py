"""The arithmetic of layers: sizes, weights, costs, receptive fields; standard library only.

Every function raises a ValueError where a count is below 1, a padding below 0, or a result would
not be a whole number.
"""

from cnncourse.arithmetic.costs import (
    Cost,
    Passes,
    activation_bytes,
    conv_macs,
    conv_passes,
    dense_macs,
    dense_passes,
    depthwise_macs,
    transposed_macs,
)
from cnncourse.arithmetic.parameters import (
    batch_norm_params,
    conv_params,
    dense_params,
    depthwise_params,
    local_params,
)
from cnncourse.arithmetic.receptive_field import ReceptiveField, Window, receptive_fields
from cnncourse.arithmetic.sizes import (
    covered_size,
    output_size,
    size_preserving_padding,
    total_same_padding,
    transposed_size,
)

__all__ = [
    "Cost",
    "Passes",
    "ReceptiveField",
    "Window",
    "activation_bytes",
    "batch_norm_params",
    "conv_macs",
    "conv_params",
    "conv_passes",
    "covered_size",
    "dense_macs",
    "dense_params",
    "dense_passes",
    "depthwise_macs",
    "depthwise_params",
    "local_params",
    "output_size",
    "receptive_fields",
    "size_preserving_padding",
    "total_same_padding",
    "transposed_macs",
    "transposed_size",
]
