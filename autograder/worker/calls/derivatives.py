"""Gradients of a Keras layer, on the backend that computes.

Each function returns the gradient of sum(upstream · layer(x)) with respect to x and then to each
trainable weight; zeros where the output does not depend on it.
"""

from collections.abc import Callable
from inspect import signature
from typing import Any


def gradients(layer: Any, x: Any, upstream: Any) -> tuple[Any, list[Any]]:
    """The gradient with respect to x, and those with respect to `layer.trainable_weights`."""
    import keras

    of_x, *of_weights = BACKENDS[keras.backend.backend()](layer, x, upstream)
    return of_x, of_weights


def _tensorflow(layer: Any, x: Any, upstream: Any) -> list[Any]:
    import tensorflow as tf

    x = tf.convert_to_tensor(x)
    sources = [x, *(weight.value for weight in layer.trainable_weights)]
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(layer(x, training=False) * upstream)
    found: list[Any] = tape.gradient(total, sources, unconnected_gradients="zero")
    return found


def _jax(layer: Any, x: Any, upstream: Any) -> list[Any]:
    import jax

    others = [variable.value for variable in layer.non_trainable_variables]
    # Unlike __call__, this hands on to `call` what `call` may not take.
    still = {"training": False} if "training" in signature(layer.call).parameters else {}

    def total(x: Any, weights: list[Any]) -> Any:
        y, _ = layer.stateless_call(weights, others, x, **still)
        return (y * upstream).sum()

    weights = [variable.value for variable in layer.trainable_variables]
    of_x, of_weights = jax.grad(total, (0, 1))(jax.numpy.asarray(x), weights)
    return [of_x, *of_weights]


def _torch(layer: Any, x: Any, upstream: Any) -> list[Any]:
    import torch

    x = torch.tensor(x, requires_grad=True)
    sources = [x, *(weight.value for weight in layer.trainable_weights)]
    total = (layer(x, training=False) * torch.tensor(upstream)).sum()
    found = torch.autograd.grad(total, sources, allow_unused=True)
    return [
        torch.zeros_like(source) if gradient is None else gradient
        for source, gradient in zip(sources, found, strict=True)
    ]


BACKENDS: dict[str, Callable[[Any, Any, Any], list[Any]]] = {
    "tensorflow": _tensorflow,
    "jax": _jax,
    "torch": _torch,
}
