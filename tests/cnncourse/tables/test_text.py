"""The three styles against files, against the lecture's table, and against Keras's own printers."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from pathlib import Path

import keras
import pytest
from keras import layers

from cnncourse import models
from cnncourse.tables import STYLES, keras2, keras3, markdown, summarize

GOLDEN = Path(__file__).parent / "golden"
LECTURE = Path(__file__).parents[4] / "shared/seeds/003_43e0f062e9ad598e.txt"

# what Keras 2.0 to 2.2 printed for its example mnist_mlp.py, spaces at the ends of lines included
KERAS2_MLP = """\
_________________________________________________________________
Layer (type)                 Output Shape              Param #   
=================================================================
dense_1 (Dense)              (None, 512)               401920    
_________________________________________________________________
dropout_1 (Dropout)          (None, 512)               0         
_________________________________________________________________
dense_2 (Dense)              (None, 512)               262656    
_________________________________________________________________
dropout_2 (Dropout)          (None, 512)               0         
_________________________________________________________________
dense_3 (Dense)              (None, 10)                5130      
=================================================================
Total params: 669,706
Trainable params: 669,706
Non-trainable params: 0
_________________________________________________________________"""  # noqa: W291


def mlp() -> keras.Model:
    hidden = [layers.Dense(512), layers.Dropout(0.2), layers.Dense(512), layers.Dropout(0.2)]
    return keras.Sequential([keras.Input((784,)), *hidden, layers.Dense(10)])


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", models.NAMES)
def test_every_model_has_its_table_in_every_style(name, style):
    expected = (GOLDEN / f"{name}.{style}.txt").read_text(encoding="utf-8")
    assert STYLES[style](summarize(models.build(name))) + "\n" == expected


@pytest.mark.skipif(not LECTURE.exists(), reason="the lectures' text is not at hand")
def test_the_table_of_the_lecture_row_for_row():
    lines = LECTURE.read_text(encoding="utf-8").split("# Model Summary in Keras")[1].splitlines()
    slide = [line.split() for line in lines[2:16] if not line.startswith("<hr/>")]
    table = keras2(summarize(models.build("mnist_cnn"))).splitlines()
    assert [line.split() for line in table if line.strip("_=")] == slide


def test_keras2_is_what_keras_2_printed_whatever_was_built_before():
    mlp()
    assert keras2(summarize(mlp())) == KERAS2_MLP


def test_keras2_leaves_chosen_names_alone_and_calls_an_input_as_keras_2_did():
    inputs = keras.Input((8, 8, 3))
    outputs = layers.Conv2D(4, 3, name="stem")(layers.Conv2DTranspose(4, 3)(inputs))
    table = keras2(summarize(keras.Model(inputs, layers.PReLU()(outputs))))
    names = [line.split()[0] for line in table.splitlines()[3:-5:2]]
    assert names == ["input_1", "conv2d_transpose_1", "stem", "p_re_lu_1"]


def test_keras3_is_what_keras_3_prints_on_a_line_of_88(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    model, printed = mlp(), []
    model.summary(line_length=88, print_fn=printed.append)
    assert keras3(summarize(model)) + "\n" == "".join(printed)


@pytest.mark.parametrize("style", STYLES)
def test_names_are_never_cut(style):
    name = "a_name_[bold]_:cat:_longer_than_any_column_" + 200 * "x"
    model = keras.Sequential([keras.Input((2,)), layers.Dense(3, name=name)])
    lines = STYLES[style](summarize(model)).splitlines()
    (row,) = [line for line in lines if f"{name} (Dense)" in line]
    assert "(None, 3)" in row
    assert len({len(line) for line in lines if line.startswith(("_", "=", "┏", "│", "└"))}) < 2


def test_a_bar_in_a_name_makes_no_column_in_markdown():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(3, name="a|b")])
    assert r"| a\|b (Dense) | (None, 3) | 9 |" in markdown(summarize(model))
