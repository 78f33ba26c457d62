"""What a framework answers: python frameworks.py tensorflow CASES.npz ANSWERS.npz

CASES holds x_0, kernel_0, bias_0, strides_0, dilation_0 and upstream_0, and so of every case.
ANSWERS gets, of each way to compute, y_0_WAY and the gradients of sum(upstream · y), x_0_WAY,
kernel_0_WAY and bias_0_WAY.
"""

import sys

import numpy as np


def with_tensorflow(x, kernel, bias, strides, dilation, upstream):
    import tensorflow as tf

    def answers(x, kernel, bias):
        x, kernel, bias = map(tf.convert_to_tensor, (x, kernel, bias))
        with tf.GradientTape() as tape:
            tape.watch([x, kernel, bias])
            y = tf.nn.conv2d(x[None], kernel, strides, "VALID", dilations=dilation)[0] + bias
            total = tf.reduce_sum(y * upstream)
        # TensorFlow's own kernels have none where the kernel is dilated.
        return y, *(tape.gradient(total, [x, kernel, bias]) if max(dilation) == 1 else ())

    yield "eager", answers(x, kernel, bias)
    yield "xla", tf.function(answers, jit_compile=True)(x, kernel, bias)


def with_jax(x, kernel, bias, strides, dilation, upstream):
    import jax

    def convolved(x, kernel, bias):
        layout = ("NHWC", "HWIO", "NHWC")
        y = jax.lax.conv_general_dilated(
            x[None], kernel, strides, "VALID", rhs_dilation=dilation, dimension_numbers=layout
        )
        return y[0] + bias

    def total(*inputs):
        y = convolved(*inputs)
        return (y * upstream).sum(), y

    def answers(*inputs):
        gradients, y = jax.grad(total, (0, 1, 2), has_aux=True)(*inputs)
        return y, *gradients

    yield "xla", jax.jit(answers)(x, kernel, bias)


def with_torch(x, kernel, bias, strides, dilation, upstream):
    import torch

    x, kernel, bias = (torch.tensor(one, requires_grad=True) for one in (x, kernel, bias))
    y = torch.nn.functional.conv2d(
        x.permute(2, 0, 1)[None], kernel.permute(3, 2, 0, 1), bias, strides, 0, dilation
    )[0].permute(1, 2, 0)
    gradients = torch.autograd.grad((y * torch.tensor(upstream)).sum(), (x, kernel, bias))
    yield "eager", [one.detach() for one in (y, *gradients)]


FRAMEWORKS = {"tensorflow": with_tensorflow, "jax": with_jax, "torch": with_torch}
INPUTS = ("x", "kernel", "bias", "strides", "dilation", "upstream")
ANSWERS = ("y", "x", "kernel", "bias")


def main(framework, cases, answers):
    given, found = np.load(cases), {}
    for number in range(len(given.files) // len(INPUTS)):
        x, kernel, bias, strides, dilation, upstream = (given[f"{n}_{number}"] for n in INPUTS)
        options = tuple(strides.tolist()), tuple(dilation.tolist())
        for way, came in FRAMEWORKS[framework](x, kernel, bias, *options, upstream):
            for name, array in zip(ANSWERS, came, strict=False):
                found[f"{name}_{number}_{way}"] = np.asarray(array)
    np.savez(answers, **found)


if __name__ == "__main__":
    main(*sys.argv[1:])
