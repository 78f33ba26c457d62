"""What is asked of each exercise of 01_convolution; the only place that states points.

Slides S0 to S4 are the five lectures that the notebook names in its first cell.

Each exercise is all or nothing: one can check as often as one likes, every edge case is among the
public ones, and each function is small, so that what is right in some cases only is another one.
What depends on an earlier exercise says so in `builds_on`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder import Case, Check, Draw
from cnncourse import arithmetic
from cnncourse.reference import (
    channels_last,
    convolve2d,
    correlate1d,
    correlate2d,
    kernel_channels_last,
)

Array = NDArray[Any]
Inputs = Mapping[str, Any]

# Slides S1 and S4.
X5 = np.float32(
    [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
)
K5 = np.float32([[0, 1, 2], [2, 2, 0], [0, 1, 2]])
# Slide S2; its frames disagree on two numbers, these are the ones its results come from.
X4 = np.float32([[4, 1, -3, 1], [2, 0, -2, 3], [4, 2, -1, 2], [2, 1, -1, 0]])
K4 = np.float32([[2, -1, 2], [-2, 0, 1], [1, 3, 4]])
# Slide S3.
BINARY = np.float32(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
CROSS = np.float32([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
# Slide S0's letters a to p, and w, x, y, z as decimal places: its aw + bx + ey + fz reads 6521.
LETTERS = np.float32([[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6], [5, 4, 3, 2]])
PLACES = np.float32([[1, 10], [100, 1000]])
NINE = np.arange(1, 10, dtype=np.float32).reshape(3, 3)
# Slide S1, zero padding and strides.
K_STRIDED = np.float32([[2, 0, 1], [1, 0, 0], [0, 1, 1]])
# Slide S4, which says that it detects vertical edges; it answers to horizontal lines.
LINE = np.float32([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]])
# A bright patch, a pattern, and the place where it stands.
BRIGHT = np.float32(
    [[9, 9, 0, 0, 0, 0], [9, 9, 0, 0, 0, 0], [0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 3, 1]]
)
PATTERN = np.float32([[1, 2], [3, 1]])
# Slide S2.
SOBEL_X = np.float32([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
SOBEL_Y = np.float32([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])

# What would be the exercise itself; and a Fourier transform rounds where sums of whole numbers are
# exact. Exercises that need not slide anything themselves may build on one that does.
SLIDING = ("numpy.convolve", "numpy.correlate", "numpy.polymul", "numpy.fft")


def unlike(d: Draw, low: int, high: int) -> tuple[int, int]:
    """Two different integers: what mixes up height and width should never go unseen."""
    first = d.integer(low, high)
    second = d.integer(low, high - 1)
    return first, second + (second >= first)


def refuse_misfit(x: Array, kernel: Array, axes: int) -> None:
    """Raise the ValueError that an exercise asks for."""
    if any(k > n for k, n in zip(kernel.shape[:axes], x.shape[:axes], strict=True)):
        raise ValueError("the kernel is larger than x")


def sizes(size: int, kernel_size: int, stride: int, padding: int) -> Inputs:
    return {"size": size, "kernel_size": kernel_size, "stride": stride, "padding": padding}


def output_size(size: int, kernel_size: int, stride: int, padding: int) -> int:
    return arithmetic.output_size(size, kernel_size, strides=stride, padding=padding)


def draw_output_size(d: Draw) -> Inputs:
    kernel_size, stride = d.integer(2, 7), d.integer(5, 7)
    padding = d.integer(stride, stride + 2)
    if d.integer(1, 4) == 4:
        size = d.integer(1, 6)
        return sizes(size, size + 2 * padding + 1, stride, padding)  # does not fit
    # So that rounding up or to the nearest is wrong, and adding 1 before dividing too.
    rest = stride - 2
    size = kernel_size + stride * d.integer(4, 9) + rest - 2 * padding
    return sizes(size, kernel_size, stride, padding)


def conv1d(x: Array, kernel: Array, stride: int) -> Array:
    refuse_misfit(x, kernel, axes=1)
    return correlate1d(x, kernel, strides=stride)


def draw_conv1d(d: Draw) -> Inputs:
    k, stride = d.integer(2, 5), d.integer(2, 6)
    length = k + stride * d.integer(1, 4) + d.integer(1, stride - 1)
    return {"x": d.array(length), "kernel": d.array(k), "stride": stride}


def conv2d(x: Array, kernel: Array, strides: tuple[int, int]) -> Array:
    refuse_misfit(x, kernel, axes=2)
    return correlate2d(x, kernel, strides=strides)


def fitting(d: Draw, kernel_size: tuple[int, int], strides: tuple[int, int]) -> tuple[int, int]:
    """A height and a width with a rest that the kernel does not reach; neither they nor the
    numbers of outputs are the same."""
    (height, rows), (width, columns) = (
        (k + s * steps + d.integer(s > 1, s - 1), steps)
        for k, s, steps in zip(
            kernel_size, strides, (d.integer(1, 3), d.integer(1, 3)), strict=True
        )
    )
    while width == height or columns == rows:
        width, columns = width + strides[1], columns + 1
    return height, width


def draw_conv2d(d: Draw) -> Inputs:
    kernel_size, strides = unlike(d, 1, 4), unlike(d, 1, 3)
    shape = fitting(d, kernel_size, strides)
    return {"x": d.array(*shape), "kernel": d.array(*kernel_size), "strides": strides}


def conv2d_same(
    x: Array, kernel: Array, strides: tuple[int, int], dilation_rate: tuple[int, int]
) -> Array:
    return correlate2d(x, kernel, strides=strides, padding="same", dilation_rate=dilation_rate)


def draw_conv2d_same(d: Draw) -> Inputs:
    return {
        "x": d.array(*unlike(d, 4, 9)),
        "kernel": d.array(*unlike(d, 1, 4)),
        "strides": unlike(d, 1, 3),
        "dilation_rate": unlike(d, 1, 3),
    }


def conv2d_channels(x: Array, kernel: Array, bias: Array) -> Array:
    refuse_misfit(x, kernel, axes=2)
    return correlate2d(x, kernel) + bias


def channels(x: Array, kernel: Array) -> Inputs:
    """A grey picture and a kernel as one of one channel each."""
    return {
        "x": x[:, :, np.newaxis],
        "kernel": kernel[:, :, np.newaxis, np.newaxis],
        "bias": np.float32([1]),
    }


def draw_conv2d_channels(d: Draw) -> Inputs:
    kernel_size, (c_in, c_out) = unlike(d, 1, 3), unlike(d, 2, 4)
    shape = fitting(d, kernel_size, (1, 1))
    return {
        "x": d.array(*shape, c_in),
        "kernel": d.array(*kernel_size, c_in, c_out),
        "bias": d.array(c_out),
    }


def to_channels_last(x: Array, kernel: Array) -> tuple[Array, Array]:
    return channels_last(x), kernel_channels_last(kernel)


def draw_to_channels_last(d: Draw) -> Inputs:
    height, width = unlike(d, 2, 5)
    c_in, c_out = unlike(d, 2, 4)
    x = d.array(d.integer(1, 3), c_in, height, width)
    return {"x": x, "kernel": d.array(c_out, c_in, *unlike(d, 1, 3))}


def true_convolution(x: Array, kernel: Array) -> Array:
    refuse_misfit(x, kernel, axes=2)
    return convolve2d(x, kernel)


def draw_true_convolution(d: Draw) -> Inputs:
    kernel_size = unlike(d, 1, 4)
    return {"x": d.array(*fitting(d, kernel_size, (1, 1))), "kernel": d.array(*kernel_size)}


def edge_strength(picture: Array) -> Array:
    return np.hypot(correlate2d(picture, SOBEL_X), correlate2d(picture, SOBEL_Y))


def house(height: int, width: int) -> Array:
    """A house in the evening, in 8-bit grey values."""
    y, x = np.mgrid[0:height, 0:width] / (min(height, width) - 1)
    middle = x.max() / 2
    picture = 120 + 60 * y
    picture[(abs(x - middle) < 0.32) & (y > 0.45)] = 220
    picture[abs(x - middle) < (y - 0.1) * (y < 0.45)] = 60
    picture[(abs(x - middle) < 0.08) & (y > 0.65)] = 20
    picture[(x - middle - 0.35) ** 2 + (y - 0.15) ** 2 < 0.01] = 250
    return np.round(picture).astype(np.float32)


def draw_edge_strength(d: Draw) -> Inputs:
    height, width = unlike(d, 9, 16)
    picture = d.integers(height, width, low=90, high=110)
    for _ in range(3):
        top, left = d.integer(0, height - 4), d.integer(0, width - 4)
        picture[top : top + d.integer(3, 6), left : left + d.integer(3, 6)] = d.integer(0, 255)
    return {"picture": picture}


def likeness(image: Array, template: Array) -> Array:
    """The cosine between the template and every patch; 0 for a patch of zeros."""
    lengths = np.sqrt(correlate2d(image**2, np.ones_like(template))) * np.linalg.norm(template)
    inner = correlate2d(image, template)
    return np.divide(inner, lengths, out=np.zeros_like(inner), where=lengths > 0)


def find_template(image: Array, template: Array) -> tuple[int, ...]:
    return best_place(likeness(image, template))


def best_place(score: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(score.argmax(), score.shape))


def draw_find_template(d: Draw) -> Inputs:
    # Two tries in five succeed; whatever bits there are, it comes to an end.
    for _ in range(30):
        kh, kw = unlike(d, 2, 4)
        height, width = unlike(d, 9, 13)
        template = d.integers(kh, kw)
        image = d.integers(height, width, low=-30, high=30)
        places = [(d.integer(0, height - kh), d.integer(0, width - kw)) for _ in range(3)]
        # The negative comes before the copy, so that it is found where its score counts as high.
        patches = (0 * template, -3 * template, 3 * template)
        for (top, left), patch in zip(sorted(places), patches, strict=True):
            image[top : top + kh, left : left + kw] = patch
        if is_unmistakable(image, template):
            return {"image": image, "template": template}
    return {"image": BRIGHT, "template": PATTERN}


def is_unmistakable(image: Array, template: Array) -> bool:
    """Whether one patch is by far the likest, and not also what a wrong score finds."""
    score, inner = likeness(image, template), correlate2d(image, template)
    squares = correlate2d(image**2, np.ones_like(template))
    row, column = best = best_place(score)
    second, first = np.sort(score, axis=None)[-2:]
    mistaken = (
        inner,
        np.abs(score),
        likeness(image, template[::-1, ::-1]),
        2 * inner - squares,  # the smallest difference
    )
    return (
        first - second > 0.1
        and row != column
        and squares.min() == 0
        and best not in map(best_place, mistaken)
    )


def find_mistake(x: Array, kernel: Array, printed: Array) -> tuple[int, int, float]:
    right = correlate2d(x, kernel)
    row, column = np.argwhere(right != printed)[0].tolist()
    return row, column, float(right[row, column])


def draw_find_mistake(d: Draw) -> Inputs:
    kernel_size = unlike(d, 1, 3)
    height, width = fitting(d, kernel_size, (1, 1))
    x, kernel = d.integers(height, width), d.integers(*kernel_size)
    printed = correlate2d(x, kernel).astype(np.float32)
    rows, columns = printed.shape
    row = d.integer(0, rows - 1)
    column = d.choice([c for c in range(columns) if c != row])
    printed[row, column] += d.integer(1, 9) * d.choice((-1, 1))
    return {"x": x, "kernel": kernel, "printed": printed}


CHECKS = [
    Check(
        "conv1d",
        points=10,
        reference=conv1d,
        examples=(
            Case(
                "slide S2, the first row",
                {"x": np.float32([4, 1, -3, 1]), "kernel": np.float32([2, -1, 2]), "stride": 1},
            ),
            Case(
                "seven numbers, stride 2",
                {
                    "x": np.float32([1, 2, 3, 4, 5, 6, 7]),
                    "kernel": np.float32([1, 10, 100]),
                    "stride": 2,
                },
            ),
            Case(
                "seven numbers, stride 3: the last one is left over",
                {
                    "x": np.float32([1, 2, 3, 4, 5, 6, 7]),
                    "kernel": np.float32([1, 10, 100]),
                    "stride": 3,
                },
            ),
            Case(
                "a kernel as long as the input",
                {"x": np.float32([1, 2]), "kernel": np.float32([3, 4]), "stride": 1},
            ),
            Case(
                "one number, which is not to be written to",
                {"x": np.float32([3]), "kernel": np.float32([2]), "stride": 2},
                layout="read-only",
            ),
            Case(
                "a stride larger than the kernel; every second number of larger arrays",
                {"x": np.float32([1, 2, 3, 4]), "kernel": np.float32([1, 10]), "stride": 3},
                layout="strided",
            ),
            Case(
                "a kernel that is too long",
                {"x": np.float32([1, 2]), "kernel": np.float32([1, 10, 100]), "stride": 1},
            ),
        ),
        draw=draw_conv1d,
        multilinear=("x", "kernel"),
        hidden=4,
        hint="Output i starts at x[i * stride], and the kernel is not flipped. "
        "How many outputs are there when the last step does not fit?",
        forbidden=SLIDING,
    ),
    Check(
        "conv2d",
        points=15,
        reference=conv2d,
        examples=(
            Case("slides S1 and S4", {"x": X5, "kernel": K5, "strides": (1, 1)}),
            Case(
                "slide S2, where the slide has a mistake",
                {"x": X4, "kernel": K4, "strides": (1, 1)},
            ),
            Case("slide S3", {"x": BINARY, "kernel": CROSS, "strides": (1, 1)}),
            Case("slide S0, letters", {"x": LETTERS, "kernel": PLACES, "strides": (1, 1)}),
            Case("slide S0, stride 2", {"x": LETTERS, "kernel": PLACES, "strides": (2, 2)}),
            Case(
                "1×1 kernel, strides that differ",
                {"x": X5[:4], "kernel": np.float32([[2]]), "strides": (3, 2)},
            ),
            Case(
                "a kernel as large as the input",
                {"x": X5[:3], "kernel": X5[1:4], "strides": (1, 1)},
            ),
            Case(
                "one pixel, which is not to be written to",
                {"x": np.float32([[3]]), "kernel": np.float32([[2]]), "strides": (2, 1)},
                layout="read-only",
            ),
            Case(
                "a stride larger than the kernel; every second number of larger arrays",
                {"x": X5[:4], "kernel": np.float32([[1, 10]]), "strides": (2, 3)},
                layout="strided",
            ),
            Case(
                "a kernel that is too high",
                {"x": X5[:2], "kernel": K5[:, :2], "strides": (1, 1)},
            ),
            Case(
                "a kernel that is too wide",
                {"x": X5[:, :2], "kernel": K5[:2], "strides": (1, 1)},
            ),
        ),
        draw=draw_conv2d,
        multilinear=("x", "kernel"),
        hidden=6,
        hint="Height and width have their own kernel size, stride and output size. "
        "The patch of output [i, j] starts at x[i * sh, j * sw].",
        builds_on=("conv1d",),
        forbidden=SLIDING,
    ),
    Check(
        "output_size",
        points=5,
        reference=output_size,
        examples=(
            Case("slides S1 and S3, stride 1", sizes(7, 3, 1, 0)),
            Case("slides S1 and S3, stride 2", sizes(7, 3, 2, 0)),
            Case("slides S1 and S3, stride 3, which does not fit", sizes(7, 3, 3, 0)),
            Case("slide S1, padding 1 and stride 2", sizes(5, 3, 2, 1)),
            Case("slides S1 and S3, k = 3 keeps the size", sizes(7, 3, 1, 1)),
            Case("slides S1 and S3, k = 5 keeps the size", sizes(7, 5, 1, 2)),
            Case("slides S1 and S3, k = 7 keeps the size", sizes(7, 7, 1, 3)),
            Case("slide S1, 32×32 with 5×5 filters", sizes(32, 5, 1, 2)),
            Case("one number, and a stride larger than the kernel", sizes(1, 1, 2, 0)),
            Case("a kernel that fits thanks to the zeros", sizes(2, 3, 3, 1)),
            Case("a kernel that is too large", sizes(3, 6, 1, 1)),
        ),
        draw=draw_output_size,
        hidden=6,
        hint="Count the steps that fit, rounded down, then add the position before the first step. "
        "Zeros are padded on both sides. A kernel larger than the padded input is a ValueError.",
    ),
    Check(
        "conv2d_same",
        points=20,
        reference=conv2d_same,
        examples=(
            Case(
                "slide S2, stride 2, where the slide has a mistake",
                {"x": X4, "kernel": K4, "strides": (2, 2), "dilation_rate": (1, 1)},
            ),
            Case(
                "slide S4, zero padding and stride 2",
                {"x": X5, "kernel": K5, "strides": (2, 2), "dilation_rate": (1, 1)},
            ),
            Case(
                "slide S1, zero padding and stride 2; every second number of larger arrays",
                {"x": X5, "kernel": K_STRIDED, "strides": (2, 2), "dilation_rate": (1, 1)},
                layout="strided",
            ),
            Case(
                "slide S0, zero padding",
                {"x": LETTERS, "kernel": NINE, "strides": (1, 1), "dilation_rate": (1, 1)},
            ),
            Case(
                "slide S0, dilation 2",
                {"x": LETTERS, "kernel": PLACES, "strides": (1, 1), "dilation_rate": (2, 2)},
            ),
            Case(
                "slides S1 and S3, a 5×7 kernel keeps the size; not to be written to",
                {
                    "x": np.ones((7, 7), np.float32),
                    "kernel": np.ones((5, 7), np.float32),
                    "strides": (1, 1),
                    "dilation_rate": (1, 1),
                },
                layout="read-only",
            ),
            Case(
                "one pixel",
                {
                    "x": np.float32([[3]]),
                    "kernel": NINE,
                    "strides": (1, 2),
                    "dilation_rate": (2, 1),
                },
            ),
            Case(
                "strides larger than the kernel",
                {"x": X5, "kernel": PLACES, "strides": (3, 4), "dilation_rate": (1, 1)},
            ),
            Case(
                "1×1 kernel",
                {
                    "x": X5[:4],
                    "kernel": np.float32([[2]]),
                    "strides": (3, 2),
                    "dilation_rate": (2, 3),
                },
            ),
        ),
        draw=draw_conv2d_same,
        multilinear=("x", "kernel"),
        hidden=6,
        hint="Work out the zeros for each axis from its own size, stride and span. An odd one goes "
        "below or to the right; a negative number of zeros means none.",
        builds_on=("conv2d", "output_size"),
        forbidden=SLIDING,
    ),
    Check(
        "conv2d_channels",
        points=15,
        reference=conv2d_channels,
        examples=(
            Case(
                "slide S0, two kernels",
                {
                    "x": LETTERS[:, :, np.newaxis],
                    "kernel": np.stack([np.ones_like(PLACES), PLACES], -1)[:, :, np.newaxis, :],
                    "bias": np.float32([0, 0]),
                },
            ),
            Case(
                "slide S4, the line filter on an RGB image",
                {
                    "x": np.float32(
                        [[[0, 0, 0]] * 4] * 2 + [[[10, 20, 0]] * 4] + [[[0] * 3] * 4] * 2
                    ),
                    "kernel": np.stack([LINE] * 3, axis=-1)[..., np.newaxis],
                    "bias": np.float32([5]),
                },
            ),
            Case(
                "slides S1 and S3, six 5×5×3 filters",
                {
                    "x": np.ones((32, 32, 3), np.float32),
                    "kernel": np.ones((5, 5, 3, 1), np.float32) * np.arange(6, dtype=np.float32),
                    "bias": np.float32([1, 2, 3, 4, 5, 6]),
                },
            ),
            Case(
                "one pixel, one channel, one kernel; not to be written to",
                channels(np.float32([[3]]), np.float32([[2]])),
                layout="read-only",
            ),
            Case(
                "kernels as large as the picture; every second number of larger arrays",
                {
                    "x": np.arange(12, dtype=np.float32).reshape(2, 3, 2),
                    "kernel": np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2) % 7,
                    "bias": np.float32([100, 200]),
                },
                layout="strided",
            ),
            Case("kernels that are too high", channels(X5[:2], K5[:, :2])),
            Case("kernels that are too wide", channels(X5[:, :2], K5[:2])),
        ),
        draw=draw_conv2d_channels,
        multilinear=("x", "kernel", "bias"),
        hidden=4,
        hint="One output sums over rows, columns and input channels, and each kernel makes one "
        "feature map. Its bias is added once, after the sum.",
        builds_on=("conv2d", "output_size"),
        forbidden=SLIDING,
    ),
    Check(
        "to_channels_last",
        points=5,
        reference=to_channels_last,
        examples=(
            Case(
                "slide S1's layout",
                {
                    "x": np.arange(2 * 3 * 4 * 5, dtype=np.float32).reshape(2, 3, 4, 5),
                    "kernel": np.arange(2 * 3 * 1 * 2, dtype=np.float32).reshape(2, 3, 1, 2),
                },
            ),
            Case(
                "one picture, one channel, one kernel; not to be written to",
                {
                    "x": LETTERS[np.newaxis, np.newaxis, :2],
                    "kernel": K5[np.newaxis, np.newaxis, :2],
                },
                layout="read-only",
            ),
            Case(
                "every second number of larger arrays",
                {
                    "x": np.arange(1 * 2 * 3 * 1, dtype=np.float32).reshape(1, 2, 3, 1),
                    "kernel": np.arange(3 * 2 * 1 * 2, dtype=np.float32).reshape(3, 2, 1, 2),
                },
                layout="strided",
            ),
        ),
        draw=draw_to_channels_last,
        hidden=4,
        hint="np.transpose(x, axes): axes[i] says which old axis becomes axis i. "
        "A reshape keeps the numbers in their old order, so it mixes them up.",
    ),
    Check(
        "convolve2d",
        points=5,
        reference=true_convolution,
        examples=(
            Case("slide S0's letters, kernel flipped", {"x": LETTERS, "kernel": PLACES}),
            Case(
                "a single 1 gives the kernel back",
                {"x": np.pad(np.float32([[1]]), 2), "kernel": K_STRIDED},
            ),
            Case(
                "one pixel, which is not to be written to",
                {"x": np.float32([[3]]), "kernel": np.float32([[2]])},
                layout="read-only",
            ),
            Case(
                "a kernel as large as the picture; every second number of larger arrays",
                {"x": X5[:2, :3], "kernel": K5[:2]},
                layout="strided",
            ),
            Case("a kernel that is too high", {"x": X5[:2], "kernel": K5[:, :2]}),
            Case("a kernel that is too wide", {"x": X5[:, :2], "kernel": K5[:2]}),
        ),
        draw=draw_true_convolution,
        multilinear=("x", "kernel"),
        hidden=4,
        hint="Flip the kernel along both axes (a half turn, no transpose), then correlate.",
        builds_on=("conv2d",),
        forbidden=SLIDING,
    ),
    Check(
        "edge_strength",
        points=10,
        reference=edge_strength,
        examples=(
            Case("a house", {"picture": house(36, 48)}),
            Case(
                "3, 4 and 5",
                {"picture": np.float32([[0, 20, 0], [15, 0, 0], [0, 0, 0]])},
            ),
            Case(
                "from dark to bright; not to be written to",
                {"picture": np.tile(np.float32([0, 0, 0, 10, 10]), (4, 1))},
                layout="read-only",
            ),
            Case(
                "three rows; every second number of a larger array",
                {"picture": np.float32([[0, 0, 1, 2, 9], [0, 3, 1, 2, 9], [0, 0, 4, 2, 9]])},
                layout="strided",
            ),
        ),
        draw=draw_edge_strength,
        # Measured on 400 drawn pictures: float32 differs by up to 6e-8, float16 by at least 1e-4.
        rtol=1e-5,
        hidden=4,
        hint="Two pictures, one for each Sobel kernel, both smaller than the input by 2; then the "
        "square root of the sum of their squares.",
        builds_on=("conv2d", "convolve2d"),
        picture=True,
    ),
    Check(
        "find_template",
        points=10,
        reference=find_template,
        examples=(
            Case("slide S2: when is the inner product maximum?", {"image": X4, "template": K4}),
            Case("bright is not alike", {"image": BRIGHT, "template": PATTERN}),
            Case(
                "nor is bright alike in a dark picture; every second number of larger arrays",
                {"image": BRIGHT / 256, "template": PATTERN},
                layout="strided",
            ),
            Case(
                "alike is a darker copy, not a negative, a flipped or a shifted one; "
                "not to be written to",
                {
                    "image": np.float32(
                        [
                            [3, 9, 8, 0, 0, 7, 8],
                            [6, 3, 0, 0, 0, 9, 7],
                            [0, 0, 0, -1, -2, 0, 0],
                            [0, 0, 0, -3, -1, 0, 0],
                            [0, 0, 0, 0, 0, 0.5, 1],
                            [0, 0, 0, 0, 0, 1.5, 0.5],
                        ]
                    ),
                    "template": PATTERN,
                },
                layout="read-only",
            ),
            Case(
                "a template as large as the image",
                {
                    "image": np.float32([[1, 0, 2, 1], [0, 3, 1, 2]]),
                    "template": np.float32([[1, 2, 0, 1], [0, 1, 3, 0]]),
                },
            ),
        ),
        draw=draw_find_template,
        hidden=5,
        hint="Divide each inner product by the lengths of patch and template, or bright patches "
        "win. A patch of zeros scores 0. The answer is (row, column), in this order.",
        builds_on=("conv2d",),
    ),
    Check(
        "find_mistake",
        points=5,
        reference=find_mistake,
        examples=(
            Case(
                "slide S2 as it is printed",
                {"x": X4, "kernel": K4, "printed": np.float32([[1, 5], [-8, 4]])},
            ),
            Case(
                "one row, which is not to be written to",
                {
                    "x": np.float32([[1, 2, 3]]),
                    "kernel": np.float32([[1, 1]]),
                    "printed": np.float32([[3, 4]]),
                },
                layout="read-only",
            ),
            Case(
                "one number, and it is wrong; every second number of larger arrays",
                {"x": X5[:2, :3], "kernel": K5[:2], "printed": np.float32([[8]])},
                layout="strided",
            ),
        ),
        draw=draw_find_mistake,
        hidden=5,
        hint="Compute the right output, compare it with the printed one, and return row, column "
        "and the value that should have been printed.",
        builds_on=("conv2d",),
    ),
]
