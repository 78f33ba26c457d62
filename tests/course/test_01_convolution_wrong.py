"""01_convolution: what students get wrong fails, whatever the secret, in hidden cases alone too."""

import numpy as np
import pytest

from cnncourse.reference import correlate1d, correlate2d

NAME = "01_convolution"
SECRETS = [bytes([number]) * 32 for number in range(20)]
SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
PREWITT = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])


def half(value):
    is_real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(np.float16) if is_real else value


def half_precision(function):
    """With inputs and result rounded to float16, and handed back as float32 to hide it."""
    return lambda *args: half(function(*map(half, args))).astype(np.float32)


def positions(size, k, s):
    return (size - k) // s + 1


def patches(x, kernel_size, strides, shape, start=None):
    """The patches of a loop in which something may be wrong."""
    (kh, kw), start = kernel_size, start or strides
    for i, j in np.ndindex(shape):
        yield i, j, x[i * start[0] : i * start[0] + kh, j * start[1] : j * start[1] + kw]


def conv2d_with_start(start):
    """The right output size, but patches that start elsewhere."""

    def conv2d(x, kernel, strides):
        shape = tuple(map(positions, x.shape, kernel.shape, strides))
        y = np.zeros(shape)
        for i, j, patch in patches(x, kernel.shape, strides, shape, start(kernel, strides)):
            y[i, j] = (patch * kernel).sum()
        return y

    return conv2d


def square_output(x, kernel, strides):
    side = positions(x.shape[0], kernel.shape[0], strides[0])
    y = np.zeros((side, side))
    for i, j, patch in patches(x, kernel.shape, strides, y.shape):
        y[i, j] = (patch * kernel).sum()
    return y


def same_with(zeros, strided=True):
    """ "Same" padding by some rule for (n, k, s, d) → (before, after)."""

    def conv2d_same(x, kernel, strides, dilation_rate):
        sides = [
            zeros(*axis) for axis in zip(x.shape, kernel.shape, strides, dilation_rate, strict=True)
        ]
        y = correlate2d(
            x,
            kernel,
            strides=strides if strided else 1,
            padding=sides,
            dilation_rate=dilation_rate,
        )
        return y if strided else y[:: strides[0], :: strides[1]]

    return conv2d_same


def total(n, k, s, d):
    return max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)


def before_first(n, k, s, d):
    return total(n, k, s, d) - total(n, k, s, d) // 2, total(n, k, s, d) // 2


def one_too_many(n, k, s, d):
    return total(n, k, s, d) // 2, total(n, k, s, d) - total(n, k, s, d) // 2 + 1


def all_after(n, k, s, d):
    return 0, total(n, k, s, d)


def blind_to_stride(n, k, _, d):
    return total(n, k, 1, d) // 2, total(n, k, 1, d) - total(n, k, 1, d) // 2


def as_pytorch_does(_, k, __, d):
    return d * (k - 1) // 2, d * (k - 1) // 2


def repeated_border(x, kernel, strides, dilation_rate):
    axes = zip(x.shape, kernel.shape, strides, dilation_rate, strict=True)
    sides = [(total(*axis) // 2, total(*axis) - total(*axis) // 2) for axis in axes]
    padded = np.pad(x, sides, mode="edge")
    return correlate2d(padded, kernel, strides=strides, dilation_rate=dilation_rate)


def no_error(size, kernel_size, stride, padding):
    return (size + 2 * padding - kernel_size) // stride + 1


def size_with(count):
    """A wrong count, but the error that is asked for."""

    def output_size(size, kernel_size, stride, padding):
        if kernel_size > size + 2 * padding:
            raise ValueError
        return count(size, kernel_size, stride, padding)

    return output_size


def gradients(picture, kernel=SOBEL, **options):
    return correlate2d(picture, kernel, **options), correlate2d(picture, kernel.T, **options)


def scores(image, template, zero_is_zero=True):
    lengths = np.sqrt(correlate2d(image**2, np.ones_like(template)))
    with np.errstate(invalid="ignore"):
        score = correlate2d(image, template) / lengths
    return np.nan_to_num(score) if zero_is_zero else score


def place(score):
    return np.unravel_index(score.argmax(), score.shape)


def found(x, kernel, printed):
    right = correlate2d(x, kernel)
    row, column = np.argwhere(right != printed)[0]
    return row, column, right[row, column], printed[row, column]


def corr(x, k, s=1, **options):
    return correlate2d(x, k, strides=s, **options)


WRONG = {
    "conv1d": {
        "kernel flipped": lambda x, k, s: correlate1d(x, k[::-1], strides=s),
        "stride ignored": lambda x, k, _: correlate1d(x, k),
        "stride ignored in the start": lambda x, k, s: correlate1d(x, k)[
            : positions(len(x), len(k), s)
        ],
        "stride taken for the kernel size": lambda x, k, _: correlate1d(x, k, strides=len(k)),
        "last output missing": lambda x, k, s: correlate1d(x, k, strides=s)[:-1],
        "one output too many": lambda x, k, s: np.append(correlate1d(x, k, strides=s), 0),
        "padded": lambda x, k, s: correlate1d(x, k, strides=s, padding="same"),
        "float16": half_precision(lambda x, k, s: correlate1d(x, k, strides=s)),
        "whole numbers only": lambda x, k, s: correlate1d(x, k, strides=s).astype(int),
    },
    "conv2d": {
        "kernel flipped": lambda x, k, s: corr(x, k[::-1, ::-1], s),
        "kernel transposed": lambda x, k, s: corr(x, k.T, s),
        "stride ignored": lambda x, k, _: corr(x, k),
        "stride ignored in the start": conv2d_with_start(lambda *_: (1, 1)),
        "kernel size taken for the stride": conv2d_with_start(lambda k, _: k.shape),
        "strides exchanged": lambda x, k, s: corr(x, k, s[::-1]),
        "strides exchanged in the start": conv2d_with_start(lambda _, s: s[::-1]),
        "one stride for both": lambda x, k, s: corr(x, k, s[0]),
        "height and width exchanged": lambda x, k, s: corr(x, k, s).T,
        "square output": square_output,
        "last row missing": lambda x, k, s: corr(x, k, s)[:-1],
        "last column missing": lambda x, k, s: corr(x, k, s)[:, :-1],
        "padded by 1": lambda x, k, s: corr(x, k, s, padding=1),
        "only square kernels": lambda x, k, s: corr(x, k[: min(k.shape), : min(k.shape)], s),
        "last column wrong": lambda x, k, s: (
            corr(x, k, s) * (np.arange(corr(x, k, s).shape[1]) > 0)
        ),
        "float16": half_precision(corr),
    },
    "output_size": {
        "rounded up": size_with(lambda n, k, s, p: -(-(n + 2 * p - k) // s) + 1),
        "rounded to the nearest": size_with(lambda n, k, s, p: round((n + 2 * p - k) / s + 1)),
        "a fraction": size_with(lambda n, k, s, p: (n + 2 * p - k) / s + 1),
        "padded on one side": size_with(lambda n, k, s, p: (n + p - k) // s + 1),
        "first position forgotten": size_with(lambda n, k, s, p: (n + 2 * p - k) // s),
        "stride ignored": size_with(lambda n, k, _, p: n + 2 * p - k + 1),
        "padding ignored": size_with(lambda n, k, s, _: (n - k) // s + 1),
        "no error": no_error,
    },
    "conv2d_same": {
        "kernel flipped": lambda x, k, s, d: corr(
            x, k[::-1, ::-1], s, padding="same", dilation_rate=d
        ),
        "odd zero on the wrong side": same_with(before_first),
        "zeros below and right only": same_with(all_after),
        "one zero too many": same_with(one_too_many),
        "zeros counted without the stride": same_with(blind_to_stride),
        "every so many of the outputs at stride 1": same_with(blind_to_stride, strided=False),
        "zeros as PyTorch puts them": same_with(as_pytorch_does),
        "zeros counted without the dilation": same_with(
            lambda n, k, s, _: (total(n, k, s, 1) // 2, -(-total(n, k, s, 1) // 2))
        ),
        "padding always 1": same_with(lambda *_: (1, 1)),
        "no padding": same_with(lambda *_: (0, 0)),
        "border repeated": repeated_border,
        "dilation ignored": lambda x, k, s, _: corr(x, k, s, padding="same"),
        "dilations exchanged": lambda x, k, s, d: corr(
            x, k, s, padding="same", dilation_rate=d[::-1]
        ),
        "strides exchanged": lambda x, k, s, d: corr(
            x, k, s[::-1], padding="same", dilation_rate=d
        ),
        "stride ignored": lambda x, k, _, d: corr(x, k, padding="same", dilation_rate=d),
        "height and width exchanged": lambda x, k, s, d: (
            corr(x, k, s, padding="same", dilation_rate=d).T
        ),
        "float16": half_precision(
            lambda x, k, s, d: corr(x, k, s, padding="same", dilation_rate=d)
        ),
    },
    "conv2d_channels": {
        "no bias": lambda x, k, _: corr(x, k),
        "bias twice": lambda x, k, b: corr(x, k) + 2 * b,
        "bias for each input channel": lambda x, k, b: corr(x, k) + x.shape[-1] * b,
        "all biases to all maps": lambda x, k, b: corr(x, k) + b.sum(),
        "first bias to all maps": lambda x, k, b: corr(x, k) + b[0],
        "first channel only": lambda x, k, b: corr(x[..., :1], k[:, :, :1]) + b,
        "mean of the channels": lambda x, k, b: corr(x, k) / x.shape[-1] + b,
        "first kernel only": lambda x, k, b: corr(x, k[..., :1]) + b,
        "maps summed": lambda x, k, b: (corr(x, k) + b).sum(axis=-1),
        "channels summed first": lambda x, k, b: (
            corr(x.sum(-1)[..., None], k.sum(axis=2, keepdims=True)) + b
        ),
        "maps first": lambda x, k, b: np.moveaxis(corr(x, k) + b, -1, 0),
        "kernel flipped": lambda x, k, b: corr(x, k[::-1, ::-1]) + b,
        "kernel reshaped": lambda x, k, b: (
            corr(x, k.reshape(*k.shape[:2], *k.shape[:1:-1]).swapaxes(2, 3)) + b
        ),
        "height and width exchanged": lambda x, k, b: (corr(x, k) + b).swapaxes(0, 1),
        "negative numbers cut off": lambda x, k, b: np.maximum(corr(x, k) + b, 0),
        "padded": lambda x, k, b: corr(x, k, padding="same") + b,
        "float16": half_precision(lambda x, k, b: corr(x, k) + b),
    },
    "to_channels_last": {
        "reshaped": lambda x, k: (
            x.reshape(x.shape[0], *x.shape[2:], x.shape[1]),
            k.reshape(*k.shape[2:], k.shape[1], k.shape[0]),
        ),
        "the other way round": lambda x, k: (x.transpose(0, 3, 1, 2), k.transpose(3, 2, 0, 1)),
        "width before height": lambda x, k: (x.transpose(0, 3, 2, 1), k.transpose(3, 2, 1, 0)),
        "kernels' width before height": lambda x, k: (x.transpose(0, 2, 3, 1), k.T),
        "kernels' channels exchanged": lambda x, k: (
            x.transpose(0, 2, 3, 1),
            k.transpose(2, 3, 0, 1),
        ),
        "kernels unchanged": lambda x, k: (x.transpose(0, 2, 3, 1), k),
        "pictures only": lambda x, _: x.transpose(0, 2, 3, 1),
        "kernels before pictures": lambda x, k: (k.transpose(2, 3, 1, 0), x.transpose(0, 2, 3, 1)),
    },
    "convolve2d": {
        "not flipped": corr,
        "flipped upside down only": lambda x, k: corr(x, k[::-1]),
        "flipped left to right only": lambda x, k: corr(x, k[:, ::-1]),
        "transposed": lambda x, k: corr(x, k.T),
        "picture flipped": lambda x, k: corr(x[::-1, ::-1], k),
        "full": lambda x, k: corr(
            x, k[::-1, ::-1], padding=((k.shape[0] - 1,) * 2, (k.shape[1] - 1,) * 2)
        ),
        "padded": lambda x, k: corr(x, k[::-1, ::-1], padding="same"),
        "float16": half_precision(lambda x, k: corr(x, k[::-1, ::-1])),
    },
    "edge_strength": {
        "vertical edges only": lambda p: abs(gradients(p)[0]),
        "horizontal edges only": lambda p: abs(gradients(p)[1]),
        "sum of both": lambda p: sum(gradients(p)),
        "sum of the absolute values": lambda p: sum(map(abs, gradients(p))),
        "the larger of both": lambda p: np.maximum(*map(abs, gradients(p))),
        "no square root": lambda p: sum(g**2 for g in gradients(p)),
        "the same kernel twice": lambda p: np.sqrt(2) * abs(gradients(p)[0]),
        "without the 2 in the middle": lambda p: np.hypot(*gradients(p, PREWITT)),
        "padded": lambda p: np.hypot(*gradients(p, padding="same")),
        "height and width exchanged": lambda p: np.hypot(*gradients(p)).T,
        "cut at 255": lambda p: np.minimum(np.hypot(*gradients(p)), 255),
        "whole numbers": lambda p: np.hypot(*gradients(p)).round(),
        "float16": half_precision(lambda p: np.hypot(*gradients(p))),
    },
    "find_template": {
        "plain inner product": lambda x, t: place(corr(x, t)),
        "zeros divided by zero": lambda x, t: place(scores(x, t, zero_is_zero=False)),
        "column before row": lambda x, t: place(scores(x, t))[::-1],
        "template flipped": lambda x, t: place(scores(x, t[::-1, ::-1])),
        "the middle of the patch": lambda x, t: np.add(place(scores(x, t)), t.shape) // 2,
        "counted from 1": lambda x, t: np.add(place(scores(x, t)), 1),
        "one number": lambda x, t: scores(x, t).argmax(),
        "the least alike": lambda x, t: place(-scores(x, t)),
        "the score": lambda x, t: scores(x, t).max(),
    },
    "find_mistake": {
        "the slide's answer": lambda *_: (0, 1, 17),
        "column before row": lambda *case: (found(*case)[1], found(*case)[0], found(*case)[2]),
        "what is printed": lambda *case: (*found(*case)[:2], found(*case)[3]),
        "the difference": lambda *case: (*found(*case)[:2], found(*case)[2] - found(*case)[3]),
        "counted from 1": lambda *case: (found(*case)[0] + 1, found(*case)[1] + 1, found(*case)[2]),
        "kernel flipped": lambda x, k, printed: found(x, k[::-1, ::-1], printed)[:3],
        "the place only": lambda *case: found(*case)[:2],
    },
}
# One hidden case in four wants the error, so a secret may have none; a public one always does.
SEEN_IN_PUBLIC = {("output_size", "no error")}
CASES = [(name, label) for name, variants in WRONG.items() for label in variants]


@pytest.mark.parametrize(("name", "label"), CASES)
def test_a_wrong_answer_fails_whatever_the_secret(name, label, judge):
    for secret in SECRETS:
        verdict = judge(NAME, name, {name: WRONG[name][label]}, secret)
        assert verdict.kind in ("failed", "error"), secret
        assert verdict.score == 0


@pytest.mark.parametrize(("name", "label"), sorted(set(CASES) - SEEN_IN_PUBLIC))
def test_hidden_cases_alone_find_it(name, label, judge):
    for secret in SECRETS:
        verdict = judge(NAME, name, {name: WRONG[name][label]}, secret, hidden=True)
        assert verdict.kind in ("failed", "error"), secret
