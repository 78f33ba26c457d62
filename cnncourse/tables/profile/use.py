"""One use of a layer: what it is given and what it gives, as far as it is known without running."""

from dataclasses import dataclass
from math import prod
from typing import Any

from cnncourse.tables.profile.seen import View
from cnncourse.tables.profile.unknown import Amount, Unknown

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Tensor:
    """A shape with the batch in front, and what is seen of the model's input."""

    shape: Shape
    dtype: str
    view: View


@dataclass(frozen=True)
class Use:
    """A layer with its inputs' and outputs' shapes.

    Args:
        name: what the layer is called in reasons.
        channels_last: how its images are laid out.
    """

    layer: Any
    name: str
    inputs: tuple[Tensor, ...]
    output_shapes: tuple[Shape, ...]
    channels_last: bool

    @property
    def view(self) -> View:
        """What the first input sees."""
        return self.inputs[0].view

    @property
    def input_shape(self) -> Shape:
        """That of the first input."""
        return self.inputs[0].shape

    @property
    def output_shape(self) -> Shape:
        """That of the first output."""
        return self.output_shapes[0]

    @property
    def channel_axis(self) -> int:
        """Of the first input, counted from the front."""
        return len(self.input_shape) - 1 if self.channels_last else 1

    @property
    def in_channels(self) -> int:
        """Channels of the first input."""
        return self.channels_of(self.input_shape)

    def channels_of(self, shape: Shape) -> int:
        """Where an image of this shape has its channels, they are never unknown to weights."""
        channels = shape[-1 if self.channels_last else 1]
        assert channels is not None
        return channels

    def sizes_of(self, shape: Shape) -> Shape:
        """Without batch and channels."""
        return shape[1:-1] if self.channels_last else shape[2:]


def count(sizes: Shape) -> Amount:
    """How many elements there are."""
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes):
        return Unknown("sizes are unknown; give the model an input_shape without None")
    return prod(known)
