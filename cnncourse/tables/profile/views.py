"""What the output of a layer sees of the model's input, by kind of layer."""

from collections.abc import Sequence
from typing import Any

from cnncourse.arithmetic import Window
from cnncourse.tables.profile import seen
from cnncourse.tables.profile.seen import Axis, View
from cnncourse.tables.profile.unknown import Unknown
from cnncourse.tables.profile.use import Use


def same(use: Use) -> View:
    """What its input does: each element for itself, or all channels of a place together."""
    return use.view


def vector(use: Use) -> View:
    """Everything that the input does, as a whole."""
    return seen.whole(use.view)


def flat(use: Use) -> View:
    """What the input does, each element its own part of it."""
    return seen.flat(use.view)


def placed(use: Use) -> View:
    """What a rearrangement does: the same wherever elements lie, if all of them see the same."""
    if isinstance(use.view, Unknown):
        return use.view
    if len(use.output_shape) == 2:
        return flat(use)
    if seen.has_places(use.view):
        return Unknown(f"{use.name} moves elements to other places")
    if not all(axis.mixed for axis in use.view):
        return Unknown(f"{use.name} makes places of a vector whose elements do not all see alike")
    return use.view


def convolved(use: Use) -> View:
    """Of a kernel that moves over the places."""
    return moved(use, _kernel(use.layer))


def pooled(use: Use) -> View:
    """Of a pool that moves over the places."""
    layer = use.layer
    return moved(use, _windows(layer.pool_size, layer.strides, layer.padding))


def transposed(use: Use) -> View:
    """Of a transposed convolution: places lie `strides` apart in the output."""
    layer = use.layer
    rank = len(layer.kernel_size)
    windows = [
        Window(k, s, _dropped(layer.padding, (k - 1) * d + 1, extra), d, transposed=True)
        for k, s, d, extra in zip(
            layer.kernel_size,
            _each(layer.strides, rank),
            _each(layer.dilation_rate, rank),
            _each(layer.output_padding, rank),
            strict=True,
        )
    ]
    return moved(use, windows)


def _dropped(padding: str, covered: int, output_padding: int | None) -> int | str:
    """How many outputs "same" drops before the first, which Keras's `output_padding` changes."""
    if padding != "same" or output_padding is None:
        return padding
    kept = covered + covered % 2 - 2 + output_padding
    return covered - 1 - min(kept - kept // 2, covered - 1)


def upsampled(use: Use) -> View:
    """Of repeated places, or of two neighbours mixed."""
    layer = use.layer
    enlarged = _enlarged(layer.size, getattr(layer, "interpolation", "nearest"), use)
    return enlarged if isinstance(enlarged, Unknown) else moved(use, enlarged)


def resized_and_convolved(use: Use) -> View:
    """Of a kernel that moves over up-sampled places."""
    layer = use.layer
    enlarged = _enlarged(layer.scale, layer.interpolation, use)
    return enlarged if isinstance(enlarged, Unknown) else moved(use, enlarged, _kernel(layer))


def interleaved(use: Use) -> View:
    """Of a kernel at one place, for all the outputs that are made of its channels."""
    scale = _each(use.layer.scale, len(use.layer.kernel_size))
    return moved(use, _kernel(use.layer), [Window(s, s, transposed=True) for s in scale])


def _enlarged(size: Any, interpolation: str, use: Use) -> list[Window] | Unknown:
    sizes = _each(size, len(use.sizes_of(use.input_shape)))
    if interpolation == "nearest":
        return [Window(s, s, transposed=True) for s in sizes]
    if interpolation == "bilinear":  # a weight is 0 in the middle where the factor is odd
        return [Window(2 * s - s % 2, s, s // 2, transposed=True) for s in sizes]
    return Unknown(f"{use.name} interpolates by {interpolation}")


def zero_padded(use: Use) -> View:
    """Of places with zeros around them."""
    return moved(use, [Window(1, padding=before) for before in _before(use.layer.padding)])


def cropped(use: Use) -> View:
    """Of places without their border."""
    return moved(use, [Window(1, padding=-before) for before in _before(use.layer.cropping)])


def cropped_like(use: Use) -> View:
    """Of the middle of the first input; the second says how much of it."""
    sizes = zip(use.sizes_of(use.input_shape), use.sizes_of(use.output_shape), strict=True)
    windows = []
    for size, kept in sizes:
        if size is None or kept is None:
            return Unknown(f"{use.name} crops by a number that depends on an unknown size")
        windows.append(Window(1, padding=-((size - kept) // 2)))
    return moved(use, windows)


def _before(borders: Any) -> list[int]:
    """Of each axis; where there is one, Keras keeps its two numbers alone."""
    pairs = [borders] if isinstance(borders[0], int) else borders
    return [before for before, _ in pairs]


def normalized(use: Use) -> View:
    """Of places that share a mean or a sum along the layer's axes."""
    axes = use.layer.axis
    rank = len(use.input_shape)
    axes = {axis % rank for axis in (axes if isinstance(axes, Sequence) else [axes])}
    if axes <= {use.channel_axis}:
        return use.view
    if axes >= set(range(1, rank)) - {use.channel_axis}:
        return vector(use)
    return Unknown(f"{use.name} mixes places along some axes")


def dense(use: Use) -> View:
    """Of the whole vector, or of the channels at each place."""
    if len(use.input_shape) == 2:
        return vector(use)
    return use.view if use.channels_last else placed(use)


def adaptively_pooled(use: Use) -> View:
    """Of windows as equal as the sizes allow; where they are not, places see unequally much."""
    if all(size == 1 for size in use.sizes_of(use.output_shape)):
        return vector(use)
    windows = []
    axes = zip(use.sizes_of(use.input_shape), use.sizes_of(use.output_shape), strict=True)
    for inputs, outputs in axes:
        if inputs is None or outputs is None or inputs % outputs:
            return Unknown(f"{use.name} pools windows that are not all equal")
        windows.append(Window(inputs // outputs, inputs // outputs))
    return moved(use, windows)


def merged(use: Use) -> View:
    """Of all inputs at the same place."""
    views = [tensor.view for tensor in use.inputs]
    with_places = [
        use.sizes_of(tensor.shape)
        for tensor in use.inputs
        if not isinstance(tensor.view, Unknown) and seen.has_places(tensor.view)
    ]
    if len(set(with_places)) > 1:
        return Unknown(f"{use.name} repeats its smaller input")
    return seen.union(views, use.name)


def concatenated(use: Use) -> View:
    """Of all inputs, where they are stacked as channels."""
    known = [tensor.view for tensor in use.inputs if not isinstance(tensor.view, Unknown)]
    if use.layer.axis % len(use.input_shape) != use.channel_axis and any(
        map(seen.has_places, known)
    ):
        return Unknown(f"{use.name} puts places beside one another")
    return merged(use)


def moved(use: Use, *steps: Sequence[Window]) -> View:
    """Of windows that move over the places, one for each axis; and then over what these make."""
    if isinstance(use.view, Unknown) or not seen.has_places(use.view):
        return use.view
    if len(use.view) != len(steps[0]):
        return Unknown(f"{use.name} moves over axes that are not those of the input")
    sizes = zip(use.sizes_of(use.input_shape), use.sizes_of(use.output_shape), strict=True)
    axes = zip(use.view, zip(*steps, strict=True), sizes, strict=True)
    try:
        return tuple(_through(axis, windows, *size, use.name) for axis, windows, size in axes)
    except ValueError as reason:
        return Unknown(f"{use.name}: {reason}")


def _through(
    axis: Axis, windows: Sequence[Window], inputs: int | None, outputs: int | None, name: str
) -> Axis:
    *first, last = windows
    for window in first:
        between = None if inputs is None else window.positions(inputs)
        axis, inputs = seen.through(axis, window, (inputs, between), name), between
    return seen.through(axis, last, (inputs, outputs), name)


def _kernel(layer: Any) -> list[Window]:
    """Of a convolution; a few of ours have no strides or dilation."""
    strides, dilation = getattr(layer, "strides", 1), getattr(layer, "dilation_rate", 1)
    return _windows(layer.kernel_size, strides, layer.padding, dilation)


def _windows(
    sizes: Sequence[int], strides: Any, padding: str, dilation_rate: Any = 1
) -> list[Window]:
    """One for each axis; padding as Keras names it."""
    rank = len(sizes)
    axes = zip(sizes, _each(strides, rank), _each(dilation_rate, rank), strict=True)
    if padding == "causal":
        return [Window(k, s, (k - 1) * d, d) for k, s, d in axes]
    return [Window(k, s, padding, d) for k, s, d in axes]


def _each(value: Any, rank: int) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, Sequence) else (value,) * rank
