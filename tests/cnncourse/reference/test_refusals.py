"""What the reference does not answer: never a wrong number, always what was received."""

import numpy as np
import pytest

from cnncourse.reference import (
    adaptive_max_pool2d,
    apl,
    average_pool2d,
    batch_normalize,
    channel_shuffle,
    convolve2d,
    correlate1d,
    correlate2d,
    correlate2d_gradients,
    correlate2d_transpose,
    cross_entropy,
    depth_to_space,
    depthwise_correlate2d,
    local_response_normalize,
    locally_connected2d,
    max_pool2d,
    maxout,
    mixed_pool2d,
    pointwise_correlate,
    prelu,
    relu_gradients,
    space_to_depth,
    spatial_pyramid_pool2d,
    upsample_nearest2d,
)

X, W = np.ones((4, 4)), np.ones((3, 3))
IMAGE, KERNEL = np.ones((4, 4, 2)), np.ones((3, 3, 2, 5))

REFUSALS = {
    "a kernel larger than the input": (
        lambda: correlate2d(W, X),
        r"the window covers \(4, 4\), the padded input has \(3, 3\)",
    ),
    "a dilated kernel larger than the padded input": (
        lambda: correlate2d(X, W, padding=((1, 0), (0, 2)), dilation_rate=3),
        r"covers \(7, 7\), the padded input has \(5, 6\)",
    ),
    "a pool larger than the input": (lambda: max_pool2d(X, 5), r"covers \(5, 5\)"),
    "channels in the kernel only": (
        lambda: correlate2d(X, KERNEL),
        r"x has shape \(4, 4\) and kernel \(3, 3, 2, 5\); give both their channel axes",
    ),
    "channels in the input only": (lambda: convolve2d(IMAGE, W), "give both"),
    "as many channels as the kernel has not": (
        lambda: correlate2d(np.ones((4, 4, 3)), KERNEL),
        "must be as long as C_in, 2",
    ),
    "a kernel with three axes": (lambda: convolve2d(X, np.ones((3, 3, 1))), "2 axes, or 4"),
    "an empty kernel": (lambda: correlate2d(X, np.ones((0, 3))), "none of length 0"),
    "an input with five axes": (
        lambda: correlate2d(np.ones((1, 1, 4, 4, 2)), KERNEL),
        r"one of \(H, W\), \(H, W, C\), \(N, H, W, C\)",
    ),
    "a stride of zero": (lambda: correlate2d(X, W, strides=0), "strides is 0; it must be an int"),
    "three strides": (lambda: correlate2d(X, W, strides=(1, 1, 1)), "or 2 of them"),
    "half a stride": (lambda: max_pool2d(X, 2, strides=0.5), "strides is 0.5"),
    "a dilation rate of zero": (
        lambda: correlate2d(X, W, dilation_rate=(1, 0)),
        "dilation_rate is",
    ),
    "an unknown padding": (lambda: correlate2d(X, W, padding="full"), "padding is 'full'"),
    "a negative padding": (lambda: correlate2d(X, W, padding=(1, -1)), r"padding is \(1, -1\)"),
    "three sides": (lambda: correlate1d(X[0], W[0], padding=(1, 1, 1)), "each of 1 axes"),
    "a pool of padding only": (
        lambda: average_pool2d(X, 2, padding=2),
        "padding is 2 and pool_size .* pad by less",
    ),
    "complex numbers": (lambda: correlate2d(X * 1j, W), "x has dtype complex128"),
    "groups that do not divide the maps": (
        lambda: correlate2d(IMAGE, np.ones((3, 3, 1, 5)), groups=2),
        "groups is 2; it must divide the kernel's C_out, 5",
    ),
    "groups that do not fit the channels": (
        lambda: correlate2d(IMAGE, np.ones((3, 3, 2, 4)), groups=2),
        "must be as long as the 2 groups' C_in, 2 each",
    ),
    "no groups": (lambda: correlate2d(IMAGE, KERNEL, groups=0), "groups is 0; it must be an int"),
    "an upstream of another shape": (
        lambda: correlate2d_gradients(X, X, W),
        r"upstream has shape \(4, 4\); it must have the output's, \(2, 2\)",
    ),
    "an upstream with a batch axis for an input without": (
        lambda: correlate2d_gradients(np.ones((1, 2, 2, 5)), IMAGE, KERNEL),
        r"upstream has shape \(1, 2, 2, 5\); it must have the output's, \(2, 2, 5\)",
    ),
    "an upstream of a single value": (lambda: relu_gradients(1, X), r"upstream has shape \(\)"),
    "a transpose without the kernel's last axis": (
        lambda: correlate2d_transpose(IMAGE, KERNEL),
        "both must have the same last axis, C_in",
    ),
    "an output padding as long as the stride": (
        lambda: correlate2d_transpose(X, W, strides=2, output_padding=2),
        r"output_padding 2; that gives an output of \(11, 11\), from which correlate2d does not",
    ),
    "a transpose of which nothing is left": (
        lambda: correlate2d_transpose(np.ones((1, 1)), W, padding=2),
        r"gives an output of \(-1, -1\)",
    ),
    "a negative output padding": (
        lambda: correlate2d_transpose(X, W, output_padding=-1),
        "output_padding is -1; it must be an int of at least 0",
    ),
    "groups that do not divide a transpose's channels": (
        lambda: correlate2d_transpose(np.ones((4, 4, 5)), KERNEL, groups=2),
        "groups is 2; it must divide C_in, 5",
    ),
    "fewer kernels than patches": (
        lambda: locally_connected2d(X, np.ones((1, 2, 3, 3))),
        r"kernel has shape \(1, 2, 3, 3\), x has \(2, 2\) patches",
    ),
    "one kernel for all patches": (lambda: locally_connected2d(X, W), "must have 4 axes, or 6"),
    "a depthwise kernel without multiplier": (
        lambda: depthwise_correlate2d(IMAGE, np.ones((3, 3, 2))),
        "four axes, kh, kw, C, M",
    ),
    "a pointwise kernel that looks around": (lambda: pointwise_correlate(IMAGE, KERNEL), "C_in"),
    "a mix for each of too many channels": (
        lambda: mixed_pool2d(IMAGE, [1, 2, 3]),
        r"mix has shape \(3,\); it must be a number, or one for each channel",
    ),
    "no window": (lambda: adaptive_max_pool2d(X, 0), "output_size is 0"),
    "a pyramid on nothing but height and width": (
        lambda: spatial_pyramid_pool2d(X),
        r"must be \(H, W, C\) or \(N, H, W, C\)",
    ),
    "a pyramid without windows": (lambda: spatial_pyramid_pool2d(IMAGE, (2, 0)), "levels is 0"),
    "enlarged by a half": (lambda: upsample_nearest2d(X, 1.5), "size is 1.5"),
    "too few channels for a square": (lambda: depth_to_space(IMAGE, 2), "block_size², 4, dividing"),
    "sides that no square divides": (lambda: space_to_depth(IMAGE, 3), "block_size, 3, dividing"),
    "a shuffle of groups that do not divide": (
        lambda: channel_shuffle(IMAGE, 3),
        "must be a multiple of 3",
    ),
    "one gamma for two channels": (
        lambda: batch_normalize(IMAGE, [1], [0, 0]),
        "gamma must have one element for each channel",
    ),
    "neighbours at half a channel": (
        lambda: local_response_normalize(IMAGE, depth_radius=0.5),
        "depth_radius is 0.5; it must be an int of at least 0",
    ),
    "a slope for each of too many channels": (lambda: prelu(IMAGE, [1, 2, 3]), "must broadcast"),
    "pieces without their biases": (
        lambda: maxout(IMAGE, np.ones((3, 2, 5)), np.ones(5)),
        r"bias \(5,\); they must be .* \(pieces, C_out\)",
    ),
    "hinges without slopes": (
        lambda: apl(IMAGE, np.ones((1, 2)), np.ones((2, 2))),
        r"slopes have shape \(1, 2\) and hinges \(2, 2\)",
    ),
    "classes as numbers": (
        lambda: cross_entropy(np.ones((4, 3)), [0, 1, 2, 0]),
        r"logits have shape \(4, 3\) and targets \(4,\)",
    ),
    "text": (lambda: max_pool2d([["1", "2"], ["3", "4"]]), "x has dtype <U1"),
}


@pytest.mark.parametrize(("call", "complaint"), REFUSALS.values(), ids=REFUSALS)
def test_it_refuses(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
