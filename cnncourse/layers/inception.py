"""Windows of several sizes side by side."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.block import NormalizedBlock


@keras.saving.register_keras_serializable("cnncourse")
class Inception(NormalizedBlock):
    """Convolutions 1×1, 3×3 and 5×5 and a maximum of the same image, concatenated.

    Each argument is a column of the paper's table; a pair is (filters of the 1×1 convolution that
    reduces, filters after it).

    Args:
        filters_1x1: of the 1×1 convolution.
        filters_3x3: a pair, for the 3×3 convolution.
        filters_5x5: a pair, for the 5×5 convolution.
        filters_pool: of the 1×1 convolution after the 3×3 maximum.
        normalized: whether batch normalisation follows each convolution instead of a bias, as in
            torchvision.
        large_kernel: 5, or 3 as in torchvision, whose 5×5 convolutions are 3×3.
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, height, width, sum of the filters of all four)

    Raises:
        ValueError: a number of filters is below 1 or no pair, or `large_kernel` neither 3 nor 5.

    Source:
        Szegedy et al. 2015, figure 2 (b) and table 1, arXiv:1409.4842
    """

    def __init__(
        self,
        filters_1x1: int,
        filters_3x3: tuple[int, int],
        filters_5x5: tuple[int, int],
        filters_pool: int,
        normalized: bool = False,
        large_kernel: int = 5,
        momentum: float = 0.9,
        epsilon: float = 1e-3,
        **kwargs: Any,
    ) -> None:
        super().__init__(momentum=momentum, epsilon=epsilon, **kwargs)
        self.filters_1x1 = validation.count("filters_1x1", filters_1x1)
        self.filters_3x3 = _pair("filters_3x3", filters_3x3)
        self.filters_5x5 = _pair("filters_5x5", filters_5x5)
        self.filters_pool = validation.count("filters_pool", filters_pool)
        self.normalized = normalized
        if large_kernel not in (3, 5):
            raise ValueError(f"large_kernel is {large_kernel!r}; it must be 3 or 5")
        self.large_kernel = large_kernel

    def compose(self, x: Any) -> Any:
        small = self._unit(x, "3x3_reduce", self.filters_3x3[0])
        large = self._unit(x, "5x5_reduce", self.filters_5x5[0])
        pool = self.spatial_part(
            keras.layers.MaxPooling2D, "pool", pool_size=3, strides=1, padding="same"
        )
        return self.concatenate(
            [
                self._unit(x, "1x1", self.filters_1x1),
                self._unit(small, "3x3", self.filters_3x3[1], 3),
                self._unit(large, "5x5", self.filters_5x5[1], self.large_kernel),
                self._unit(pool(x), "pool_proj", self.filters_pool),
            ]
        )

    def get_config(self) -> dict[str, Any]:
        own = {
            "filters_1x1": self.filters_1x1,
            "filters_3x3": self.filters_3x3,
            "filters_5x5": self.filters_5x5,
            "filters_pool": self.filters_pool,
            "normalized": self.normalized,
            "large_kernel": self.large_kernel,
        }
        return {**super().get_config(), **own}

    def _unit(self, x: Any, step: str, filters: int, kernel_size: int = 1) -> Any:
        y = self.convolve(x, step, filters, kernel_size, use_bias=not self.normalized)
        return self.normalize_activate(y, step) if self.normalized else self.activate(y, step)


def _pair(name: str, value: Any) -> validation.Sizes:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name} is {value!r}; it must be a pair of ints")
    return validation.counts(name, value, 2)
