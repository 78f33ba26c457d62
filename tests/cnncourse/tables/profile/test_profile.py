"""Rows and totals: shared layers, nested models, composite layers, precision; what is not known."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import pytest
from keras import layers, ops

from cnncourse import layers as ours
from cnncourse import profile_model
from cnncourse.tables import Sight, Unknown, summarize

FIELD = "receptive_field"
SIGHT_3 = Sight((3, 3), (1, 1), (1, 1))


def convolution(filters, **options):
    return layers.Conv2D(filters, 3, padding="same", **options)


def rows_of(model):
    return {row.name: row for row in profile_model(model).rows}


def functional(call, *, input_shape=(8, 8, 3)):
    inputs = keras.Input(input_shape, name="image")
    return keras.Model(inputs, call(inputs))


def test_a_profile_is_the_summary_with_more_columns():
    model = functional(convolution(4))
    profile, summary = profile_model(model), summarize(model)
    assert [row.cells[:3] for row in profile.rows] == [row.cells for row in summary.rows]
    assert (profile.name, profile.totals) == (summary.name, summary.totals)


def test_a_sequential_models_input_has_a_row_as_a_functional_models():
    model = keras.Sequential([keras.Input((8, 8, 3)), convolution(4)])
    image, features = profile_model(model).rows
    assert (image.layer_type, image.macs, image.memory) == ("InputLayer", 0, 8 * 8 * 3 * 4)
    assert (features.macs, features.memory) == (8 * 8 * 4 * 27, 8 * 8 * 4 * 4)
    assert features.sights == (SIGHT_3,)


def test_a_shared_layer_is_counted_once_and_costs_each_time():
    shared = convolution(3, name="shared")
    model = functional(lambda x: shared(shared(x)))
    row = rows_of(model)["shared"]
    assert row.params == 3 * 28
    assert row.macs == 2 * 8 * 8 * 3 * 27
    assert row.memory == 2 * 8 * 8 * 3 * 4
    assert [sight.field for sight in row.sights] == [(3, 3), (5, 5)]
    assert row.cells[5:] == ("3; 5", "1", "1; 2")
    assert profile_model(model).totals["Total"].params == 3 * 28


def test_a_layer_that_was_used_elsewhere_shows_this_models_shape():
    shared = convolution(3, name="shared")
    functional(shared, input_shape=(99, 99, 3))
    assert rows_of(functional(shared))["shared"].output_shape == (None, 8, 8, 3)


def test_a_nested_model_is_one_row_with_all_that_is_in_it():
    inner = keras.Sequential(
        [keras.Input((None, None, 3)), convolution(4), layers.MaxPooling2D()], name="inner"
    )
    row = rows_of(functional(lambda x: inner(convolution(3)(x))))["inner"]
    assert (row.params, row.macs) == (4 * 28, 8 * 8 * 4 * 27)
    assert row.memory == 4 * (8 * 8 * 4 + 4 * 4 * 4)
    assert row.sights == (Sight((6, 6), (2, 2), (2, 2)),)


def test_two_inputs_have_two_origins():
    left, right = keras.Input((8, 8, 3), name="left"), keras.Input((8, 8, 3), name="right")
    model = keras.Model([left, right], layers.Add(name="sum")([convolution(3)(left), right]))
    (sight,) = rows_of(model)["sum"].sights
    assert "what sees left and what sees right" in sight.field.why


def test_axes_that_differ_are_shown_apart():
    row = rows_of(functional(layers.Conv2D(1, (3, 5), strides=(1, 2), name="wide")))["wide"]
    assert row.cells[5:] == ("3×5", "1×2", "0")


def test_up_sampling_halves_the_stride():
    row = rows_of(functional(layers.UpSampling2D(name="up")))["up"]
    assert row.cells[5:] == ("1", "1/2", "0")


def test_half_precision_halves_the_memory():
    def call(inputs):
        return convolution(4, dtype="mixed_float16", name="half")(inputs)

    assert rows_of(functional(call))["half"].memory == 8 * 8 * 4 * 2


def test_a_view_of_the_same_numbers_takes_no_memory():
    rows = rows_of(
        functional(lambda x: layers.Reshape((3, 64), name="r")(layers.Flatten(name="f")(x)))
    )
    assert rows["f"].memory == rows["r"].memory == 0


def pooled_below(inputs, rows):
    return layers.GlobalMaxPooling2D()(layers.Cropping2D(((rows, 4 - rows), 0))(inputs))


UNMIXED = {  # vectors whose elements see less than the whole does
    "the input": ((48,), lambda x: layers.ReLU()(x)),
    "a flat image": ((4, 4, 3), lambda x: layers.Flatten()(x)),
    "a reshaped one": ((4, 4, 3), lambda x: layers.Reshape((48,))(x)),
    "a pyramid": ((8, 8, 3), lambda x: ours.SpatialPyramidPooling2D((4,))(x)),
    "halves": (
        (8, 8, 24),
        lambda x: layers.Concatenate()([pooled_below(x, 4), pooled_below(x, 0)]),
    ),
}
MIXED = {
    "by weights": ((5,), lambda x: layers.Dense(48)(x)),
    "by a pool": ((8, 8, 48), lambda x: layers.GlobalAveragePooling2D()(x)),
    "by a pool, and flattened": (
        (8, 8, 48),
        lambda x: layers.Flatten()(layers.GlobalAveragePooling2D(keepdims=True)(x)),
    ),
    "in one place": ((3, 3, 1), lambda x: layers.Flatten()(layers.Conv2D(48, 3)(x))),
    "twice": ((5,), lambda x: layers.Concatenate()([layers.Dense(24)(x), layers.Dense(24)(x)])),
}


def laid_out(input_shape, vector):
    def call(inputs):
        return convolution(1)(layers.Reshape((4, 4, 3), name="lay_out")(vector(inputs)))

    return profile_model(functional(call, input_shape=input_shape))


@pytest.mark.parametrize(("input_shape", "vector"), UNMIXED.values(), ids=UNMIXED)
def test_places_made_of_a_vector_do_not_all_see_what_it_does(input_shape, vector):
    profile = laid_out(input_shape, vector)
    assert "lay_out (Reshape) makes places of a vector" in profile.rows[-1].reasons[FIELD]
    assert profile.rows[-1].macs == 4 * 4 * 27


@pytest.mark.parametrize(("input_shape", "vector"), MIXED.values(), ids=MIXED)
def test_places_made_of_a_vector_whose_every_element_sees_all_do_too(input_shape, vector):
    assert laid_out(input_shape, vector).rows[-1].cells[5:] == ("all", "–", "–")


def test_channels_first_sees_along_height_and_width():
    last = functional(layers.Conv2D(4, (3, 5), name="conv"), input_shape=(8, 9, 3))
    first = layers.Conv2D(4, (3, 5), data_format="channels_first", name="conv")
    with keras.StatelessScope(initialize_variables=False):
        other = rows_of(functional(first, input_shape=(3, 8, 9)))["conv"]
    row = rows_of(last)["conv"]
    assert (other.macs, other.memory, other.sights) == (row.macs, row.memory, row.sights)


FIRST = {"data_format": "channels_first"}
FOLLOWED = {  # layers that have a data_format, of which nothing here depends
    "flattened": lambda **_: [layers.Flatten(), layers.Dense(5)],
    "dropped": lambda **options: [layers.SpatialDropout2D(0.5), convolution(5, **options)],
    "flipped": lambda **options: [layers.RandomFlip(), convolution(5, **options)],
    "fired": lambda **options: [ours.Fire(2, 4, **options), layers.Flatten(), layers.Dense(2)],
}


@pytest.mark.parametrize("following", FOLLOWED.values(), ids=FOLLOWED)
def test_a_data_format_of_what_moves_nothing_changes_nothing(following):
    def stacked(input_shape, **options):
        stack = [convolution(4, **options), *following(**options)]
        with keras.StatelessScope(initialize_variables=False):
            return profile_model(keras.Sequential([keras.Input(input_shape), *stack]))

    first, last = stacked((3, 20, 18), **FIRST), stacked((20, 18, 3))
    assert [row.cells[3:] for row in first.rows] == [row.cells[3:] for row in last.rows]


def test_where_data_formats_are_mixed_each_layer_costs_by_its_own():
    def call(inputs):
        rows_first = layers.Permute((2, 3, 1))(convolution(4, **FIRST)(inputs))
        return layers.DepthwiseConv2D(3)(convolution(5, name="last")(rows_first))

    with keras.StatelessScope(initialize_variables=False):
        profile = profile_model(functional(call, input_shape=(3, 20, 18)))
    positions = 20 * 18
    assert profile.macs == positions * 9 * (3 * 4 + 4 * 5) + 18 * 16 * 9 * 5
    why = "layers with channels first and last follow one another"
    assert {row.reasons["effective_stride"] for row in profile.rows} == {why}


def test_a_data_format_inside_a_layer_counts_like_any_other():
    def profile(*stack):
        with keras.StatelessScope(initialize_variables=False):
            return profile_model(keras.Sequential([keras.Input((3, 20, 18)), *stack]))

    first = profile(Residual(3, **FIRST)).rows[-1]
    assert first.cells[3:] == (20 * 18 * 81, 3 * 4 * 3 * 20 * 18, "3", "1", "1")
    mixed = profile(Residual(3, **FIRST), convolution(3)).rows[-1]
    assert mixed.cells[5:] == ("unknown",) * 3


def test_what_keras_has_for_channels_last_alone_is_not_taken_for_channels_first():
    def call(inputs):
        return layers.Cropping1D(2, name="crop")(layers.Conv1D(9, 3, **FIRST)(inputs))

    with keras.StatelessScope(initialize_variables=False):
        row = rows_of(functional(call, input_shape=(3, 20)))["crop"]
    assert "channels first and last" in row.reasons[FIELD]


def test_where_no_layer_says_so_images_are_as_keras_is_set_to():
    model = functional(layers.LayerNormalization(axis=2), input_shape=(3, 8))
    assert profile_model(model).rows[-1].cells[5:] == ("1", "1", "0")
    configured = keras.config.image_data_format()
    keras.config.set_image_data_format("channels_first")
    try:
        assert profile_model(model).rows[-1].cells[5:] == ("all", "–", "–")
    finally:
        keras.config.set_image_data_format(configured)


def test_a_softmax_along_the_width_is_not_one_of_channels():
    first = layers.Conv2D(4, 3, **FIRST, activation="softmax", name="conv")
    with keras.StatelessScope(initialize_variables=False):
        row = rows_of(functional(first, input_shape=(3, 8, 9)))["conv"]
    assert "a softmax along the last axis" in row.reasons[FIELD]
    assert (row.macs, row.memory) == (6 * 7 * 4 * 27, 6 * 7 * 4 * 4)


class Residual(layers.Layer):
    """Made of Keras's layers and an addition."""

    def __init__(self, filters, data_format="channels_last", **options):
        super().__init__(**options)
        self.filters = filters
        self.convolution = convolution(filters, data_format=data_format)

    def call(self, inputs):
        return inputs + ops.relu(self.convolution(inputs))

    def get_config(self):
        return super().get_config() | {
            "filters": self.filters,
            "data_format": self.convolution.data_format,
        }


class Scaled(layers.Conv2D):
    """Of a known class, with a call of its own that is not made of layers."""

    def call(self, inputs):
        return ops.cumsum(super().call(inputs), axis=1)


def test_a_composite_layer_is_opened_and_left_as_it_was():
    block = Residual(3, name="block")
    model = functional(block)
    row = rows_of(model)["block"]
    assert (row.params, row.macs, row.sights) == (3 * 28, 8 * 8 * 3 * 27, (SIGHT_3,))
    assert row.memory == 3 * 8 * 8 * 3 * 4  # of the convolution, the activation and the sum
    assert len(block._inbound_nodes) == 1
    assert not block.convolution._inbound_nodes
    assert len(model.weights) == 2


UNKNOWN = {
    "a lambda": (lambda: layers.Lambda(lambda x: x), "may run any code"),
    "a sequence": (lambda: layers.ConvLSTM1D(2, 3), "is recurrent"),
    "attention": (lambda: layers.LayerNormalization(axis=1), "mixes places along some axes"),
    "other places": (lambda: layers.Permute((2, 1, 3)), "moves elements to other places"),
    "bicubic": (lambda: layers.UpSampling2D(interpolation="bicubic"), "interpolates by bicubic"),
    "a call of its own": (
        lambda: Scaled(3, 3),
        "Cumsum) is an operation of which nothing is known",
    ),
    "an activation": (lambda: convolution(3, activation=lambda x: x), "an activation of its own"),
    "unequal pools": (lambda: layers.AdaptiveMaxPooling2D(3), "windows that are not all equal"),
    "empty outputs": (lambda: layers.Conv2DTranspose(3, 2, strides=3), "that see nothing"),
}


@pytest.mark.parametrize(("layer", "why"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known_says_why_and_so_does_what_follows(layer, why):
    profile = profile_model(functional(lambda x: layers.ReLU()(layer()(x))))
    *_, row, following = profile.rows
    assert why in row.reasons[FIELD]
    assert following.sights == row.sights
    assert following.cells[5:] == ("unknown",) * 3
    assert sum(why in note for note in profile.notes) == 1


def test_a_total_is_unknown_with_one_of_its_parts():
    profile = profile_model(functional(lambda x: layers.Lambda(lambda y: y)(convolution(4)(x))))
    assert isinstance(profile.macs, Unknown)
    assert "Total MACs: unknown (of the others: 6,912)" in profile.notes


def test_all_that_an_image_shows_is_known_again_after_pooling_it():
    profile = profile_model(
        functional(lambda x: layers.Add()([x, layers.GlobalAveragePooling2D(keepdims=True)(x)]))
    )
    assert profile.rows[-1].cells[5:] == ("all", "–", "–")


def test_unknown_sizes_leave_what_does_not_depend_on_them():
    profile = profile_model(
        functional(
            lambda x: layers.GlobalMaxPooling2D()(
                convolution(4, strides=2, name="down")(convolution(4, name="conv")(x))
            ),
            input_shape=(None, None, 3),
        )
    )
    rows = {row.name: row for row in profile.rows}
    assert rows["conv"].sights == (SIGHT_3,)
    assert rows["down"].cells[3:] == ("unknown", "unknown", "5", "2", "unknown")
    assert profile.rows[-1].cells[3:] == (0, 16, "unknown", "unknown", "unknown")
    assert (
        "down (Conv2D) pads by a number that depends on an unknown size"
        in rows["down"].reasons["effective_padding"]
    )


def test_residuals_of_unknown_sizes_see_a_known_number_of_elements():
    def call(inputs):
        down = convolution(4, strides=2)(inputs)
        return layers.Add(name="sum")([down, convolution(4)(down)])

    row = rows_of(functional(call, input_shape=(None, None, 3)))["sum"]
    assert row.cells[5:] == ("7", "2", "unknown")


def test_of_a_subclassed_model_only_the_weights_are_known():
    class Subclassed(keras.Model):
        def __init__(self):
            super().__init__(name="subclassed")
            self.dense = layers.Dense(3, name="dense")

        def call(self, inputs):
            return self.dense(inputs)

    model = Subclassed()
    model(ops.ones((1, 4)))
    (row,) = profile_model(model).rows
    assert row.params == 15
    assert set(row.reasons.values()) == {
        "subclassed is subclassed: what its call does is not known"
    }


def test_a_model_without_weights_yet_is_refused():
    with pytest.raises(ValueError, match="isn't built"):
        profile_model(keras.Sequential([layers.Dense(3)]))
