"""What half precision has no room for, and single precision no digits."""

from typing import Any

import keras
from keras import ops

HALF = ("float16", "bfloat16")


def single(inputs: Any) -> Any:
    """Half precision in float32, in which squares and sums do not overflow; the rest as it is."""
    is_half = keras.backend.standardize_dtype(inputs.dtype) in HALF
    return ops.cast(inputs, "float32") if is_half else inputs


def is_double(inputs: Any) -> bool:
    """Whether it is float64, of which some of TensorFlow's operations keep float32's digits."""
    return bool(keras.backend.standardize_dtype(inputs.dtype) == "float64")
