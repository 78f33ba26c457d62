"""What is counted, and what is not."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import pytest
from keras import layers

from cnncourse.tables import Row, Weights, summarize


def small() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Conv2D(4, 3, name="convolution"),
            layers.BatchNormalization(name="normalization"),
            layers.Dropout(0.5, name="dropout"),
        ]
    )


def test_a_row_for_each_layer():
    assert summarize(small()).rows == (
        Row("convolution", "Conv2D", (None, 6, 6, 4), 3 * 3 * 3 * 4 + 4),
        Row("normalization", "BatchNormalization", (None, 6, 6, 4), 16),
        Row("dropout", "Dropout", (None, 6, 6, 4), 0),
    )


def test_statistics_and_frozen_layers_are_not_trainable():
    model = small()
    assert summarize(model).totals == {
        "Total": Weights(128, 512),
        "Trainable": Weights(120, 480),
        "Non-trainable": Weights(8, 32),
    }
    model.get_layer("convolution").trainable = False
    assert summarize(model).trainable == Weights(8, 32)


def test_what_an_optimizer_keeps_is_not_counted():
    model = small()
    before = summarize(model)
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    assert summarize(model) == before


def test_half_precision_takes_half_the_bytes():
    layer = layers.Dense(3, dtype="bfloat16")
    assert summarize(keras.Sequential([keras.Input((2,)), layer])).totals["Total"] == Weights(9, 18)


def test_inputs_and_operations_of_a_functional_model_have_rows():
    inputs = keras.Input((2,), name="pixels")
    model = keras.Model(inputs, keras.ops.add(layers.Dense(2, name="dense")(inputs), inputs))
    rows = [(row.layer_type, row.params) for row in summarize(model).rows]
    assert rows == [("InputLayer", 0), ("Dense", 6), ("Add", 0)]


def test_several_outputs_are_a_list_of_shapes():
    inputs = keras.Input((5, 3))
    outputs = layers.LSTM(4, return_state=True)(inputs)
    row = summarize(keras.Model(inputs, outputs)).rows[-1]
    assert row.output_shape == [(None, 4)] * 3


def test_a_model_without_weights_yet_is_refused():
    with pytest.raises(ValueError, match="isn't built"):
        summarize(keras.Sequential([layers.Dense(3)]))
