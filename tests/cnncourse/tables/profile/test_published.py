"""Whole networks of Keras against published numbers; their weights are never made."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import pytest
from keras import applications

from cnncourse import models, profile_model
from cnncourse.models.registry import FAMILY_OF

# parameters with statistics; multiply-accumulates in thousands of millions, or in millions
COSTS = {
    "VGG16": (138_357_544, "15.470 G"),
    "ResNet50": (25_636_712, "3.858 G"),
    "ResNet152": (60_419_944, "11.282 G"),
    "ResNet50V2": (25_613_800, "3.482 G"),
    "MobileNet": (4_253_864, "568.7 M"),
    "MobileNetV2": (3_538_984, "300.8 M"),
    "MobileNetV3Small": (2_554_968, "56.5 M"),
    "MobileNetV3Large": (5_507_432, "216.6 M"),
}

# of the last maps; Araujo et al. 2019, table 1, doi:10.23915/distill.00021
FIELDS = {
    "VGG16": 212,
    "ResNet50": 483,
    "ResNet152": 1507,
    "MobileNet": 315,
    "InceptionV3": 1311,
}


def built(name, **options):
    with keras.StatelessScope(initialize_variables=False):
        return getattr(applications, name)(weights=None, **options)


@pytest.mark.parametrize("name", COSTS)
def test_a_network_costs_as_much_as_published(name):
    params, macs = COSTS[name]
    profile = profile_model(built(name, input_shape=(224, 224, 3)))
    assert profile.totals["Total"].params == params
    in_units = {"G": f"{profile.macs / 1e9:.3f} G", "M": f"{profile.macs / 1e6:.1f} M"}
    assert in_units[macs[-1]] == macs


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("sizes", [224, None])
def test_a_network_sees_as_much_as_published(name, sizes):
    profile = profile_model(built(name, include_top=False, input_shape=(sizes, sizes, 3)))
    (sight,) = profile.rows[-1].sights
    assert sight.field == (FIELDS[name],) * 2
    assert sight.stride == (32, 32)


def test_vgg16_writes_as_much_as_its_maps_hold():
    maps = [(224, 2, 64), (112, 2, 128), (56, 3, 256), (28, 3, 512), (14, 3, 512)]
    numbers = 224 * 224 * 3 + 2 * 4096 + 1000
    numbers += sum(size**2 * (convs + 0.25) * channels for size, convs, channels in maps)
    assert profile_model(built("VGG16")).memory == 4 * numbers == 60_950_432


@pytest.mark.parametrize("name", models.NAMES)
def test_the_lectures_models_cost_as_much_as_their_variants_say(name):
    published = FAMILY_OF[name].VARIANTS[name]
    profile = profile_model(models.build(name))
    assert profile.totals["Total"].params == published.params
    assert profile.macs == published.macs
