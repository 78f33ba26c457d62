"""Receptive fields against chains of windows that are followed element by element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse.arithmetic import ReceptiveField, Window, receptive_fields

sizes = st.integers(1, 4)
convolutions = st.tuples(st.just("conv"), sizes, sizes, st.integers(-2, 2), st.integers(1, 2))
transposed = st.tuples(
    st.just("transposed"), st.just(4), st.sampled_from([1, 2, 4]), sizes, st.sampled_from([1, 3])
)
chains = st.lists(st.one_of(convolutions, transposed), max_size=5)


def seen_by(layers, output):
    """All elements of the input that `output` of the last layer sees, layer by layer."""
    seen = {output}
    for kind, k, s, p, d in reversed(layers):
        taps = range(0, k * d, d)
        if kind == "conv":
            seen = {o * s - p + tap for o in seen for tap in taps}
        else:
            seen = {(o + p - tap) // s for o in seen for tap in taps if (o + p - tap) % s == 0}
    return seen


def field_of(layers):
    field = ReceptiveField()
    for kind, k, s, p, d in layers:
        field = field.through(Window(k, s, p, d, transposed=kind == "transposed"))
    return field


@given(chains)
def test_every_output_sees_what_brute_force_finds(layers):
    field = field_of(layers)
    seen = [seen_by(layers, output) for output in range(2 * len(field.spans) + 1)]
    ends = [(min(elements), max(elements)) for elements in seen]
    assert [field.seen_by(output) for output in range(len(ends))] == ends
    assert field.size == max(last - first + 1 for first, last in ends)
    assert field.padding == -ends[0][0]
    assert 2 * field.start == sum(ends[0])
    assert field.jump * len(field.spans) == ends[len(field.spans)][0] - ends[0][0]


@given(chains, chains)
def test_a_union_sees_what_either_sees(layers, others):
    one, other = field_of(layers), field_of(others)
    if one.jump != other.jump:
        with pytest.raises(ValueError, match="they must be equal"):
            one.union(other)
        return
    united = one.union(other)
    for output in range(-1, 2 * len(united.spans)):
        seen = seen_by(layers, output) | seen_by(others, output)
        assert united.seen_by(output) == (min(seen), max(seen))


def test_a_chain_is_one_layer_after_the_other():
    layers = [Window(7, 2, 3), Window(3, 2, 1), Window(3, 1, "same"), Window(3, 2, "same")]
    fields = receptive_fields(layers, 224)
    assert [(field.size, field.jump) for field in fields] == [(7, 2), (11, 4), (19, 4), (27, 8)]
    assert [field.padding for field in fields] == [3, 5, 9, 9]  # an even size is padded behind only
    assert [field.start for field in fields] == [0, 0, 0, 4]


RESNETS = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
BOTTLENECKS = {  # the published size by where a stage strides
    "1x1": ({50: 483, 101: 1027, 152: 1507}, lambda s: [Window(1, s), Window(3, 1, 1), Window(1)]),
    "3x3": ({50: 427, 101: 971, 152: 1451}, lambda s: [Window(1), Window(3, s, 1), Window(1)]),
}


@pytest.mark.parametrize("depth", RESNETS)
@pytest.mark.parametrize("strides_in", BOTTLENECKS)
def test_resnets_see_as_much_as_published(strides_in, depth):
    sizes, bottleneck = BOTTLENECKS[strides_in]
    layers = [Window(7, 2, 3), Window(3, 2, 1)]
    for stage, blocks in enumerate(RESNETS[depth]):
        for block in range(blocks):
            layers += bottleneck(2 if stage and not block else 1)
    field = receptive_fields(layers)[-1]
    assert (field.size, field.jump) == (sizes[depth], 32)


ALEXNET = [Window(11, 4), Window(3, 2), Window(5, 1, 2), Window(3, 2), *[Window(3, 1, 1)] * 3]
VGG11 = [
    window
    for convolutions in (1, 1, 2, 2, 2)
    for window in [*[Window(3, 1, 1)] * convolutions, Window(2, 2)]
]


@pytest.mark.parametrize(("layers", "size"), [([*ALEXNET, Window(3, 2)], 195), (VGG11, 150)])
def test_alexnet_and_vgg11_see_as_much_as_published(layers, size):
    field = receptive_fields(layers)[-1]
    assert (field.size, field.jump) == (size, 32)


def test_nearest_up_sampling_sees_one_element_and_repeats_it():
    field = ReceptiveField().through(Window(2, 2, transposed=True))
    assert [field.seen_by(output) for output in range(4)] == [(0, 0), (0, 0), (1, 1), (1, 1)]
    assert (field.size, float(field.jump)) == (1, 0.5)


def test_gaps_that_see_nothing_are_refused():
    with pytest.raises(ValueError, match="outputs that see nothing; use a larger kernel"):
        ReceptiveField().through(Window(2, 3, transposed=True))
