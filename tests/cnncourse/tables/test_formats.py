"""A profile as a table, as Markdown, as CSV and as JSON."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import csv
import io
import json

import keras
import pytest
from keras import layers

from cnncourse import models, profile_model, tables


def small():
    stack = [
        layers.Conv2D(2, (3, 5), padding="same", name="a|b"),
        layers.UpSampling2D(name="up"),
        layers.Lambda(lambda x: x, name="odd, one"),
        layers.GlobalMaxPooling2D(name="pool"),
    ]
    return profile_model(keras.Sequential([keras.Input((8, 8, 1), name="image"), *stack]))


def test_markdown():
    assert tables.markdown(small()).splitlines() == [
        "| Layer (type) | Output Shape | Param # | MACs | Bytes | Field | Stride | Padding |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| image (InputLayer) | (None, 8, 8, 1) | 0 | 0 | 256 | 1 | 1 | 0 |",
        r"| a\|b (Conv2D) | (None, 8, 8, 2) | 32 | 1920 | 512 | 3×5 | 1 | 1×2 |",
        "| up (UpSampling2D) | (None, 16, 16, 2) | 0 | 0 | 2048 | 3×5 | 1/2 | 1×2 |",
        "| odd, one (Lambda) | (None, 16, 16, 2) | 0 | unknown | unknown | unknown | unknown "
        "| unknown |",
        "| pool (GlobalMaxPooling2D) | (None, 2) | 0 | 0 | 8 | unknown | unknown | unknown |",
        "",
        "- Total params: 32",
        "- Trainable params: 32",
        "- Non-trainable params: 0",
        "- Total MACs: unknown (of the others: 1,920)",
        "- Activation memory: unknown (of the others: 2,824 bytes (2.76 KB))",
        "- Unknown: odd, one (Lambda) may run any code",
    ]


def test_a_table_has_a_line_for_each_layer_and_is_what_is_printed():
    profile = small()
    text = tables.table(profile)
    assert str(profile) == text
    assert text.splitlines()[0] == f'Model: "{profile.name}"'
    (line,) = [line for line in text.splitlines() if "a|b" in line]
    assert [cell.strip() for cell in line.split("│")[2:-1]] == [
        "(None, 8, 8, 2)",
        "32",
        "1,920",
        "512",
        "3×5",
        "1",
        "1×2",
    ]
    assert " Total MACs: unknown (of the others: 1,920)" in text.splitlines()


def test_csv_has_what_the_table_has():
    profile = small()
    lines = list(csv.DictReader(io.StringIO(tables.csv(profile))))
    assert [line["name"] for line in lines] == ["image", "a|b", "up", "odd, one", "pool"]
    assert lines[1] == {
        "name": "a|b",
        "type": "Conv2D",
        "output_shape": "(None, 8, 8, 2)",
        "params": "32",
        "macs": "1920",
        "activation_bytes": "512",
        "receptive_field": "3×5",
        "effective_stride": "1",
        "effective_padding": "1×2",
        "unknown_because": "",
    }
    assert lines[3]["macs"] == "unknown"
    assert lines[4]["unknown_because"] == "odd, one (Lambda) may run any code"


def test_json_has_numbers():
    content = json.loads(tables.json(small()))
    rows = {row["name"]: row for row in content["layers"]}
    assert rows["up"] == {
        "name": "up",
        "type": "UpSampling2D",
        "output_shape": [None, 16, 16, 2],
        "params": 0,
        "macs": 0,
        "activation_bytes": 2048,
        "receptive_field": [3, 5],
        "effective_stride": [0.5, 0.5],
        "effective_padding": [1, 2],
        "unknown_because": {},
    }
    assert rows["pool"]["receptive_field"] is None
    assert rows["odd, one"]["unknown_because"]["macs"] == "odd, one (Lambda) may run any code"
    assert content["totals"] == {
        "total_params": 32,
        "trainable_params": 32,
        "non-trainable_params": 0,
        "macs": None,
        "activation_bytes": None,
    }


def test_json_says_what_sees_everything():
    content = json.loads(tables.json(profile_model(models.build("lenet"))))
    last = content["layers"][-1]
    assert last["receptive_field"] == ["all", "all"]
    assert last["effective_stride"] == [None, None]
    assert content["totals"]["macs"] == 416_520


@pytest.mark.parametrize("style", tables.FORMATS)
def test_names_are_never_cut(style):
    name = "a_name_[bold]_:cat:_longer_than_any_column_" + 200 * "x"
    model = keras.Sequential([keras.Input((2,)), layers.Dense(3, name=name)])
    assert name in tables.FORMATS[style](profile_model(model))
