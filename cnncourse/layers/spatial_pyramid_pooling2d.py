"""One vector length for images of every size."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.precision import single

POOLINGS = {"max": (ops.max, ops.max_pool), "average": (ops.mean, ops.average_pool)}
"""Over a whole axis, and over windows of one size."""


@keras.saving.register_keras_serializable("cnncourse")
class SpatialPyramidPooling2D(keras.layers.Layer):
    """Pool an image of any size into n × n windows, for each level n, and join them all.

    Window i of n reaches from ⌊i · size / n⌋ to ⌈(i + 1) · size / n⌉, so that every pixel counts.

    Half precision is summed in float32, where it does not overflow.

    Args:
        levels: windows along each axis, one number for each level of the pyramid.
        pooling: "max" or "average".
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels); none may be 0
        output: (batch, channels · Σ level²): level by level, row by row, channels last, in each
            data format

    Raises:
        ValueError: an argument is none of the above, or the input does not have four axes.

    Source:
        He et al. 2014, section 2.2, arXiv:1406.4729, whose windows, ⌈size / n⌉ long and
        ⌊size / n⌋ apart, need not reach the last pixel where n does not divide the size
    """

    def __init__(
        self,
        levels: validation.Sizes = (1, 2, 4),
        pooling: str = "max",
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not isinstance(levels, list | tuple) or not levels:
            raise ValueError(f"levels is {levels!r}; it must be a tuple of ints, at least one")
        self.levels = validation.counts("levels", levels, len(levels))
        self.pooling = validation.choice("pooling", pooling, tuple(POOLINGS))
        self.data_format = validation.data_format(data_format)

    def build(self, input_shape: validation.Shape) -> None:
        validation.require_ndim(input_shape, 4)
        validation.channels(input_shape, validation.channel_axis(self.data_format))

    def call(self, inputs: Any) -> Any:
        if self.data_format == "channels_first":
            inputs = ops.moveaxis(inputs, 1, -1)
        wide = single(inputs)
        pooled = ops.concatenate([self._pooled(wide, level) for level in self.levels], axis=-1)
        return ops.cast(pooled, self.compute_dtype)

    def compute_output_shape(self, input_shape: validation.Shape) -> validation.Shape:
        axis = validation.channel_axis(self.data_format)
        windows = sum(level**2 for level in self.levels)
        return (input_shape[0], validation.channels(input_shape, axis) * windows)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "levels": self.levels,
            "pooling": self.pooling,
            "data_format": self.data_format,
        }

    def _pooled(self, inputs: Any, level: int) -> Any:
        """(batch, level · level · channels)."""
        over_axis, over_windows = POOLINGS[self.pooling]
        _, height, width, channels = ops.shape(inputs)
        sizes = (height, width)
        if all(isinstance(size, int) and size % level == 0 for size in sizes):
            window = (height // level, width // level)
            pooled = over_windows(inputs, window, window, data_format="channels_last")
            return ops.reshape(pooled, (-1, level * level * channels))
        rows = [over_axis(inputs[:, a:b], axis=1) for a, b in _bounds(height, level)]
        windows = [over_axis(row[:, a:b], axis=1) for row in rows for a, b in _bounds(width, level)]
        return ops.concatenate(windows, axis=-1)


def _bounds(size: Any, level: int) -> list[tuple[Any, Any]]:
    """Where each window begins, and the first element behind it."""
    return [(i * size // level, -(-(i + 1) * size // level)) for i in range(level)]
