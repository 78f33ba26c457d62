"""Calls of every operator of the reference: its arrays, in their order, and options."""

from dataclasses import dataclass
from typing import Any

import numpy as np

random = np.random.default_rng(0)


@dataclass(frozen=True)
class Call:
    operator: str
    arrays: tuple[np.ndarray, ...]
    options: dict[str, Any]

    def __str__(self) -> str:
        options = ", ".join(f"{name}={value}" for name, value in self.options.items())
        return f"{self.operator}({options})"


def normal(*shape: int) -> np.ndarray:
    """Values that float32 holds, too, and of which no two are equal."""
    return random.normal(size=shape).astype("float32").astype("float64")


def positive(*shape: int) -> np.ndarray:
    return np.abs(normal(*shape)) + 0.5


def shares(*shape: int) -> np.ndarray:
    """Positive numbers that add up to 1 along the last axis: TensorFlow relies on it."""
    weights = positive(*shape)
    return weights / weights.sum(axis=-1, keepdims=True)


def _calls(operator: str, arrays: list[np.ndarray], *options: dict[str, Any]) -> list[Call]:
    return [Call(operator, tuple(arrays), one) for one in options or ({},)]


IMAGES = {1: normal(2, 7, 4), 2: normal(2, 6, 5, 4), 3: normal(2, 5, 4, 5, 4)}
KERNELS = {1: normal(3, 4, 6), 2: normal(3, 2, 4, 6), 3: normal(2, 3, 2, 4, 6)}
HALF_KERNELS = {1: normal(3, 2, 6), 2: normal(3, 2, 2, 6), 3: normal(2, 3, 2, 2, 6)}
SMALL = {1: normal(2, 4, 6), 2: normal(2, 3, 4, 6), 3: normal(1, 2, 3, 2, 6)}

WINDOWS = (
    {},
    {"strides": 2},
    {"strides": 3, "padding": "same"},
    {"dilation_rate": 2, "padding": "same"},
    {"strides": 2, "dilation_rate": 2, "padding": 2},
)
TRANSPOSES = (
    {},
    {"strides": 2},
    {"strides": 4},
    {"strides": 2, "padding": "same"},
    {"strides": 2, "padding": "same", "output_padding": 1},
    {"strides": 3, "padding": 1, "output_padding": 1},
    {"dilation_rate": 2},
)
POOLS = (
    {},
    {"pool_size": 3, "strides": 1},
    {"pool_size": 3, "strides": 2, "padding": "same"},
)


def _of_rank(rank: int) -> list[Call]:
    x, kernel, half, small = IMAGES[rank], KERNELS[rank], HALF_KERNELS[rank], SMALL[rank]
    uneven = {"strides": 2, "padding": ((1, 0), (0, 2), (1, 1))[:rank]}
    grouped = {"groups": 2, "strides": 2, "padding": "same"}
    calls = [
        *_calls(f"correlate{rank}d", [x, kernel], *WINDOWS, uneven),
        *_calls(f"correlate{rank}d", [x, half], grouped),
        *_calls(f"convolve{rank}d", [x, kernel], {}, uneven),
        *_calls(f"convolve{rank}d", [x, half], grouped),
        *_calls(f"correlate{rank}d_transpose", [small, kernel], *TRANSPOSES, uneven),
        *_calls(f"correlate{rank}d_transpose", [small, half], grouped),
        *_calls(f"correlate{rank}d_transpose_by_zeros", [small, kernel], {"strides": 2}, uneven),
        *_calls(f"correlate{rank}d_transpose_by_zeros", [small, half], grouped),
    ]
    calls += _calls(f"insert_zeros{rank}d", [x], {"strides": 1}, {"strides": 3})
    for name in ("max", "average", "l2"):
        calls += _calls(f"{name}_pool{rank}d", [x], *POOLS)
    calls += _calls(f"mixed_pool{rank}d", [x, np.array(0.25)], POOLS[-1])
    calls += _calls(f"mixed_pool{rank}d", [x, positive(4)])
    for name in ("max", "average"):
        calls += _calls(f"adaptive_{name}_pool{rank}d", [x], {"output_size": 1}, {"output_size": 3})
    calls += _calls(f"upsample_nearest{rank}d", [x], {"size": 2}, {"size": 3})
    return calls


def _without_rank() -> list[Call]:
    x = normal(2, 4, 6, 8)
    activations = ("identity", "sigmoid", "tanh", "relu", "centered_softplus", "softmax")
    leaky = ("leaky_relu", "vrelu", "elu")
    return [
        *_calls("locally_connected1d", [normal(2, 7, 3), normal(3, 3, 3, 5)], {"strides": 2}),
        *_calls("locally_connected2d", [normal(2, 5, 6, 2), normal(4, 4, 2, 3, 2, 3)]),
        *_calls(
            "locally_connected2d",
            [normal(2, 5, 6, 2), normal(3, 3, 2, 3, 2, 3)],
            {"strides": 2, "padding": ((1, 0), (0, 1))},
        ),
        *_calls(
            "depthwise_correlate2d",
            [x, normal(3, 2, 8, 2)],
            {},
            {"strides": 2, "padding": "same"},
            {"dilation_rate": 2, "padding": "same"},
        ),
        *_calls("pointwise_correlate", [x, normal(8, 3)]),
        *_calls(
            "separable_correlate2d",
            [x, normal(2, 3, 8, 2), normal(1, 1, 16, 5)],
            {},
            {"strides": 2, "padding": "same"},
        ),
        *_calls("spatial_pyramid_pool2d", [x], {}, {"levels": (3, 1)}),
        *_calls("upsample_bilinear2d", [x], {}, {"size": 3}),
        *_calls("depth_to_space", [x], {"block_size": 2}),
        *_calls("space_to_depth", [x], {"block_size": 2}),
        *_calls("channel_shuffle", [x], {"groups": 4}),
        *_calls("batch_normalize", [x, normal(8), normal(8)], {}, {"epsilon": 0.1}),
        *_calls("batch_normalize_inference", [x, *(positive(8) for _ in range(4))]),
        *_calls(
            "local_response_normalize",
            [x],
            {},
            {"depth_radius": 1, "bias": 1.0, "alpha": 0.5, "beta": 0.5},
        ),
        *(call for name in activations for call in _calls(name, [x])),
        *(call for name in leaky for call in _calls(name, [x], {}, {"alpha": 0.2})),
        *_calls("rrelu", [x, positive(*x.shape)]),
        *_calls("prelu", [x, normal(8)]),
        *_calls("prelu", [x, normal(1, 6, 1)]),
        *_calls("maxout", [x, normal(3, 8, 5), normal(3, 5)]),
        *_calls("apl", [x, normal(3, 8), normal(3, 8)]),
        *_calls("cross_entropy", [normal(5, 4), shares(5, 4)]),
    ]


CALLS = [*_of_rank(1), *_of_rank(2), *_of_rank(3), *_without_rank()]
