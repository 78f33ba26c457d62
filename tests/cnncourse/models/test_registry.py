"""Every variant against its published row."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import pytest

from cnncourse import models
from cnncourse.arithmetic import conv_macs, dense_macs
from cnncourse.models.registry import FAMILY_OF


def macs_of(layer: keras.Layer) -> int:
    if isinstance(layer, keras.layers.Conv2D):
        *_, channels = layer.input.shape
        _, *sizes, filters = layer.output.shape
        return conv_macs(sizes, layer.kernel_size, channels, filters, groups=layer.groups)
    return dense_macs(*layer.kernel.shape) if isinstance(layer, keras.layers.Dense) else 0


@pytest.mark.parametrize("name", models.NAMES)
def test_weights_and_multiplications_are_as_many_as_published(name):
    published = FAMILY_OF[name].VARIANTS[name]
    model = models.build(name)
    assert model.name == name
    assert model.input_shape == (None, *published.input_shape)
    assert model.output_shape == (None, published.classes)
    assert model.count_params() == published.params
    assert sum(map(macs_of, model.layers)) == published.macs


@pytest.mark.parametrize("name", models.NAMES)
def test_colour_and_other_classes_may_be_asked_for(name):
    height, width, _ = FAMILY_OF[name].VARIANTS[name].input_shape
    model = models.build(name, input_shape=(height + 4, width + 8, 3), classes=7)
    assert model.input_shape == (None, height + 4, width + 8, 3)
    assert model.output_shape == (None, 7)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras 3.15's
@pytest.mark.parametrize("name", models.NAMES)
def test_a_saved_model_comes_back_with_its_weights(name, tmp_path):
    model = models.build(name)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    for weight, other in zip(loaded.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(weight, other)


def test_the_layers_of_lenet_as_the_paper_counts_them():
    # C1, C5 and F6 of LeCun et al. 1998, section II.B; C3 with all its 6 · 16 connections
    rows = {"c1": 156, "c3": 16 * (6 * 25 + 1), "c5": 48_120, "f6": 10_164, "output": 850}
    weighted = {layer.name: layer.count_params() for layer in models.build("lenet").layers}
    assert {name: params for name, params in weighted.items() if params} == rows


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="name is 'mnist'; it must be one of: mnist_cnn"):
        models.build("mnist")


@pytest.mark.parametrize("arguments", [{"input_shape": (3, 3, 1)}, {"classes": 0}])
def test_what_cannot_be_built_is_refused(arguments):
    with pytest.raises(ValueError):  # noqa: PT011 the message is Keras's own
        models.build("mnist_cnn", **arguments)
