"""Arrays whose sums are exact."""

import numpy as np


def integers(seed: int, *shape: int, dtype: str = "float64") -> np.ndarray:
    """Small integers, with which every order of summation is exact."""
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(dtype)
