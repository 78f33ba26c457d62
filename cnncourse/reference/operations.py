"""An input and a kernel that are about to be multiplied, forward or transposed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, drop_axes, upstream_of
from cnncourse.reference.products import Products

Gradients = tuple[FloatArray, FloatArray]


@dataclass(frozen=True)
class Correlation:
    """Each output is a window's inner product with the kernel.

    Args:
        x: with a batch and a channel axis or without, as it was given.
        kernel: with channel axes if `x` has one.
        products: where the windows of `x` lie.
    """

    x: FloatArray
    kernel: FloatArray
    products: Products

    def output(self) -> FloatArray:
        y = self.products.outputs(add_axes(self.x, self._rank), self._weights())
        return drop_axes(y, self._rank, self.x.ndim)

    def gradients(self, upstream: ArrayLike) -> Gradients:
        positions, weights = self.products.sliding.positions, self._weights()
        y = upstream_of(upstream, self.x, positions, weights.shape[-1])
        to_x = self.products.inputs(y, weights)
        to_kernel = self.products.weights(add_axes(self.x, self._rank), y)
        return drop_axes(to_x, self._rank, self.x.ndim), to_kernel.reshape(self.kernel.shape)

    @property
    def _rank(self) -> int:
        return len(self.products.sliding.size)

    def _weights(self) -> FloatArray:
        has_channels = self.x.ndim > self._rank
        return self.kernel if has_channels else self.kernel[..., np.newaxis, np.newaxis]


class Transpose(Correlation):
    """Each input spreads the kernel over a window of the output; `products` lie on the output."""

    def output(self) -> FloatArray:
        y = self.products.inputs(add_axes(self.x, self._rank), self._weights())
        return drop_axes(y, self._rank, self.x.ndim)

    def gradients(self, upstream: ArrayLike) -> Gradients:
        lengths, weights = self.products.sliding.lengths, self._weights()
        y = upstream_of(upstream, self.x, lengths, weights.shape[-2] * self.products.groups)
        to_x = self.products.outputs(y, weights)
        to_kernel = self.products.weights(y, add_axes(self.x, self._rank))
        return drop_axes(to_x, self._rank, self.x.ndim), to_kernel.reshape(self.kernel.shape)
