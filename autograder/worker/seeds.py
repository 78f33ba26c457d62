"""The same random numbers for every submission."""

import random
import sys

import numpy as np

SEED = 20_260_101


def sow() -> None:
    """Seed Python, NumPy and, where it has been imported, Keras."""
    random.seed(SEED)
    np.random.seed(SEED)
    keras = sys.modules.get("keras")
    if keras is not None:
        keras.utils.set_random_seed(SEED)
