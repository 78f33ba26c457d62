"""What each layer does, in one table: where its outputs look, and how much it multiplies.

A class that is not named here is opened, if its call is made of such layers; else it is unknown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras

from cnncourse import layers
from cnncourse.layers import crop_like
from cnncourse.tables.profile import macs, views
from cnncourse.tables.profile.seen import View, has_places
from cnncourse.tables.profile.unknown import Amount, Unknown
from cnncourse.tables.profile.use import Use


@dataclass(frozen=True)
class Kind:
    """What layers have in common.

    Args:
        sees: what the output sees, from what the inputs do.
        macs: multiply-accumulates of weights with one image.
        writes: whether its output is memory of its own, and not its input's under another shape.
    """

    sees: Callable[[Use], View]
    macs: Callable[[Use], Amount] = macs.none
    writes: bool = True


PLACE_BY_PLACE = Kind(views.same)
MERGING = Kind(views.merged)
CONCATENATING = Kind(views.concatenated)
GLOBAL_POOLING = Kind(views.vector)

KINDS = {
    Kind(views.convolved, macs.convolution): "Conv1D Conv2D Conv3D Convolution2D "
    "StridedDilatedConv2D LocallyConnected1D LocallyConnected2D",
    Kind(views.convolved, macs.depthwise): "DepthwiseConv1D DepthwiseConv2D",
    Kind(views.convolved, macs.separable): "SeparableConv1D SeparableConv2D",
    Kind(views.transposed, macs.transposed): "Conv1DTranspose Conv2DTranspose Conv3DTranspose "
    "GroupConv2DTranspose",
    Kind(views.resized_and_convolved, macs.convolution): "ResizeConv2D",
    Kind(views.interleaved, macs.convolution): "SubpixelConv2D",
    Kind(views.pooled): "MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D "
    "AveragePooling3D L2Pooling2D MixedPooling2D",
    Kind(views.adaptively_pooled): "AdaptiveAveragePooling1D AdaptiveAveragePooling2D "
    "AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D",
    GLOBAL_POOLING: "GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D "
    "GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization",
    Kind(views.flat): "SpatialPyramidPooling2D",
    Kind(views.dense, macs.dense): "Dense",
    Kind(views.dense, macs.maxout): "Maxout",
    Kind(views.flat, writes=False): "Flatten",
    Kind(views.placed, writes=False): "Reshape",
    Kind(views.placed): "Permute RepeatVector",
    Kind(views.upsampled): "UpSampling1D UpSampling2D UpSampling3D",
    Kind(views.zero_padded): "ZeroPadding1D ZeroPadding2D ZeroPadding3D",
    Kind(views.cropped): "Cropping1D Cropping2D Cropping3D",
    Kind(views.normalized): "LayerNormalization RMSNormalization Softmax UnitNormalization",
    Kind(views.cropped_like): "CropLike",
    MERGING: "Add Average Maximum Minimum Multiply Subtract",
    CONCATENATING: "Concatenate",
    Kind(views.same, writes=False): "ActivityRegularization Identity",
    # what moves or changes nothing but while training is what it is afterwards
    PLACE_BY_PLACE: "Activation AlphaDropout BatchNormalization Dropout ELU GaussianDropout "
    "GaussianNoise LeakyReLU Normalization PReLU RandomBrightness RandomContrast RandomFlip "
    "RandomRotation RandomTranslation RandomZoom ReLU Rescaling SpatialDropout1D SpatialDropout2D "
    "SpatialDropout3D APL CenteredSoftplus ChannelPadding ChannelShuffle ChannelSlice "
    "LocalResponseNormalization RReLU VReLU",
}
OF_CLASS: dict[Any, Kind] = {
    getattr(module, name): kind
    for kind, names in KINDS.items()
    for name in names.split()
    for module in (keras.layers, layers, crop_like)
    if hasattr(module, name)
}

# `keras.ops` on symbolic tensors become operations, whose classes have no public names
OPERATIONS = {
    MERGING: "Add Divide Maximum Minimum Multiply Subtract TrueDivide",
    CONCATENATING: "Concatenate",
    PLACE_BY_PLACE: "Abs Absolute Cast Clip Elu Exp Gelu HardSigmoid HardSilu LeakyRelu Log Log1p "
    "Negative Power Reciprocal Relu Relu6 Rsqrt Selu Sigmoid Silu Softplus Softsign Sqrt Square "
    "Tanh",
}
OF_OPERATION = {name: kind for kind, names in OPERATIONS.items() for name in names.split()}

REASONS = {
    keras.layers.Lambda: "may run any code",
    keras.layers.RNN: "is recurrent, it goes through a sequence step by step",
    keras.layers.Bidirectional: "is recurrent, it goes through a sequence step by step",
    keras.layers.TimeDistributed: "applies a layer to slices of its input",
    keras.layers.MultiHeadAttention: "is attention, it multiplies inputs with one another",
    keras.layers.Attention: "is attention, it multiplies inputs with one another",
    keras.layers.AdditiveAttention: "is attention, it compares inputs with one another",
    keras.layers.Dot: "multiplies inputs with one another",
}

ALONG_THE_LAST_AXIS = (keras.activations.softmax, keras.activations.log_softmax)

# these have a data_format, but nothing is moved by it except while training
IN_EITHER_FORMAT = (
    keras.layers.Flatten,
    keras.layers.RandomBrightness,
    keras.layers.RandomContrast,
    keras.layers.RandomFlip,
    keras.layers.RandomRotation,
    keras.layers.RandomTranslation,
    keras.layers.RandomZoom,
    keras.layers.SpatialDropout2D,
    keras.layers.SpatialDropout3D,
)
CHANNELS_LAST = (keras.layers.Cropping1D, keras.layers.UpSampling1D)  # which cannot be told


def kind_of(layer: Any) -> Kind | None:
    """The kind of a layer or operation; None where its class is not known.

    A subclass is of its parent's kind unless it has a `call` of its own.
    """
    if not isinstance(layer, keras.Layer):
        ours = type(layer).__module__.startswith("keras.src.ops.")
        return OF_OPERATION.get(type(layer).__name__) if ours else None
    parents: list[Any] = [parent for parent in type(layer).__mro__ if parent in OF_CLASS]
    inherits = parents and type(layer).call is parents[0].call
    return OF_CLASS[parents[0]] if inherits else None


def data_format_of(layer: Any) -> str | None:
    """Where a layer looks for channels; None where it does not, or is told an axis."""
    if isinstance(layer, IN_EITHER_FORMAT):
        return None
    if isinstance(layer, CHANNELS_LAST):
        return "channels_last"
    return getattr(layer, "data_format", None)


def view_of(kind: Kind, use: Use) -> View:
    """What the outputs of a layer of this kind see, its activation considered."""
    view = kind.sees(use)
    if isinstance(view, Unknown) or use.channels_last or not has_places(view):
        return view
    if getattr(use.layer, "activation", None) in ALONG_THE_LAST_AXIS:
        return Unknown(f"{use.name} has a softmax along the last axis, where channels are first")
    return view


def refusal(use: Use) -> Unknown | None:
    """Why nothing is known of a layer before it is looked into; None where there is no reason."""
    for refused, why in REASONS.items():
        if isinstance(use.layer, refused):
            return Unknown(f"{use.name} {why}")
    activation = getattr(use.layer, "activation", None)
    if callable(activation) and not _from_keras(activation):
        return Unknown(f"{use.name} has an activation of its own, which may run any code")
    return None


def _from_keras(activation: Any) -> bool:
    module = getattr(activation, "__module__", None) or type(activation).__module__
    return module.startswith("keras.") or kind_of(activation) is not None
