"""The blocks of ShuffleNet and V2: cheap convolutions, whose channels are shuffled between."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.block import NormalizedBlock
from cnncourse.layers.channel_shuffle import ChannelShuffle
from cnncourse.layers.channel_slice import ChannelSlice


class ShuffledBlock(NormalizedBlock):
    """What both units share.

    Args:
        filters: channels of the output.
        strides: 1, which keeps the input's shape, or 2, which halves height and width.
    """

    def __init__(
        self,
        filters: int,
        strides: int = 1,
        momentum: float = 0.9,
        epsilon: float = 1e-5,
        **kwargs: Any,
    ) -> None:
        super().__init__(momentum=momentum, epsilon=epsilon, **kwargs)
        self.filters = validation.count("filters", filters)
        if strides not in (1, 2):
            raise ValueError(f"strides is {strides!r}; it must be 1 or 2")
        self.strides = strides

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "filters": self.filters, "strides": self.strides}

    def shuffle(self, x: Any, groups: int) -> Any:
        """The channels of each group dealt out to all."""
        return self.spatial_part(ChannelShuffle, "shuffle", groups=groups)(x)

    def kept_channels(self, x: Any) -> int:
        """The input's channels, of which a unit with strides 1 must put out as many.

        Raises:
            ValueError: it does not.
        """
        channels = self.channels(x)
        if self.strides == 1 and channels != self.filters:
            received = f"filters is {self.filters} and strides 1"
            raise ValueError(f"{received}; filters must be the input's channels, {channels}")
        return channels


@keras.saving.register_keras_serializable("cnncourse")
class ShuffleUnit(ShuffledBlock):
    """A bottleneck of group convolutions, and the input added to it or concatenated with it.

    Args:
        filters: channels of the output; the bottleneck has a fourth.
        strides: 1 adds the input; 2 halves height and width and concatenates the input's 3×3 means.
        groups: of both 1×1 convolutions.
        first_groups: of the first one, if others; 1 in the network's first unit, which sees few
            channels.
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), filters)

    Raises:
        ValueError: `groups` do not divide the channels of a 1×1 convolution; or `filters` are not
            the input's channels where `strides` is 1, not more than those where it is 2.

    Source:
        Zhang et al. 2018, figure 2 (b) and (c), arXiv:1707.01083; padding as in the authors' code,
        by 1 on every side, counted as zeros in the means
    """

    def __init__(
        self,
        filters: int,
        strides: int = 1,
        groups: int = 3,
        first_groups: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(filters, strides, **kwargs)
        self.groups = validation.count("groups", groups)
        first = groups if first_groups is None else first_groups
        self.first_groups = validation.count("first_groups", first)
        hidden = validation.require_multiple("filters", filters, "the bottleneck's share", 4) // 4
        validation.require_multiple("a fourth of filters", hidden, "groups", self.groups)
        validation.require_multiple(
            "a fourth of filters", hidden, "first_groups", self.first_groups
        )

    def compose(self, x: Any) -> Any:
        channels = self.kept_channels(x)
        validation.require_multiple(
            "the number of channels", channels, "first_groups", self.first_groups
        )
        added = self.filters if self.strides == 1 else self._added(channels)
        hidden = self.filters // 4
        y = self.convolve(x, "1", hidden, groups=self.first_groups, use_bias=False)
        y = self.shuffle(self.normalize_activate(y, "1"), self.groups)
        y = self.convolve_depthwise(y, "2", 3, strides=self.strides, padding="torch")
        y = self.convolve(self.normalize(y, "2"), "3", added, groups=self.groups, use_bias=False)
        y = self.normalize(y, "3")
        y = self.add(x, y) if self.strides == 1 else self.concatenate([self._means(x), y])
        return self.activate(y, "out")

    def get_config(self) -> dict[str, Any]:
        own = {"groups": self.groups, "first_groups": self.first_groups}
        return {**super().get_config(), **own}

    def _added(self, channels: int) -> int:
        if self.filters <= channels:
            received = f"filters is {self.filters} and strides 2"
            raise ValueError(f"{received}; filters must exceed the input's channels, {channels}")
        added = self.filters - channels
        return validation.require_multiple("filters less the input's", added, "groups", self.groups)

    def _means(self, x: Any) -> Any:
        zeros = self.spatial_part(keras.layers.ZeroPadding2D, "pool_pad", padding=1)
        pool = self.spatial_part(keras.layers.AveragePooling2D, "pool", pool_size=3, strides=2)
        return pool(zeros(x))


@keras.saving.register_keras_serializable("cnncourse")
class ShuffleUnitV2(ShuffledBlock):
    """Half of the channels pass, the others are convolved; then both are shuffled.

    With strides 2 both halves are convolved and each comes from all of the channels.

    Args:
        filters: channels of the output, an even number.
        strides: 1, which keeps the input's shape, or 2, which halves height and width.
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), filters)

    Raises:
        ValueError: `filters` is odd, or not the input's channels where `strides` is 1.

    Source:
        Ma et al. 2018, figure 3 (c) and (d), arXiv:1807.11164; padding as in torchvision, by 1 on
        every side
    """

    def __init__(self, filters: int, strides: int = 1, **kwargs: Any) -> None:
        super().__init__(filters, strides, **kwargs)
        validation.require_multiple("filters", filters, "the number of halves", 2)

    def compose(self, x: Any) -> Any:
        self.kept_channels(x)
        half = self.filters // 2
        if self.strides == 1:
            left = self.spatial_part(ChannelSlice, "left", start=0, stop=half)(x)
            x = self.spatial_part(ChannelSlice, "right", start=half, stop=self.filters)(x)
        else:
            left = self._separable(x, "left_1", "left_2")
        right = self._pointwise(x, "right_1")
        right = self._separable(right, "right_2", "right_3")
        return self.shuffle(self.concatenate([left, right]), groups=2)

    def _separable(self, x: Any, depthwise: str, pointwise: str) -> Any:
        y = self.convolve_depthwise(x, depthwise, 3, strides=self.strides, padding="torch")
        return self._pointwise(self.normalize(y, depthwise), pointwise)

    def _pointwise(self, x: Any, step: str) -> Any:
        y = self.convolve(x, step, self.filters // 2, use_bias=False)
        return self.normalize_activate(y, step)
