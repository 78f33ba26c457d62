"""What is asked of each exercise of 06_lenet; the only place that states points.

Slides S0 to S4 are the five lectures that the notebook names in its first cell.

A function is worth all or nothing: public cases tell their answers, and a share of the cases would
pay for copying those.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder import Case, Check, Draw
from cnncourse.arithmetic import conv_params, dense_params
from cnncourse.reference import average_pool2d, correlate2d, max_pool2d

Array = NDArray[Any]
Inputs = Mapping[str, Any]
Shape = tuple[int, int, int]
Rows = list[tuple[str, tuple[int | None, ...], int]]

# Slide S3, subsampling; the second channel counts up, so that channels cannot be mixed up.
POOLED = np.float32([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
COUNTED = np.arange(16, dtype=np.float32).reshape(4, 4)


def unlike(d: Draw, low: int, high: int) -> tuple[int, int]:
    """Two different integers: what mixes up height and width should never go unseen."""
    first = d.integer(low, high)
    second = d.integer(low, high - 1)
    return first, second + (second >= first)


def prepare(images: Array, highest: int) -> Array:
    return np.asarray(images, np.float64)[..., np.newaxis] / highest


def draw_prepare(d: Draw) -> Inputs:
    """Dark pictures: the largest number in them is not the highest possible."""
    highest = d.choice((16, 100, 255))
    grey = d.integers(d.integer(2, 4), *unlike(d, 3, 7), low=0, high=highest * 3 // 4)
    return {"images": grey.astype(np.uint8), "highest": highest}


def subsample(x: Array, coefficient: Array, bias: Array, pool_size: int | Sequence[int]) -> Array:
    """What LeCun et al. 1998, section II.B, call subsampling, before the squashing function."""
    height, width = (pool_size, pool_size) if isinstance(pool_size, int) else pool_size
    return coefficient * height * width * average_pool2d(x, (height, width)) + bias


def draw_subsample(d: Draw) -> Inputs:
    # Of powers of two even a mean, multiplied again, is exact.
    sizes = [(1, 2), (2, 1), (4, 1), (2, 4), (1, 4)] if d.exact else [(2, 3), (3, 2)]
    pool_size = d.choice(sizes)
    # Something is left over wherever it can be, so that padding shows.
    height, width = (
        size * d.integer(2, 3) + d.integer(min(1, size - 1), size - 1) for size in pool_size
    )
    channels = d.integer(2, 4)
    return {
        "x": d.array(d.integer(2, 3), height, width, channels),
        "coefficient": d.array(channels),
        "bias": d.array(channels),
        "pool_size": pool_size,
    }


def lenet_sizes(input_shape: Shape) -> tuple[int, int]:
    """Rows and columns of S4: two 5×5 convolutions, two poolings by 2."""
    rows, columns = (((size - 4) // 2 - 4) // 2 for size in input_shape[:2])
    return rows, columns


def lenet_params(input_shape: Shape, classes: int, widths: Sequence[int]) -> tuple[int, ...]:
    c1, c3, c5, f6 = widths
    rows, columns = lenet_sizes(input_shape)
    return (
        conv_params((5, 5), input_shape[2], c1),
        conv_params((5, 5), c1, c3),
        dense_params(rows * columns * c3, c5),
        dense_params(c5, f6),
        dense_params(f6, classes),
    )


def lenet_rows(input_shape: Shape, classes: int, widths: Sequence[int]) -> Rows:
    height, width, _ = input_shape
    c1, c3, c5, f6 = widths
    params = iter(lenet_params(input_shape, classes, widths))
    height, width = height - 4, width - 4
    first = [
        ("Conv2D", (None, height, width, c1), next(params)),
        ("AveragePooling2D", (None, height // 2, width // 2, c1), 0),
    ]
    height, width = height // 2 - 4, width // 2 - 4
    second = [
        ("Conv2D", (None, height, width, c3), next(params)),
        ("AveragePooling2D", (None, height // 2, width // 2, c3), 0),
        ("Flatten", (None, (height // 2) * (width // 2) * c3), 0),
    ]
    dense = [("Dense", (None, units), next(params)) for units in (c5, f6, classes)]
    return [*first, *second, *dense]


def lenet(x: Array, weights: Sequence[Array], **_: Any) -> Array:
    c1, b1, c3, b3, c5, b5, f6, b6, output, b = weights
    y = average_pool2d(np.tanh(correlate2d(x, c1) + b1), 2)
    y = average_pool2d(np.tanh(correlate2d(y, c3) + b3), 2)
    y = y.reshape(len(y), -1)
    return softmax(np.tanh(np.tanh(y @ c5 + b5) @ f6 + b6) @ output + b)


def mnist_cnn_rows(input_shape: Shape, classes: int, filters: Sequence[int], units: int) -> Rows:
    height, width, channels = input_shape
    rows, columns = (height - 4) // 2, (width - 4) // 2
    pooled, flat = (None, rows, columns, filters[1]), rows * columns * filters[1]
    first, second = conv_params((3, 3), channels, filters[0]), conv_params((3, 3), *filters)
    return [
        ("Conv2D", (None, height - 2, width - 2, filters[0]), first),
        ("Conv2D", (None, height - 4, width - 4, filters[1]), second),
        ("MaxPooling2D", pooled, 0),
        ("Dropout", pooled, 0),
        ("Flatten", (None, flat), 0),
        ("Dense", (None, units), dense_params(flat, units)),
        ("Dropout", (None, units), 0),
        ("Dense", (None, classes), dense_params(units, classes)),
    ]


def mnist_cnn(x: Array, weights: Sequence[Array], **_: Any) -> Array:
    first, b1, second, b2, hidden, b3, output, b = weights
    y = relu(correlate2d(relu(correlate2d(x, first) + b1), second) + b2)
    y = max_pool2d(y, 2)
    return softmax(relu(y.reshape(len(y), -1) @ hidden + b3) @ output + b)


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def turned(d: Draw, pair: tuple[int, int]) -> tuple[int, int]:
    """Two sizes, either of them first."""
    first, second = pair
    return d.choice(((first, second), (second, first)))


def draw_lenet_shape(d: Draw) -> Inputs:
    """S4 has as many rows as columns in no case, and in each some pooling leaves a row over."""
    height, width = turned(d, (d.integer(22, 23), d.integer(24, 27)))
    widths = (d.integer(2, 4), d.integer(5, 7), d.integer(8, 12), d.integer(13, 16))
    return {
        "input_shape": (height, width, d.integer(2, 3)),
        "classes": d.integer(3, 7),
        "widths": widths,
    }


def draw_lenet(d: Draw) -> Inputs:
    arguments = draw_lenet_shape(d)
    height, width, channels = arguments["input_shape"]
    c1, c3, c5, f6 = arguments["widths"]
    rows, columns = lenet_sizes(arguments["input_shape"])
    shapes = [(5, 5, channels, c1), (5, 5, c1, c3), (rows * columns * c3, c5), (c5, f6)]
    weights = draw_weights(d, [*shapes, (f6, arguments["classes"])])
    return {
        "x": draw_pictures(d, height, width, channels),
        "weights": weights,
    } | arguments


def draw_mnist_cnn(d: Draw) -> Inputs:
    # Pooled they are 2 and 3, 2 and 4 or 3 and 4, and something is left over.
    height, width = turned(d, d.choice(((9, 10), (9, 13), (11, 8), (11, 12))))
    channels, classes = d.integer(2, 3), d.integer(3, 7)
    filters, units = (d.integer(2, 4), d.integer(5, 7)), d.integer(8, 12)
    flat = (height - 4) // 2 * ((width - 4) // 2) * filters[1]
    shapes = [(3, 3, channels, filters[0]), (3, 3, *filters), (flat, units), (units, classes)]
    return {
        "x": draw_pictures(d, height, width, channels),
        "weights": draw_weights(d, shapes),
        "input_shape": (height, width, channels),
        "classes": classes,
        "filters": filters,
        "units": units,
    }


def draw_pictures(d: Draw, height: int, width: int, channels: int) -> Array:
    """Pictures of blocks: what kernels answer to them is not lost in the mean of a window."""
    blocks = d.reals(3, height // 3 + 1, width // 3 + 1, channels, low=-1, high=1)
    return blocks.repeat(3, axis=1).repeat(3, axis=2)[:, :height, :width]


def draw_weights(d: Draw, kernels: Sequence[tuple[int, ...]]) -> list[Array]:
    """Kernels and biases in layer order, large enough that no activation goes unnoticed."""
    limits = [spread(shape) for shape in kernels]
    pairs = [
        (d.reals(*shape, low=-limit, high=limit), d.reals(shape[-1], low=-0.5, high=0.5))
        for shape, limit in zip(kernels, limits, strict=True)
    ]
    return [array for pair in pairs for array in pair]


def spread(kernel: tuple[int, ...]) -> float:
    """One and a half of the limit within which weights keep the size of what they multiply."""
    return float(1.5 * np.sqrt(3 / np.prod(kernel[:-1])))


def repeated(kernels: Sequence[tuple[int, ...]]) -> list[Array]:
    """Weights of a whole published network that take no room in a file: 997 numbers, repeated."""
    numbers = Draw(b"weights", exact=False).reals(997, low=-1, high=1)
    numbers -= numbers.mean()  # or all units of a layer would be alike
    return [
        np.resize(numbers, shape) * np.float32(limit)
        for kernel in kernels
        for shape, limit in ((kernel, spread(kernel)), (kernel[-1:], 0.5))
    ]


def standardize(
    x: Array,
    moving_mean: Array,
    moving_variance: Array,
    momentum: float,
    epsilon: float,
    training: bool,
) -> Any:
    """Batch normalization without scale and offset (Ioffe & Szegedy 2015, algorithms 1 and 2)."""
    if not training:
        return (x - moving_mean) / np.sqrt(moving_variance + epsilon)
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axes), x.var(axes)
    return (
        (x - mean) / np.sqrt(variance + epsilon),
        momentum * moving_mean + (1 - momentum) * mean,
        momentum * moving_variance + (1 - momentum) * variance,
    )


def draw_standardize(d: Draw) -> Inputs:
    channels = d.integer(2, 4)
    # Channels of unlike means, variances near epsilon, and few numbers, so that n - 1 shows.
    scale, offset = d.reals(channels, low=0.4, high=0.8), d.reals(channels, low=1, high=3)
    return {
        "x": d.reals(d.integer(2, 3), *unlike(d, 2, 4), channels, low=-1, high=1) * scale + offset,
        "moving_mean": d.reals(channels, low=-1, high=1),
        "moving_variance": d.reals(channels, low=0.1, high=0.5),
        "momentum": d.choice((0.6, 0.7, 0.8)),
        "epsilon": d.choice((0.1, 0.2)),
        "training": d.exact,  # that is, in the first half of the cases
    }


def accuracy(probabilities: Array, labels: Array) -> float:
    return float(np.mean(probabilities.argmax(axis=1) == labels))


def draw_accuracy(d: Draw) -> Inputs:
    """Some images right, some wrong, and many whose best class has less than one half."""
    images, classes = d.integer(9, 16), d.integer(4, 6)
    # No two classes of an image are equally probable.
    ranks = np.stack([d.permutation(classes) for _ in range(images)])
    scores = ranks + d.reals(images, classes, low=0, high=0.5)
    probabilities = softmax(scores * d.reals(images, 1, low=0.2, high=1)).astype(np.float32)
    wrong = d.integer(2, images - 3)
    labels = probabilities.argmax(axis=1)
    places = d.permutation(images)[:wrong]
    labels[places] = (labels[places] + d.integer(1, classes - 1)) % classes
    return {"probabilities": probabilities, "labels": labels}


SHAPES_8X8 = [(3, 3, 1, 8), (8,), (3, 3, 8, 16), (16,), (64, 32), (32,), (32, 10), (10,)]


def lenet_8x8(weights: Sequence[Array], images: Array) -> Array:
    """The network that the last exercise prescribes."""
    c1, b1, c3, b3, c5, b5, output, b = weights
    y = average_pool2d(np.tanh(correlate2d(images, c1, padding="same") + b1), 2)
    y = average_pool2d(np.tanh(correlate2d(y, c3, padding="same") + b3), 2)
    return softmax(np.tanh(y.reshape(len(y), -1) @ c5 + b5) @ output + b)


@cache
def digits() -> tuple[Array, Array]:
    """scikit-learn's 1797 digits as the first exercise prepares them."""
    from sklearn.datasets import load_digits

    bunch = load_digits()
    return prepare(bunch.images, 16).astype(np.float32), bunch.target.astype(np.int64)


def draw_train(d: Draw) -> Inputs:
    """Digits turned, mirrored and shifted, their classes renamed: nothing learnt before fits."""
    images, labels = digits()
    images = np.rot90(images, d.integer(0, 3), axes=(1, 2))
    images = images[:, :, :: d.choice((1, -1))]
    images = np.roll(images, (d.integer(-1, 1), d.integer(-1, 1)), axis=(1, 2))
    labels, order = d.permutation(10)[labels], d.permutation(len(labels))
    learnt, tested = order[:1200], order[1200:]
    return {
        "images": images[learnt],
        "labels": labels[learnt],
        "test_images": images[tested],
        "test_labels": labels[tested],
        "shapes": SHAPES_8X8,
    }


LENET = {"input_shape": (32, 32, 1), "classes": 10, "widths": (6, 16, 120, 84)}
LENET_KERNELS = [(5, 5, 1, 6), (5, 5, 6, 16), (400, 120), (120, 84), (84, 10)]
MNIST_CNN = {"input_shape": (28, 28, 1), "classes": 10, "filters": (32, 64), "units": 128}
MNIST_CNN_KERNELS = [(3, 3, 1, 32), (3, 3, 32, 64), (9216, 128), (128, 10)]


def pictures(height: int, width: int) -> Array:
    return draw_pictures(Draw(b"pictures", exact=False), height, width, 1)


CHECKS = [
    Check(
        "prepare",
        points=5,
        reference=prepare,
        examples=(
            Case(
                "by hand",
                {"images": np.uint8([[[0, 4], [8, 16]], [[16, 0], [0, 2]]]), "highest": 16},
            ),
            Case(
                "one picture of MNIST's kind",
                {"images": np.uint8([[[0, 51, 255]]]), "highest": 255},
            ),
            Case(
                "one pixel, which may only be read",
                {"images": np.uint8([[[4]]]), "highest": 16},
                layout="read-only",
            ),
            Case(
                "every second number of a larger array",
                {"images": np.uint8([[[0, 25, 50]], [[75, 10, 20]]]), "highest": 100},
                layout="strided",
            ),
        ),
        draw=draw_prepare,
        rtol=1e-6,
        hidden=4,
        hint="Divide by highest, not by 16 or by the largest number of these pictures. The new "
        "axis comes last: one number for each pixel.",
    ),
    Check(
        "Subsampling",
        points={"weights": 3, "forward": 8, "gradients": 4, "config": 3, "saving": 2},
        kind="layer",
        reference=subsample,
        weights=("coefficient", "bias"),
        examples=(
            Case(
                "slide S3's numbers, and 0 to 15",
                {
                    "x": np.stack([POOLED, COUNTED], axis=-1)[np.newaxis],
                    "coefficient": np.float32([0.25, 1]),
                    "bias": np.float32([1, -10]),
                    "pool_size": (2, 2),
                },
            ),
            Case(
                "one number for both axes; the fifth row and column are left over",
                {
                    "x": np.pad(POOLED, (0, 1), constant_values=9)[np.newaxis, ..., np.newaxis],
                    "coefficient": np.float32([1]),
                    "bias": np.float32([0]),
                    "pool_size": 2,
                },
            ),
            Case(
                "windows of 1 row and 4 columns",
                {
                    "x": np.stack([POOLED, COUNTED], axis=-1)[np.newaxis],
                    "coefficient": np.float32([1, 2]),
                    "bias": np.float32([0, 3]),
                    "pool_size": (1, 4),
                },
            ),
            Case(
                "windows of one number",
                {
                    "x": COUNTED[np.newaxis, :2, :3, np.newaxis],
                    "coefficient": np.float32([2]),
                    "bias": np.float32([1]),
                    "pool_size": (1, 1),
                },
            ),
            Case(
                "one window as large as the picture",
                {
                    "x": POOLED[np.newaxis, :2, :, np.newaxis],
                    "coefficient": np.float32([0.5]),
                    "bias": np.float32([3]),
                    "pool_size": (2, 4),
                },
            ),
        ),
        draw=draw_subsample,
        multilinear=("x", "coefficient", "bias"),
        hidden=4,
        hint="Sum each window, one channel at a time (a mean times the number of its elements does "
        "it too); then the channel's coefficient, then its bias.",
    ),
    Check(
        "lenet_params",
        points=8,
        reference=lenet_params,
        examples=(
            Case("LeNet, 32×32: 61,706 in all", LENET),
            Case("MNIST as it is, 28×28: 44,426 in all", {**LENET, "input_shape": (28, 28, 1)}),
            Case("colour, as of CIFAR-10: 62,006 in all", {**LENET, "input_shape": (32, 32, 3)}),
            Case(
                "S4 is one number, and there is one of everything",
                {"input_shape": (16, 19, 1), "classes": 1, "widths": (1, 1, 1, 1)},
            ),
        ),
        draw=draw_lenet_shape,
        hidden=6,
        hint="A kernel has a number for every input channel, and each map and each unit one bias. "
        "Rows and columns shrink by 4, then to half, rounded down, twice; each on its own.",
    ),
    Check(
        "build_lenet",
        points={"summary": 8, "outputs": 8},
        kind="model",
        reference=lenet,
        rows=lenet_rows,
        examples=(
            Case(
                "LeNet, 32×32",
                {"x": pictures(32, 32), "weights": repeated(LENET_KERNELS), **LENET},
            ),
            Case(
                "one picture, of which S4 is one number",
                {
                    "x": pictures(16, 19)[:1],
                    "weights": repeated([(5, 5, 1, 1), (5, 5, 1, 1), (1, 1), (1, 1), (1, 2)]),
                    "input_shape": (16, 19, 1),
                    "classes": 2,
                    "widths": (1, 1, 1, 1),
                },
            ),
        ),
        # Height and width mixed up cost the summary alone, since they show in nothing else: kernels
        # do not mind, and both orders flatten to the same length.
        draw=draw_lenet,
        # Measured on 30 drawn cases: float32 differs by up to 1e-6, a forgotten or other activation
        # or pooling by at least 6e-3; for the other model 1e-6 and 7e-3.
        rtol=1e-4,
        hint="tanh after both convolutions and both hidden layers, average pooling, softmax at the "
        "end. Sizes and widths come from the arguments.",
    ),
    Check(
        "build_mnist_cnn",
        points={"summary": 7, "outputs": 7},
        kind="model",
        reference=mnist_cnn,
        rows=mnist_cnn_rows,
        examples=(
            Case(
                "slide S3's table",
                {"x": pictures(28, 28), "weights": repeated(MNIST_CNN_KERNELS), **MNIST_CNN},
            ),
            Case(
                "one picture, pooled to one number",
                {
                    "x": pictures(6, 7)[:1],
                    "weights": repeated([(3, 3, 1, 1), (3, 3, 1, 1), (1, 1), (1, 2)]),
                    "input_shape": (6, 7, 1),
                    "classes": 2,
                    "filters": (1, 1),
                    "units": 1,
                },
            ),
        ),
        draw=draw_mnist_cnn,
        rtol=1e-4,
        hint="relu after both convolutions and in the hidden layer, one max pooling after the "
        "second convolution, softmax at the end. Dropout is a row of the summary.",
    ),
    Check(
        "Standardize",
        points={"weights": 2, "forward": 5, "training": 7, "config": 3},
        kind="layer",
        reference=standardize,
        weights=("moving_mean", "moving_variance"),
        non_trainable=("moving_mean", "moving_variance"),
        examples=(
            Case(
                "by hand, while it learns",
                {
                    "x": np.float32([[1], [3]]),
                    "moving_mean": np.float32([10]),
                    "moving_variance": np.float32([5]),
                    "momentum": 0.75,
                    "epsilon": 3.0,
                    "training": True,
                },
            ),
            Case(
                "by hand, afterwards",
                {
                    "x": np.float32([[1], [4]]),
                    "moving_mean": np.float32([10]),
                    "moving_variance": np.float32([6]),
                    "momentum": 0.75,
                    "epsilon": 3.0,
                    "training": False,
                },
            ),
            Case(
                "one picture; the numbers of its second channel are equal",
                {
                    "x": np.stack([COUNTED[:2, :3], np.full((2, 3), 2, np.float32)], -1)[
                        np.newaxis
                    ],
                    "moving_mean": np.float32([0, 1]),
                    "moving_variance": np.float32([1, 2]),
                    "momentum": 0.75,
                    "epsilon": 0.5,
                    "training": True,
                },
            ),
        ),
        draw=draw_standardize,
        # Measured on 40 drawn cases: right answers differ by up to 2e-6, the nearest mistake, the
        # variance corrected by n - 1, by at least 2e-3.
        rtol=1e-4,
        public=2,
        hidden=4,
        forbidden=("keras.layers.BatchNormalization",),
        hint="Mean and variance run over all axes but the last. The variance is not corrected by "
        "n - 1, epsilon stands below the root, and the old moving value is weighted by momentum.",
    ),
    Check(
        "accuracy",
        points=5,
        reference=accuracy,
        examples=(
            Case(
                "by hand",
                {
                    "probabilities": np.float32(
                        [[0.8, 0.1, 0.1], [0.4, 0.3, 0.3], [0.3, 0.3, 0.4]]
                    ),
                    "labels": np.int64([0, 1, 2]),
                },
            ),
            Case(
                "one picture, whose numbers may only be read",
                {"probabilities": np.float32([[0.2, 0.5, 0.3]]), "labels": np.int64([1])},
                layout="read-only",
            ),
            Case(
                "no picture is recognised; every second number of a larger array",
                {
                    "probabilities": np.float32([[0.75, 0.25], [0.375, 0.625]]),
                    "labels": np.int64([1, 0]),
                },
                layout="strided",
            ),
        ),
        draw=draw_accuracy,
        rtol=1e-6,
        hidden=4,
        hint="The answer for an image is its most probable class, even below one half. Count the "
        "right answers and divide by the number of images.",
    ),
    Check(
        "train",
        points={"learns": 5, "accurate": 10},
        kind="trained",
        reference=lenet_8x8,
        draw=draw_train,
        # Measured over 24 secrets with TensorFlow, batches of 32, mean and least: Adam at its usual
        # 0.001, 30 epochs, 92.0% and 89.3%, 20 epochs 89.6% and 85.9%; RMSprop alike, 30 epochs,
        # 91.6% and 88.9%; Adam at 0.003, 20 epochs, 94.4% and 92.0%, at 0.01, 15 epochs, 95.9% and
        # 93.3%; SGD at 0.1, 30 epochs, 93.0% and 90.1%, at 0.05 with momentum, 20 epochs, 95.9% and
        # 94.3%. Too little: Adam at 0.001 comes to 83.7% in 10 epochs on average, to 73.5% in 5.
        thresholds={"learns": 0.6, "accurate": 0.85},
        public=1,
        hidden=1,
        seconds=60,
        hint="Are the layers those of the table, in their order? If so, train longer or at another "
        "learning rate, on the images that the function is given.",
    ),
]
