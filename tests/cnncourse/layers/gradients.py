"""Gradients of a layer by the backend's own differentiation, as NumPy arrays."""

from typing import Any

import keras
import numpy as np


def gradients(layer: keras.layers.Layer, inputs: Any, upstream: np.ndarray, training: bool) -> list:
    """Of the sum of `upstream` times the output, for each trainable weight and then each input."""
    return globals()[f"_{keras.backend.backend()}"](layer, inputs, upstream, training)


def _tensorflow(layer, inputs, upstream, training):
    import tensorflow as tf

    variables = [weight.value for weight in layer.trainable_weights]
    tensors = keras.tree.map_structure(tf.convert_to_tensor, inputs)
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        loss = tf.reduce_sum(layer(tensors, training=training) * upstream)
    found = tape.gradient(loss, [*variables, *keras.tree.flatten(tensors)])
    return [None if one is None else np.asarray(tf.convert_to_tensor(one)) for one in found]


def _jax(layer, inputs, upstream, training):
    import jax

    others = [weight.value for weight in layer.non_trainable_variables]
    called = {"training": True} if training else {}  # not every layer's `call` takes it

    def loss(variables, tensors):
        outputs, _ = layer.stateless_call(variables, others, tensors, **called)
        return (outputs * upstream).sum()

    variables = [weight.value for weight in layer.trainable_weights]
    found = jax.grad(loss, argnums=(0, 1))(variables, inputs)
    return [np.asarray(one) for one in keras.tree.flatten(found)]


def _torch(layer, inputs, upstream, training):
    import torch

    tensors = keras.tree.map_structure(lambda x: torch.tensor(x, requires_grad=True), inputs)
    outputs = layer(tensors, training=training)
    (outputs * torch.tensor(upstream)).sum().backward()
    variables = [weight.value for weight in layer.trainable_weights]
    found = [one.grad for one in [*variables, *keras.tree.flatten(tensors)]]
    return [None if one is None else one.detach().numpy() for one in found]
