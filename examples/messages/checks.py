"""The exercises of docs/messages.md."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder import Case, Check, Draw


def numbers(*shape: int) -> Any:
    """Whole numbers, no two of them alike."""
    return (np.arange(np.prod(shape)) + 1).reshape(shape).astype(np.float32)


def draw_table(d: Draw) -> Mapping[str, Any]:
    return {"x": d.integers(3, 4, low=1, high=9) + numbers(3, 4)}


def draw_pictures(d: Draw) -> Mapping[str, Any]:
    return {"x": d.integers(2, 4, 5, 3, low=1, high=9) + numbers(2, 4, 5, 3)}


def positions(size: int, kernel_size: int) -> int:
    if kernel_size > size:
        raise ValueError("the kernel does not fit")
    return size - kernel_size + 1


def draw_sizes(d: Draw) -> Mapping[str, Any]:
    kernel_size = d.integer(3, 5)
    return {"size": kernel_size + d.integer(-2, 2), "kernel_size": kernel_size}


TABLE = numbers(3, 4)
SIZES = [
    Case("fits", {"size": 5, "kernel_size": 3}),
    Case("too large", {"size": 2, "kernel_size": 3}),
]
CHECKS = (
    Check("double", 10, lambda x: 2 * x, [Case("by hand", {"x": TABLE})], draw_table),
    Check(
        "halves",
        10,
        lambda x: x / 2,
        [Case("by hand", {"x": TABLE})],
        draw_table,
        target="half",
    ),
    Check(
        "brighter",
        10,
        lambda x: 2 * x,
        [Case("two pictures", {"x": numbers(2, 4, 5, 3)})],
        draw_pictures,
    ),
    Check(
        "total",
        10,
        lambda x: float(x.sum()),
        [Case("by hand", {"x": TABLE})],
        draw_table,
        multilinear=("x",),
    ),
    Check(
        "extremes",
        10,
        lambda x: (float(x.min()), float(x.max())),
        [Case("by hand", {"x": TABLE})],
        draw_table,
    ),
    Check(
        "positions",
        10,
        positions,
        SIZES,
        draw_sizes,
    ),
    Check(
        "kept",
        10,
        lambda x: 2 * x,
        [Case("not to be written to", {"x": TABLE}, layout="read-only")],
        lambda d: {"x": d.integers(3, 4)},
    ),
    Check(
        "by_hand",
        10,
        lambda x: np.cumsum(x, axis=0),
        [Case("by hand", {"x": TABLE})],
        draw_table,
        forbidden=("numpy.cumsum",),
    ),
    Check(
        "shared",
        10,
        lambda size, kernel_size: max(size - kernel_size + 1, 0),
        SIZES,
        draw_sizes,
        credit="share",
    ),
)


def dense(x: Any, weights: Sequence[Any], **_: Any) -> Any:
    return x @ weights[0] + weights[1]


def draw_dense(d: Draw) -> Mapping[str, Any]:
    features, units = d.integer(2, 3), d.integer(4, 5)
    weights = [d.reals(features, units, low=-1, high=1), d.reals(units, low=-1, high=1)]
    return {"x": d.reals(2, features), "weights": weights, "features": features, "units": units}


def draw_scale(d: Draw) -> Mapping[str, Any]:
    channels = d.integer(2, 3)
    return {"x": d.array(2, channels), "factor": d.array(channels), "times": d.integer(2, 4)}


def draw_clouds(d: Draw) -> Mapping[str, Any]:
    centres = np.float32([[4, 0], [-4, 3], [-1, -5]])[d.permutation(3)]
    labels = np.arange(60) % 3
    points = centres[labels] + d.reals(60, 2, low=-1, high=1)
    return {
        "images": points[:30],
        "labels": labels[:30],
        "test_images": points[30:],
        "test_labels": labels[30:],
        "shapes": [(2, 3), (3,)],
    }


KERAS_CHECKS = (
    Check(
        "Scale",
        points={"weights": 1, "forward": 4, "gradients": 2, "config": 2, "saving": 1},
        kind="layer",
        reference=lambda x, factor, times: times * factor * x,
        draw=draw_scale,
        multilinear=("x", "factor"),
        weights=("factor",),
    ),
    Check(
        "build",
        points={"summary": 4, "outputs": 6},
        kind="model",
        reference=dense,
        rows=lambda features, units: [("Dense", (None, units), (features + 1) * units)],
        draw=draw_dense,
        rtol=1e-5,
    ),
    Check(
        "train",
        points={"learns": 4, "accurate": 6},
        kind="trained",
        thresholds={"learns": 0.5, "accurate": 0.9},
        reference=lambda weights, images: images @ weights[0] + weights[1],
        draw=draw_clouds,
        public=1,
        hidden=1,
    ),
)

ALL = (*CHECKS, *KERAS_CHECKS)
