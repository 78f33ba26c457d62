"""Receptive fields against networks that are shown one element after another."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from keras import layers

from cnncourse import layers as ours
from cnncourse.tables.profile.unknown import Unknown
from tests.cnncourse.tables.profile.impulses import check, view_of

SIZE = (23, 18)


def sequential(*stack, input_shape=(*SIZE, 1)):
    return keras.Sequential([keras.Input(input_shape), *stack])


def squeezed_and_excited():
    inputs = keras.Input((*SIZE, 2))
    maps = layers.Conv2D(2, 3, strides=2, use_bias=False)(inputs)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(maps)
    return keras.Model(inputs, layers.Add()([maps, layers.Conv2D(2, 1, use_bias=False)(gate)]))


def inception():
    inputs = keras.Input((*SIZE, 1))
    stem = layers.Conv2D(2, (3, 2), strides=2, padding="same", use_bias=False)(inputs)
    narrow = layers.Conv2D(2, 1, use_bias=False)(stem)
    wide = layers.Conv2D(2, 5, padding="same", use_bias=False)(stem)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(stem)
    return keras.Model(inputs, layers.Concatenate()([narrow, wide, pooled]))


def unet():
    inputs = keras.Input((24, 16, 1))
    skip = layers.Conv2D(2, 3, padding="same", use_bias=False)(inputs)
    down = layers.Conv2D(2, 3, padding="same", use_bias=False)(layers.MaxPooling2D()(skip))
    up = layers.Conv2DTranspose(2, 2, strides=2, use_bias=False)(down)
    both = layers.Concatenate()([skip, up])
    return keras.Model(inputs, layers.Conv2D(1, 3, padding="same", use_bias=False)(both))


def of(kind, *arguments, **keywords):
    return lambda: kind(*arguments, **keywords, **bias(kind))


def bias(kind):
    return {"use_bias": False} if "Conv" in kind.__name__ else {}


ONE_LAYER = {
    "a convolution": of(layers.Conv2D, 1, (3, 4), strides=(2, 1)),
    "same": of(layers.Conv2D, 1, (3, 4), strides=2, padding="same"),
    "same with an even kernel": of(layers.Conv2D, 1, 4, strides=3, padding="same"),
    "dilated": of(layers.Conv2D, 1, 3, dilation_rate=(2, 3), padding="same"),
    "larger steps than the kernel": of(layers.Conv2D, 1, 1, strides=2, padding="same"),
    "depthwise": of(layers.DepthwiseConv2D, 3, strides=2, padding="same"),
    "separable": of(layers.SeparableConv2D, 2, 3, padding="same"),
    "a maximum": of(layers.MaxPooling2D, 3, strides=2, padding="same"),
    "an average": of(layers.AveragePooling2D, (2, 3)),
    "a global average": of(layers.GlobalAveragePooling2D),
    "a global maximum": of(layers.GlobalMaxPooling2D, keepdims=True),
    "zeros around": of(layers.ZeroPadding2D, ((1, 2), (3, 0))),
    "no border": of(layers.Cropping2D, ((1, 2), (3, 0))),
    "nearest": of(layers.UpSampling2D, (2, 3)),
    "bilinear by 2 and 3": of(layers.UpSampling2D, (2, 3), interpolation="bilinear"),
    "bilinear by 4 and 5": of(layers.UpSampling2D, (4, 5), interpolation="bilinear"),
    "transposed": of(layers.Conv2DTranspose, 1, 4, strides=2, padding="same"),
    "transposed, odd": of(layers.Conv2DTranspose, 1, 3, strides=2, padding="same"),
    "transposed, valid": of(layers.Conv2DTranspose, 1, 3, strides=(2, 3)),
    "transposed, stride 1": of(layers.Conv2DTranspose, 1, (4, 3), padding="same"),
    "transposed and dilated": of(layers.Conv2DTranspose, 1, 3, padding="same", dilation_rate=2),
    "batch normalization": of(layers.BatchNormalization),
    "transposed, output padding": of(
        layers.Conv2DTranspose, 1, (4, 3), strides=2, padding="same", output_padding=1
    ),
    "transposed, valid, output padding": of(
        layers.Conv2DTranspose, 1, 3, strides=3, output_padding=2
    ),
    "strided and dilated": of(
        ours.StridedDilatedConv2D, 1, 3, strides=2, dilation_rate=(2, 3), padding="same"
    ),
    "flipped": of(ours.Convolution2D, 1, (4, 2), padding="same"),
    "grouped and transposed": of(ours.GroupConv2DTranspose, 1, 3, strides=2, padding="same"),
    "locally connected": of(ours.LocallyConnected2D, 1, (3, 4), strides=2, padding="same"),
    "interleaved": of(ours.SubpixelConv2D, 1, (3, 4), scale=2),
    "interleaved, valid": of(ours.SubpixelConv2D, 1, 3, scale=3, padding="valid"),
    "resized": of(ours.ResizeConv2D, 1, 3, scale=3),
    "resized, bilinear": of(ours.ResizeConv2D, 1, 2, interpolation="bilinear", padding="valid"),
    "a norm": of(ours.L2Pooling2D, 3, strides=2, padding="same"),
    "a mix": of(ours.MixedPooling2D, (3, 2)),
    "a pyramid": of(ours.SpatialPyramidPooling2D),
    "adaptive": of(layers.AdaptiveAveragePooling2D, (23, 6)),
    "adaptive to one": of(layers.AdaptiveAveragePooling2D, 1),
    "across channels": of(ours.LocalResponseNormalization),
    "the largest of some": of(ours.Maxout, 2, use_bias=False),
    "a dense layer at each place": of(layers.Dense, 2),
    "an activation": of(layers.ReLU),
    "flat": of(layers.Flatten),
}


@pytest.mark.filterwarnings("ignore:You might experience inconsistencies:UserWarning")  # PyTorch
@pytest.mark.parametrize("layer", ONE_LAYER.values(), ids=ONE_LAYER)
def test_a_layer_sees_what_it_answers_to(layer):
    check(sequential(layer()))


@pytest.mark.parametrize("network", [squeezed_and_excited, inception, unet])
def test_branches_see_what_they_answer_to(network):
    check(network())


def test_each_rank_has_its_axes():
    check(sequential(layers.Conv1D(1, 5, strides=2, use_bias=False), input_shape=(31, 1)))
    check(sequential(layers.Conv1D(1, 3, padding="causal", use_bias=False), input_shape=(9, 1)))
    stack = [layers.Conv3D(1, (1, 2, 3), use_bias=False), layers.MaxPooling3D(2)]
    check(sequential(*stack, input_shape=(5, 6, 8, 1)))


def test_each_rank_has_its_borders():
    border = [layers.Cropping1D((2, 1)), layers.ZeroPadding1D((3, 0)), layers.UpSampling1D(2)]
    check(sequential(*border, input_shape=(9, 1)))
    sides = ((1, 0), (0, 2), (2, 1))
    border = [layers.Cropping3D(sides), layers.ZeroPadding3D(sides), layers.UpSampling3D((1, 2, 3))]
    check(sequential(*border, input_shape=(4, 5, 6, 1)))


def test_what_is_dropped_at_the_border_is_not_seen_by_the_whole():
    (rows, columns) = check(
        sequential(layers.Cropping2D(((2, 0), (0, 3))), layers.ZeroPadding2D(1), layers.Flatten())
    )
    assert (rows.reach, columns.reach) == ((2, 22), (0, 14))
    assert not rows.sees_everything


windows = st.fixed_dictionaries(
    {
        "kernel": st.tuples(st.integers(1, 4), st.integers(1, 4)),
        "strides": st.integers(1, 3),
        "padding": st.sampled_from(["valid", "same"]),
    }
)
chosen = st.tuples(st.sampled_from(["conv", "max", "up", "pad", "crop", "skip", "fork"]), windows)


def applied(name, window, x):
    kernel, strides, padding = window["kernel"], window["strides"], window["padding"]
    if name == "conv":
        return layers.Conv2D(1, kernel, strides=strides, padding=padding, use_bias=False)(x)
    if name == "max":
        return layers.MaxPooling2D(kernel, strides=strides, padding=padding)(x)
    if name == "up":
        return layers.UpSampling2D(strides)(x)
    if name == "pad":
        return layers.ZeroPadding2D(kernel)(x)
    if name == "crop":
        return layers.Cropping2D(((strides - 1, 0), (0, kernel[0] - 1)))(x)
    if name == "skip":
        return layers.Add()([x, layers.Conv2D(1, kernel, padding="same", use_bias=False)(x)])
    branches = [layers.Conv2D(1, k, strides, "same", use_bias=False)(x) for k in (1, kernel)]
    return layers.Concatenate()(branches)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(chosen, min_size=1, max_size=4))
def test_a_random_network_sees_what_it_answers_to(layers_chosen):
    x = inputs = keras.Input((*SIZE, 1))
    for name, window in layers_chosen:
        assume(min(x.shape[1:3]) > 4 and max(x.shape[1:3]) < 60)
        x = applied(name, window, x)
    check(keras.Model(inputs, x))


def test_branches_of_different_strides_are_unknown():
    inputs = keras.Input((8, 8, 1))
    strided = layers.UpSampling2D()(layers.Conv2D(1, 1, strides=4)(inputs))
    other = layers.MaxPooling2D(5)(layers.Conv2D(1, 2, padding="same")(inputs))
    assert strided.shape[1:3] == (4, 4)
    model = keras.Model(inputs, layers.Add()([layers.Cropping2D(((3, 0), (3, 0)))(strided), other]))
    view = view_of(model)
    assert isinstance(view, Unknown)
    assert "effective strides differ, 2 and 5" in view.why
