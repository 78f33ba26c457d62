"""An activation whose corners are learnt."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.same_shape import SameShape


@keras.saving.register_keras_serializable("cnncourse")
class APL(SameShape):
    """Adaptive piecewise linear: max(x, 0) + Σₛ aₛ · max(0, bₛ - x), with all a and b learnt.

    Args:
        hinges: terms of the sum, S; each unit has as many slopes a and corners b.
        shared_axes: axes along which units share theirs, as for Keras's `PReLU`: (1, 2) for one
            activation a feature map. None: each unit has its own.
        slopes_initializer, corners_initializer: of a and b; with zero slopes training starts from a
            ReLU, with corners that differ no two terms are the same.

    Shapes:
        input: (batch, …)
        slopes, corners: (hinges, …), with 1 along shared axes
        output: as the input

    Raises:
        ValueError: `hinges` is below 1, a shared axis is none of the input's, or the size along one
            that is not shared is unknown.

    Source:
        Agostinelli et al. 2015, equation 1, arXiv:1412.6830
    """

    def __init__(
        self,
        hinges: int = 2,
        shared_axes: int | Sequence[int] | None = None,
        slopes_initializer: Any = "zeros",
        corners_initializer: Any = "random_normal",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.hinges = validation.count("hinges", hinges)
        given = () if shared_axes is None else shared_axes
        axes = given if isinstance(given, Sequence) else (given,)
        self.shared_axes = tuple(validation.count("a shared axis", axis) for axis in axes)
        self.slopes_initializer = keras.initializers.get(slopes_initializer)
        self.corners_initializer = keras.initializers.get(corners_initializer)

    def build(self, input_shape: validation.Shape) -> None:
        shape = (self.hinges, *self._unit_shape(input_shape))
        self.slopes = self.add_weight(
            name="slopes", shape=shape, initializer=self.slopes_initializer
        )
        self.corners = self.add_weight(
            name="corners", shape=shape, initializer=self.corners_initializer
        )

    def call(self, inputs: Any) -> Any:
        outputs = ops.relu(inputs)
        for hinge in range(self.hinges):
            outputs = outputs + self.slopes[hinge] * ops.relu(self.corners[hinge] - inputs)
        return outputs

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "hinges": self.hinges,
            "shared_axes": self.shared_axes,
            "slopes_initializer": keras.initializers.serialize(self.slopes_initializer),
            "corners_initializer": keras.initializers.serialize(self.corners_initializer),
        }

    def _unit_shape(self, input_shape: validation.Shape) -> validation.Sizes:
        beyond = [axis for axis in self.shared_axes if axis >= len(input_shape)]
        if beyond:
            received = f"shared_axes are {self.shared_axes}, the input's {tuple(input_shape)}"
            raise ValueError(f"{received}; they must be from 1 to {len(input_shape) - 1}")
        sizes = [
            1 if axis in self.shared_axes else size
            for axis, size in enumerate(input_shape)
            if axis > 0
        ]
        return validation.require_known(
            "sizes, 1 along shared axes,",
            sizes,
            why="each unit has its own corners",
            advice="give all of them, or share the axes of those that are unknown",
        )
