"""Every operator of the reference, said in Keras: its own where it has one, composed where not.

Arguments and options are those of the reference, so that one call serves both.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
from keras import ops


def correlate(x, kernel, *, strides=1, padding="valid", dilation_rate=1, groups=1):
    if not isinstance(padding, str):
        x, padding = ops.pad(x, ((0, 0), *sides(padding, x), (0, 0))), "valid"
    parts = zip(ops.split(x, groups, axis=-1), ops.split(kernel, groups, axis=-1), strict=True)
    if strides == 1 or dilation_rate == 1:
        steps = {"strides": strides, "dilation_rate": dilation_rate}
        maps = [ops.conv(*part, padding=padding, **steps) for part in parts]
        return ops.concatenate(maps, axis=-1)
    dense = [ops.conv(*part, padding=padding, dilation_rate=dilation_rate) for part in parts]
    every = [slice(None, None, strides)] * (len(x.shape) - 2)
    return ops.concatenate(dense, axis=-1)[:, *every]


def convolve(x, kernel, **options):
    return correlate(x, ops.flip(kernel, axis=tuple(range(len(x.shape) - 2))), **options)


def correlate_transpose(
    x, kernel, *, padding="valid", output_padding=None, groups=1, strides=1, dilation_rate=1
):
    options = {"strides": strides, "dilation_rate": dilation_rate, "output_padding": output_padding}
    cut = [slice(None)] * (len(x.shape) - 2)
    if not isinstance(padding, str):
        cut = [slice(before, -after or None) for before, after in sides(padding, x)]
        options["output_padding"] = output_padding or 0
    rule = padding if isinstance(padding, str) else "valid"
    parts = zip(ops.split(x, groups, axis=-1), ops.split(kernel, groups, axis=-1), strict=True)
    maps = [ops.conv_transpose(*part, padding=rule, **options) for part in parts]
    return ops.concatenate(maps, axis=-1)[:, *cut]


def insert_zeros(x, strides):
    rank, channels = len(x.shape) - 2, x.shape[-1]
    alone = ops.reshape(ops.eye(channels, dtype=x.dtype), (*[1] * rank, channels, channels))
    return ops.conv_transpose(x, alone, strides=strides, output_padding=0)


def locally_connected(x, kernel, *, strides=1, padding="valid"):
    """One dense layer for each patch."""
    if padding != "valid":
        x = ops.pad(x, ((0, 0), *sides(padding, x), (0, 0)))
    rank = len(x.shape) - 2
    positions, size = tuple(kernel.shape[:rank]), tuple(kernel.shape[rank : 2 * rank])
    flat = ops.reshape(kernel, (*positions, -1, kernel.shape[-1]))
    rows = []
    for at in indices(positions):
        here = [slice(i * strides, i * strides + k) for i, k in zip(at, size, strict=True)]
        patch = ops.reshape(x[:, *here], (x.shape[0], -1))
        rows.append(ops.matmul(patch, flat[at]))
    return ops.reshape(ops.stack(rows, axis=1), (x.shape[0], *positions, -1))


def max_pool(x, pool_size=2, *, strides=None, padding="valid"):
    """On JAX, `ops.max_pool` in Keras 3.15 does not know its default strides."""
    steps = pool_size if strides is None else strides
    return ops.max_pool(x, pool_size, strides=steps, padding=padding)


def average_pool(x, pool_size=2, *, strides=None, padding="valid"):
    """Sums over counts: PyTorch's own mean is wrong with "same" in some shapes in Keras 3.15."""

    def sums(values):
        kernel = ops.ones((*[pool_size] * (len(x.shape) - 2), 1, 1), dtype=x.dtype)
        steps = pool_size if strides is None else strides
        return correlate_channels(values, kernel, strides=steps, padding=padding)

    return sums(x) / sums(ops.ones_like(x))


def l2_pool(x, pool_size=2, *, strides=None, padding="valid"):
    kernel = ops.ones((*[pool_size] * (len(x.shape) - 2), 1, 1), dtype=x.dtype)
    steps = pool_size if strides is None else strides
    return ops.sqrt(correlate_channels(x * x, kernel, strides=steps, padding=padding))


def mixed_pool(x, mix, pool_size=2, **options):
    largest, mean = max_pool(x, pool_size, **options), average_pool(x, pool_size, **options)
    return mix * largest + (1 - mix) * mean


def adaptive_max_pool(x, output_size):
    """With one window, `ops.adaptive_max_pool` in Keras 3.15 ends the process on TensorFlow."""
    if output_size == 1:
        return ops.max(x, axis=spatial(x), keepdims=True)
    return ops.adaptive_max_pool(x, output_size)


def adaptive_average_pool(x, output_size):
    if output_size == 1:
        return ops.mean(x, axis=spatial(x), keepdims=True)
    return ops.adaptive_average_pool(x, output_size)


def spatial_pyramid_pool(x, levels=(1, 2, 4)):
    flat = [ops.reshape(adaptive_max_pool(x, n), (x.shape[0], -1)) for n in levels]
    return ops.concatenate(flat, axis=-1)


def upsample_nearest(x, size=2):
    for axis in range(1, len(x.shape) - 1):
        x = ops.repeat(x, size, axis=axis)
    return x


def upsample_bilinear(x, size=2):
    lengths = tuple(size * n for n in x.shape[1:-1])
    return ops.image.resize(x, lengths, interpolation="bilinear", data_format="channels_last")


def channel_shuffle(x, groups):
    apart = ops.reshape(x, (*x.shape[:-1], groups, -1))
    return ops.reshape(ops.swapaxes(apart, -1, -2), x.shape)


def batch_normalize(x, gamma, beta, *, epsilon=1e-3):
    mean, variance = ops.moments(x, axes=tuple(range(len(x.shape) - 1)))
    return batch_normalize_inference(x, gamma, beta, mean, variance, epsilon=epsilon)


def batch_normalize_inference(x, gamma, beta, mean, variance, *, epsilon=1e-3):
    return ops.batch_normalization(
        x, mean, variance, axis=-1, offset=beta, scale=gamma, epsilon=epsilon
    )


def local_response_normalize(x, *, depth_radius=2, bias=2.0, alpha=1e-4, beta=0.75):
    around = [(0, 0)] * (len(x.shape) - 1)
    squares = ops.pad(x * x, (*around, (depth_radius, depth_radius)))
    channels = x.shape[-1]
    sums = sum(squares[..., i : i + channels] for i in range(2 * depth_radius + 1))
    return x / (bias + alpha * sums) ** beta


def prelu(x, alpha):
    return ops.relu(x) - alpha * ops.relu(-x)


def maxout(x, kernel, bias):
    pieces = [
        ops.matmul(x, w) + b for w, b in zip(ops.unstack(kernel), ops.unstack(bias), strict=True)
    ]
    return ops.max(ops.stack(pieces), axis=0)


def apl(x, slopes, hinges):
    y = ops.relu(x)
    for a, b in zip(ops.unstack(slopes), ops.unstack(hinges), strict=True):
        y = y + a * ops.relu(b - x)
    return y


def cross_entropy(logits, targets):
    return ops.categorical_crossentropy(targets, logits, from_logits=True)


def correlate_channels(x, kernel, **options):
    """The same kernel for each channel by itself."""
    maps = [ops.conv(one, kernel, **options) for one in ops.split(x, x.shape[-1], axis=-1)]
    return ops.concatenate(maps, axis=-1)


def spatial(x):
    return tuple(range(1, len(x.shape) - 1))


def sides(padding, x):
    pairs = [padding] * (len(x.shape) - 2) if isinstance(padding, int) else padding
    return [(one, one) if isinstance(one, int) else one for one in pairs]


def indices(lengths):
    return (
        [()]
        if not lengths
        else [(i, *rest) for i in range(lengths[0]) for rest in indices(lengths[1:])]
    )


IN_KERAS = {
    **{f"correlate{rank}d": correlate for rank in (1, 2, 3)},
    **{f"convolve{rank}d": convolve for rank in (1, 2, 3)},
    **{f"correlate{rank}d_transpose": correlate_transpose for rank in (1, 2, 3)},
    **{f"correlate{rank}d_transpose_by_zeros": correlate_transpose for rank in (1, 2, 3)},
    **{f"insert_zeros{rank}d": insert_zeros for rank in (1, 2, 3)},
    **{f"locally_connected{rank}d": locally_connected for rank in (1, 2)},
    "depthwise_correlate2d": ops.depthwise_conv,
    "pointwise_correlate": ops.matmul,
    "separable_correlate2d": ops.separable_conv,
    **{f"max_pool{rank}d": max_pool for rank in (1, 2, 3)},
    **{f"average_pool{rank}d": average_pool for rank in (1, 2, 3)},
    **{f"l2_pool{rank}d": l2_pool for rank in (1, 2, 3)},
    **{f"mixed_pool{rank}d": mixed_pool for rank in (1, 2, 3)},
    **{f"adaptive_max_pool{rank}d": adaptive_max_pool for rank in (1, 2, 3)},
    **{f"adaptive_average_pool{rank}d": adaptive_average_pool for rank in (1, 2, 3)},
    "spatial_pyramid_pool2d": spatial_pyramid_pool,
    **{f"upsample_nearest{rank}d": upsample_nearest for rank in (1, 2, 3)},
    "upsample_bilinear2d": upsample_bilinear,
    "depth_to_space": ops.depth_to_space,
    "space_to_depth": ops.space_to_depth,
    "channel_shuffle": channel_shuffle,
    "batch_normalize": batch_normalize,
    "batch_normalize_inference": batch_normalize_inference,
    "local_response_normalize": local_response_normalize,
    "identity": keras.activations.linear,
    "sigmoid": ops.sigmoid,
    "tanh": ops.tanh,
    "relu": ops.relu,
    "centered_softplus": lambda x: ops.softplus(x) - ops.softplus(0.0),
    "leaky_relu": lambda x, alpha=0.01: ops.leaky_relu(x, alpha),
    "vrelu": lambda x, alpha=0.3: ops.leaky_relu(x, alpha),
    "elu": lambda x, alpha=1.0: ops.elu(x, alpha),
    "rrelu": prelu,
    "prelu": prelu,
    "maxout": maxout,
    "apl": apl,
    "softmax": ops.softmax,
    "cross_entropy": cross_entropy,
}


def differentiated(operator, upstream, arrays, options):
    """Output and gradients of Σ upstream · output, by the backend's own differentiation."""
    return _DIFFERENTIATED[keras.backend.backend()](operator, upstream, arrays, options)


def _tensorflow(operator, upstream, arrays, options):
    import tensorflow as tf

    inputs = [tf.constant(array) for array in arrays]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        output = operator(*inputs, **options)
    return output.numpy(), [one.numpy() for one in tape.gradient(output, inputs, upstream)]


def _jax(operator, upstream, arrays, options):
    import jax

    @jax.jit  # compiled as a whole, which is faster than operation by operation
    def both(*inputs):
        output, pull = jax.vjp(lambda *inputs: operator(*inputs, **options), *inputs)
        return output, pull(jax.numpy.asarray(upstream))

    return both(*arrays)


def _torch(operator, upstream, arrays, options):
    import torch

    inputs = [torch.tensor(array, requires_grad=True) for array in arrays]
    output = operator(*inputs, **options)
    output.backward(torch.tensor(upstream))
    return output.detach().numpy(), [one.grad.numpy() for one in inputs]


_DIFFERENTIATED = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}
