"""What a tensor sees of a model's input, and how that grows through a layer.

Along each axis of the input a tensor either has places, each of which sees a receptive field, or it
has none: then it is a vector, or what was made of one, and all of it sees the same elements.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from cnncourse.arithmetic import ReceptiveField, Window
from cnncourse.tables.profile.unknown import Unknown

Span = tuple[int, int]


@dataclass(frozen=True)
class Axis:
    """What a tensor sees along one axis of the input.

    Args:
        origin: what elements are counted from, the input's name; that of a layer from where on it
            depends on an unknown size which element of the input is the first one's.
        input_size: elements of the input; None where unknown.
        spans: the first and the last element that each place sees, borders and what is dropped
            there considered; None for a place that sees none. Of a vector, those of the whole.
            None where sizes are unknown.
        field: what places see where there are no borders; None of a vector.
        counted: whether elements are counted from the first one of the input.
        mixed: of a vector, whether each of its elements sees as much as the whole.
    """

    origin: str
    input_size: int | None
    spans: tuple[Span | None, ...] | None
    field: ReceptiveField | None
    counted: bool = True
    mixed: bool = False

    @property
    def reach(self) -> Span | None:
        """The first and the last element that any place sees; None where unknown, or none is."""
        return _hull(self.spans or ())

    @property
    def sees_everything(self) -> bool:
        """Whether the tensor as a whole sees the first element and the last."""
        return self.input_size is not None and self.reach == (0, self.input_size - 1)


View = tuple[Axis, ...] | Unknown


def of_image(name: str, sizes: Sequence[int | None]) -> View:
    """What an input with these sizes sees: each place itself."""
    if not sizes:
        return Unknown(f"{name} has no axes")
    field = ReceptiveField()
    return tuple(Axis(name, size, _each_itself(size), field) for size in sizes)


def _each_itself(size: int | None) -> tuple[Span, ...] | None:
    return None if size is None else tuple((place, place) for place in range(size))


def of_vector(name: str, features: int | None) -> View:
    """What an input without places sees: itself as a whole."""
    if features is None:
        return Unknown(f"{name} has an unknown size")
    return (Axis(name, features, ((0, features - 1),), field=None),)


def flat(view: View) -> View:
    """What a vector sees that has all places one after another."""
    if isinstance(view, Unknown):
        return view
    axes = []
    for axis in view:
        if axis.spans is None:
            return Unknown(
                "where the input ends is unknown; give the model an input_shape without None"
            )
        alike = axis.mixed if axis.field is None else len(set(axis.spans)) == 1
        axes.append(replace(axis, spans=(axis.reach,), field=None, mixed=alike))
    return tuple(axes)


def whole(view: View) -> View:
    """What a vector sees that is made of all places, by pooling or by weights for each."""
    vector = flat(view)
    if isinstance(vector, Unknown):
        return vector
    return tuple(replace(axis, mixed=True) for axis in vector)


def has_places(view: tuple[Axis, ...]) -> bool:
    """Whether any axis has."""
    return any(axis.field is not None for axis in view)


def through(axis: Axis, window: Window, sizes: tuple[int | None, int | None], name: str) -> Axis:
    """What the outputs of a convolution or a pool called `name` see.

    Args:
        sizes: of the layer's input and its output along this axis.

    Raises:
        ValueError: outputs that see nothing lie between the others.
    """
    if axis.field is None:
        return axis
    inputs, outputs = sizes
    if inputs is None and window.depends_on_size:
        return _uncounted(axis, window, name)
    field = axis.field.through(window, inputs)
    if inputs is None or outputs is None or axis.spans is None:
        return replace(axis, field=field, spans=None)
    before = window.before(inputs)
    seen = (
        [axis.spans[e] for e in window.elements(o, before) if 0 <= e < inputs]
        for o in range(outputs)
    )
    return replace(axis, field=field, spans=tuple(map(_hull, seen)))


def _uncounted(axis: Axis, window: Window, name: str) -> Axis:
    """How wide it sees, and how far apart, but not from where on: the padding is not known."""
    assert axis.field is not None
    field = axis.field.through(replace(window, padding=0))
    return Axis(name, None, None, field, counted=False)


def union(views: Iterable[View], name: str) -> View:
    """What a layer called `name` sees that adds, multiplies or stacks tensors place by place."""
    known = []
    for view in views:
        if isinstance(view, Unknown):
            return view
        known.append(view)
    if len({len(view) for view in known}) > 1:
        return Unknown(f"{name} puts together what sees inputs of different ranks")
    try:
        return tuple(reduce(_both, axes) for axes in zip(*known, strict=True))
    except ValueError as reason:
        return Unknown(f"{name} puts together {reason}")


def _both(one: Axis, other: Axis) -> Axis:
    if one.origin != other.origin:
        raise ValueError(f"what sees {one.origin} and what sees {other.origin}")
    if one.field is not None and other.field is not None:
        if one.field.jump != other.field.jump:
            strides = f"{one.field.jump} and {other.field.jump}"
            raise ValueError(f"branches whose effective strides differ, {strides}")
        return replace(one, field=one.field.union(other.field), spans=_pairwise(one, other))
    vectors = [axis for axis in (one, other) if axis.field is None]
    reach = _hull((one.reach, other.reach))
    if len(vectors) == 2 or vectors[0].reach == reach:
        mixed = all(axis.mixed and axis.reach == reach for axis in vectors)
        return replace(one, field=None, spans=(reach,), mixed=mixed)
    raise ValueError("places, and a vector that sees less than all of them")


def _pairwise(one: Axis, other: Axis) -> tuple[Span | None, ...] | None:
    if one.spans is None or other.spans is None:
        return None
    return tuple(map(_hull, zip(one.spans, other.spans, strict=True)))


def _hull(spans: Iterable[Span | None]) -> Span | None:
    known = [span for span in spans if span is not None]
    if not known:
        return None
    return min(first for first, _ in known), max(last for _, last in known)
