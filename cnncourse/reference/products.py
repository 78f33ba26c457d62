"""Sums of products of windows and weights: what every convolution and each of its gradients is."""

from dataclasses import dataclass

import numpy as np

from cnncourse.reference.layout import FloatArray
from cnncourse.reference.windows import Sliding


@dataclass(frozen=True)
class Products:
    """y = Σ window · weights, for each window and each feature map.

    That is linear in the input and in the weights, so that from any two of input, weights and
    output the third has a sum of its own: `outputs`, and the two that gradients are made of.

    Args:
        sliding: where the windows lie.
        groups: parts of the channels that do not see one another.
        is_shared: every window has the same weights.

    Shapes:
        x: (N, *lengths, C)
        weights: (*size, C / groups, F) if shared, else (*positions, *size, C / groups, F); the
            first F / groups feature maps see the first group
        y: (N, *positions, F)
    """

    sliding: Sliding
    groups: int = 1
    is_shared: bool = True

    def outputs(self, x: FloatArray, weights: FloatArray) -> FloatArray:
        """y."""
        windows, kernel, maps = self._letters()
        y = _sum(f"{windows},{kernel}->{maps}", self._windows(x), self._apart(weights))
        return self._together(y)

    def inputs(self, y: FloatArray, weights: FloatArray) -> FloatArray:
        """What each input is to y: each weight as often as it was met, times what became of it."""
        windows, kernel, maps = self._letters()
        sums = _sum(f"{maps},{kernel}->{windows}", self._apart(y), self._apart(weights))
        channels = weights.shape[-2] * self.groups
        shape = (len(y), *self.sliding.positions, channels, *self.sliding.size)
        return self.sliding.put(sums.reshape(shape))

    def weights(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """What each weight is to y: each input that it was met with, times what became of it."""
        windows, kernel, maps = self._letters()
        sums = _sum(f"{windows},{maps}->{kernel}", self._windows(x), self._apart(y))
        return sums.reshape(*sums.shape[: self._kernel_axes()], -1, y.shape[-1])

    def _letters(self) -> tuple[str, str, str]:
        """n: image; zyx: where the window lies; wvu: inside it; c: channel; f: map; g: group."""
        rank = len(self.sliding.size)
        positions, elements = "zyx"[-rank:], "wvu"[-rank:]
        group = "g" if self.groups > 1 else ""
        own = "" if self.is_shared else positions
        return (
            f"n{positions}{group}c{elements}",
            f"{own}{elements}c{group}f",
            f"n{positions}{group}f",
        )

    def _kernel_axes(self) -> int:
        return len(self.sliding.size) * (1 if self.is_shared else 2)

    def _windows(self, x: FloatArray) -> FloatArray:
        windows = self.sliding.take(x)
        if self.groups == 1:
            return windows
        axis = 1 + len(self.sliding.size)
        shape = windows.shape
        return windows.reshape(*shape[:axis], self.groups, -1, *shape[axis + 1 :])

    def _together(self, y: FloatArray) -> FloatArray:
        return y if self.groups == 1 else y.reshape(*y.shape[:-2], -1)

    def _apart(self, array: FloatArray) -> FloatArray:
        """Feature maps, the last axis, group by group."""
        if self.groups == 1:
            return array
        return array.reshape(*array.shape[:-1], self.groups, array.shape[-1] // self.groups)


def _sum(subscripts: str, first: FloatArray, second: FloatArray) -> FloatArray:
    return np.asarray(np.einsum(subscripts, first, second, optimize=True))
