"""The middle of an image, as large as another image."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation


def require_two(input_shape: Any) -> list[Any]:
    """The shapes of two batches of images.

    Raises:
        ValueError: there are not two, or one is no batch of images.
    """
    shapes = list(input_shape)
    if len(shapes) != 2 or not all(isinstance(shape, list | tuple) for shape in shapes):
        raise ValueError(f"the input has shape {input_shape}; it must be a list of two images")
    for shape in shapes:
        validation.require_ndim(shape, 4)
    return shapes


@keras.saving.register_keras_serializable("cnncourse")
class CropLike(keras.layers.Layer):
    """Crop the first of two batches of images to the height and width of the second.

    The middle is kept; where an odd row or column is too many, that is the last.

    Args:
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: a list of (batch, height, width, channels) and (batch, smaller height, smaller width,
            any channels)
        output: (batch, smaller height, smaller width, channels)

    Raises:
        ValueError: the inputs are not two, or the second is larger.

    Source:
        Ronneberger et al. 2015, figure 1, arXiv:1505.04597
    """

    def __init__(self, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = validation.data_format(data_format)

    def build(self, input_shape: Any) -> None:
        large, small = (
            validation.spatial(one, self.data_format) for one in require_two(input_shape)
        )
        pairs = zip(large, small, strict=True)
        if any(a is not None and b is not None and a < b for a, b in pairs):
            raise ValueError(f"the input is {large} and is cropped to {small}; it must be as large")

    def call(self, inputs: Any) -> Any:
        x, like = inputs
        first = 1 if self.data_format == "channels_last" else 2
        sizes = ops.shape(like)[first : first + 2]
        starts = [
            (have - want) // 2
            for have, want in zip(ops.shape(x)[first : first + 2], sizes, strict=True)
        ]
        rows, columns = (
            slice(start, start + size) for start, size in zip(starts, sizes, strict=True)
        )
        return x[:, rows, columns] if first == 1 else x[:, :, rows, columns]

    def compute_output_shape(self, input_shape: Any) -> tuple[int | None, ...]:
        large, small = input_shape
        height, width = validation.spatial(small, self.data_format)
        if self.data_format == "channels_last":
            return (large[0], height, width, large[-1])
        return (large[0], large[1], height, width)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "data_format": self.data_format}
