"""What the output of a layer sees of the model's input, by kind of layer."""

from collections.abc import Sequence
from typing import Any

from cnncourse.arithmetic import Window
from cnncourse.tables.profile import seen
from cnncourse.tables.profile.seen import View
from cnncourse.tables.profile.unknown import Unknown
from cnncourse.tables.profile.use import Use


def same(use: Use) -> View:
    """What its input does: each element for itself, or all channels of a place together."""
    return use.view


def vector(use: Use) -> View:
    """Everything that the input does, as a whole."""
    return seen.whole(use.view)


def placed(use: Use) -> View:
    """What a rearrangement does: a vector's elements see the same wherever they lie."""
    if isinstance(use.view, Unknown) or not seen.has_places(use.view):
        return use.view
    if len(use.output_shape) == 2:
        return vector(use)
    return Unknown(f"{use.name} moves elements to other places")


def convolved(use: Use) -> View:
    """Of a kernel that moves over the places."""
    layer = use.layer
    return through(use, layer.kernel_size, layer.strides, layer.padding, layer.dilation_rate)


def pooled(use: Use) -> View:
    """Of a pool that moves over the places."""
    return through(use, use.layer.pool_size, use.layer.strides, use.layer.padding)


def transposed(use: Use) -> View:
    """Of a transposed convolution: places lie `strides` apart in the output."""
    layer = use.layer
    if layer.output_padding is not None:
        return _transposed_by_hand(use)
    padding, dilation = layer.padding, layer.dilation_rate
    return through(use, layer.kernel_size, layer.strides, padding, dilation, transposed=True)


def _transposed_by_hand(use: Use) -> View:
    """Keras lets `output_padding` choose how many outputs "same" drops before the first."""
    layer = use.layer
    rank = len(layer.kernel_size)
    windows = [
        Window(k, step, 0, dilation, transposed=True)
        for k, step, dilation in zip(
            layer.kernel_size,
            _each(layer.strides, rank),
            _each(layer.dilation_rate, rank),
            strict=True,
        )
    ]
    if layer.padding == "same":
        extra = _each(layer.output_padding, rank)
        return _windowed(
            use,
            [
                Window(w.kernel_size, w.strides, _dropped(w.covered, more), w.dilation_rate, True)
                for w, more in zip(windows, extra, strict=True)
            ],
        )
    return _windowed(use, windows)


def _dropped(covered: int, output_padding: int) -> int:
    kept = covered + covered % 2 - 2 + output_padding
    return covered - 1 - min(kept - kept // 2, covered - 1)


def upsampled(use: Use) -> View:
    """Of repeated places, or of two neighbours mixed."""
    size, interpolation = use.layer.size, getattr(use.layer, "interpolation", "nearest")
    rank = len(use.sizes_of(use.input_shape))
    if interpolation == "nearest":
        windows = [Window(s, s, transposed=True) for s in _each(size, rank)]
    elif interpolation == "bilinear":  # a weight is 0 in the middle where the factor is odd
        windows = [Window(2 * s - s % 2, s, s // 2, transposed=True) for s in _each(size, rank)]
    else:
        return Unknown(f"{use.name} interpolates by {interpolation}")
    return _windowed(use, windows)


def zero_padded(use: Use) -> View:
    """Of places with zeros around them."""
    return _windowed(use, [Window(1, padding=before) for before in _before(use.layer.padding)])


def cropped(use: Use) -> View:
    """Of places without their border."""
    return _windowed(use, [Window(1, padding=-before) for before in _before(use.layer.cropping)])


def _before(borders: Any) -> list[int]:
    return [side if isinstance(side, int) else side[0] for side in borders]


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
    return _windowed(use, windows)


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


def through(
    use: Use,
    kernel_size: Sequence[int],
    strides: Any,
    padding: str,
    dilation_rate: Any = 1,
    *,
    transposed: bool = False,
) -> View:
    """Of a kernel of a size, strides and a dilation for each axis; padding as Keras names it."""
    rank = len(kernel_size)
    axes = zip(kernel_size, _each(strides, rank), _each(dilation_rate, rank), strict=True)
    if padding == "causal":
        return _windowed(use, [Window(k, s, (k - 1) * d, d) for k, s, d in axes])
    return _windowed(use, [Window(k, s, padding, d, transposed) for k, s, d in axes])


def _windowed(use: Use, windows: Sequence[Window]) -> View:
    if isinstance(use.view, Unknown):
        return use.view
    if seen.has_places(use.view) and len(use.view) != len(windows):
        return Unknown(f"{use.name} moves over axes that are not those of the input")
    if not seen.has_places(use.view):
        return use.view
    sizes = zip(use.sizes_of(use.input_shape), use.sizes_of(use.output_shape), strict=True)
    axes = zip(use.view, windows, sizes, strict=True)
    try:
        return tuple(seen.through(axis, window, size, use.name) for axis, window, size in axes)
    except ValueError as reason:
        return Unknown(f"{use.name}: {reason}")


def _each(value: Any, rank: int) -> tuple[int, ...]:
    return (value,) * rank if isinstance(value, int) else tuple(value)
