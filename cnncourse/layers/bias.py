"""A number for each filter."""

from typing import Any

from keras import ops


def add_bias(outputs: Any, bias: Any, data_format: str) -> Any:
    """Outputs (…, filters) or (batch, filters, …), and the bias.

    `keras.ops.add` takes a bias for one along the width, on TensorFlow and channels first, where
    that is as long as there are filters: it is not used here.
    """
    if data_format == "channels_last":
        return outputs + bias
    return outputs + ops.reshape(bias, (1, -1, *(1 for _ in outputs.shape[2:])))
