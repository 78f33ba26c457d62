"""What the reference does not answer: never a wrong number, always what was received."""

import numpy as np
import pytest

from cnncourse.reference import average_pool2d, convolve2d, correlate1d, correlate2d, max_pool2d

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
    "text": (lambda: max_pool2d([["1", "2"], ["3", "4"]]), "x has dtype <U1"),
}


@pytest.mark.parametrize(("call", "complaint"), REFUSALS.values(), ids=REFUSALS)
def test_it_refuses(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
