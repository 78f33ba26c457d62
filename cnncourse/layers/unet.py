"""The levels of U-Net: down on the left, up on the right, and what is carried across."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.block import Block
from cnncourse.layers.crop_like import CropLike, require_two

UPSAMPLINGS = ("transposed", "resize")

SMALLEST = {"valid": 5, "same": 1}
"""What two 3×3 convolutions need to put out anything."""


class TwiceConvolved(Block):
    """What both sides share: two 3×3 convolutions, each with biases and ReLU.

    Args:
        filters: of each convolution.
        padding: "valid" or "same".
    """

    def __init__(self, filters: int, padding: str = "valid", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.filters = validation.count("filters", filters)
        self.padding = validation.padding(padding)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "filters": self.filters, "padding": self.padding}

    def build(self, input_shape: Any) -> None:
        self.refuse_sizes(input_shape)
        super().build(input_shape)

    def refuse_sizes(self, input_shape: Any) -> None:
        """Complain of an input's height and width, as far as they are known.

        Raises:
            ValueError: they are too small, or do not go together.
        """
        raise NotImplementedError

    def sizes(self, shape: Any) -> tuple[int | None, ...]:
        """Height and width."""
        return validation.spatial(shape, self.data_format)

    def convolve_twice(self, x: Any) -> Any:
        """Two convolutions with their activations."""
        for step in ("1", "2"):
            x = self.convolve(x, step, self.filters, 3, padding=self.padding)
            x = self.activate(x, step)
        return x


@keras.saving.register_keras_serializable("cnncourse")
class UNetEncoder(TwiceConvolved):
    """A level on the left of the U: a 2×2 maximum, then two 3×3 convolutions.

    What it puts out goes down to the next encoder and across to a decoder.

    Args:
        filters: of each convolution.
        padding: "valid", as in the paper, or "same".
        pool: whether there is a maximum; on the uppermost level there is none.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, floor(height / 2), floor(width / 2), filters); 4 rows and columns less where
            `padding` is "valid", and nothing halved where `pool` is False

    Raises:
        ValueError: an argument is none of the above, or the image too small.

    Source:
        Ronneberger et al. 2015, figure 1, arXiv:1505.04597
    """

    def __init__(
        self, filters: int, padding: str = "valid", pool: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(filters, padding, **kwargs)
        self.pool = pool

    def compose(self, x: Any) -> Any:
        self.refuse_sizes(x.shape)
        if self.pool:
            x = self.spatial_part(keras.layers.MaxPooling2D, "pool", pool_size=2)(x)
        return self.convolve_twice(x)

    def refuse_sizes(self, input_shape: Any) -> None:
        smallest = SMALLEST[self.padding] * (2 if self.pool else 1)
        sizes = self.sizes(input_shape)
        if any(size is not None and size < smallest for size in sizes):
            raise ValueError(f"the input is {sizes}; it must be at least {smallest} high and wide")

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "pool": self.pool}


@keras.saving.register_keras_serializable("cnncourse")
class UNetDecoder(TwiceConvolved):
    """A level on the right of the U: up-sampled, joined with its encoder, convolved twice.

    Args:
        filters: of the up-convolution and of each convolution.
        padding: "valid", as in the paper, which crops what comes from the encoder; or "same".
        upsampling: "transposed", a 2×2 transposed convolution with strides 2, as in the authors'
            network; or "resize", every pixel repeated and a 2×2 convolution, as in the text. ReLU
            follows either, as in the authors' network.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: a list: from below (batch, height, width, channels), and from the encoder (batch, at
            least 2 · height, at least 2 · width, any channels); exactly where `padding` is "same"
        output: (batch, 2 · height, 2 · width, filters); 4 rows and columns less where `padding` is
            "valid"

    Raises:
        ValueError: an argument is none of the above, or the images are too small or do not go
            together.

    Source:
        Ronneberger et al. 2015, figure 1, arXiv:1505.04597
    """

    def __init__(
        self,
        filters: int,
        padding: str = "valid",
        upsampling: str = "transposed",
        **kwargs: Any,
    ) -> None:
        super().__init__(filters, padding, **kwargs)
        self.upsampling = validation.choice("upsampling", upsampling, UPSAMPLINGS)

    def compose(self, x: Any) -> Any:
        self.refuse_sizes(keras.tree.map_structure(lambda one: one.shape, x))
        below, across = x
        up = self.activate(self._upsample(below), "up")
        if self.padding == "valid":
            across = self.spatial_part(CropLike, "crop")([across, up])
        return self.convolve_twice(self.concatenate([across, up]))

    def refuse_sizes(self, input_shape: Any) -> None:
        below, across = (self.sizes(one) for one in require_two(input_shape))
        for low, high in zip(below, across, strict=True):
            if low is not None and 2 * low < SMALLEST[self.padding]:
                raise ValueError(f"the input from below is {below}; it must be at least 3 × 3")
            if low is None or high is None or high == 2 * low:
                continue
            if self.padding == "same" or high < 2 * low:
                wanted = "twice" if self.padding == "same" else "at least twice"
                received = f"the input from below is {below} and the encoder's {across}"
                raise ValueError(f"{received}; that must be {wanted} as high and wide")

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "upsampling": self.upsampling}

    def _upsample(self, x: Any) -> Any:
        if self.upsampling == "resize":
            x = self.spatial_part(keras.layers.UpSampling2D, "up_resize", size=2)(x)
            return self.convolve(x, "up", self.filters, 2)
        up = self.spatial_part(
            keras.layers.Conv2DTranspose,
            "up_conv",
            filters=self.filters,
            kernel_size=2,
            strides=2,
            kernel_initializer="he_normal",
        )
        return up(x)
