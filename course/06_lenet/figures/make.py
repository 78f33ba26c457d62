"""Draws the figures of 06_lenet: `python course/06_lenet/figures/make.py`.

All numbers and pictures come from the notebook's own answers.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from runpy import run_path
from typing import Any
from unittest.mock import patch

import keras
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from PIL import Image

FOLDER = Path(__file__).parent

# Okabe and Ito's colours, which colour-blind readers can tell apart, and tints of them.
BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"
PALE_BLUE, PALE_ORANGE, PALE_GREEN = "#CFE6F5", "#FADCC4", "#CDEBE0"
GREY, BLACK = "#777777", "#222222"

S3_PICTURE = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])


def canvas(width: float, height: float, columns: float, rows: float) -> tuple[Figure, Axes]:
    """A figure in inches with one drawing area in units of cells, rows counted downwards."""
    figure = Figure((width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, columns), ylim=(rows, 0), aspect="equal")
    axes.axis("off")
    return figure, axes


def write(axes: Axes, x: float, y: float, text: str, size: float = 12, **options: Any) -> None:
    style = {"ha": "center", "va": "center", "color": BLACK, **options}
    axes.text(x, y, text, fontsize=size, **style)


def table(
    axes: Axes, x: float, y: float, values: np.ndarray, fill: Callable[[int, int], str]
) -> None:
    """A table of numbers with its upper left corner at (x, y)."""
    for (row, column), value in np.ndenumerate(values):
        corner = (x + column, y + row)
        axes.add_patch(Rectangle(corner, 1, 1, fc=fill(row, column), ec=GREY, lw=0.8))
        write(
            axes, corner[0] + 0.5, corner[1] + 0.5, f"{value:g}", 12 if value == int(value) else 10
        )


def network() -> Figure:
    """LeNet's maps as sheets, as large as they are, and its units as bars."""
    figure, axes = canvas(7.6, 2.55, 152, 51)
    sheets = (("input\n32×32×1", 3, 32, 1), ("C1\n28×28×6", 41, 28, 6), ("S2\n14×14×6", 78, 14, 6))
    sheets += (("C3\n10×10×16", 98, 10, 16), ("S4\n5×5×16", 118, 5, 16))
    for title, left, size, maps in sheets:
        step = 0.9 if maps < 10 else 0.6
        extent = size + step * (maps - 1)
        top = 22 - extent / 2
        tint = {"S": PALE_ORANGE, "C": PALE_BLUE}.get(title[0], "white")
        for place in range(maps):
            corner = (left + step * place, top + step * place)
            axes.add_patch(Rectangle(corner, size, size, fc=tint, ec=GREY, lw=0.7))
        write(axes, left + extent / 2, 45.5, title, 9.5)
    digit = np.kron(NOTEBOOK["digits"].images[0], np.ones((4, 4)))
    axes.imshow(digit, cmap="gray_r", extent=(3, 35, 38, 6), zorder=2)
    axes.set(xlim=(0, 152), ylim=(51, 0))
    for title, left, units in (("C5\n120", 135, 120), ("F6\n84", 141, 84), ("out\n10", 147, 10)):
        height = max(units * 0.3, 4)
        bar = Rectangle((left, 22 - height / 2), 2.2, height, fc=PALE_GREEN, ec=GREY, lw=0.7)
        axes.add_patch(bar)
        write(axes, left + 1.1, 45.5, title, 9.5)
    looks(axes, (22, 11, 5, 5), (62, 16))
    looks(axes, (57, 26, 2, 2), (86, 20))
    looks(axes, (88, 24, 5, 5), (112, 24))
    looks(axes, (114, 26, 2, 2), (129, 25))
    return figure


def looks(
    axes: Axes, window: tuple[float, float, float, float], point: tuple[float, float]
) -> None:
    """A window of one layer, and the number of the next that comes of it."""
    x, y, width, height = window
    axes.add_patch(Rectangle((x, y), width, height, fc="none", ec=BLUE, lw=1.4, zorder=4))
    beam = [(x + width, y), point, (x + width, y + height)]
    axes.add_patch(Polygon(beam, closed=False, fc="none", ec=BLUE, lw=0.8, zorder=4))


def subsampling() -> Figure:
    figure, axes = canvas(7.6, 2.35, 19.6, 6.05)
    tints = ((PALE_BLUE, PALE_ORANGE), (PALE_GREEN, "#EEEEEE"))

    def window(row: int, column: int) -> str:
        return tints[row // 2][column // 2]

    def quarter(row: int, column: int) -> str:
        return tints[row][column]

    x = S3_PICTURE[np.newaxis, ..., np.newaxis].astype("float32")
    layer = NOTEBOOK["Subsampling"]((2, 2))
    layer(x)
    results = []
    for coefficient, bias in ((1, 0), (0.25, 1)):
        layer.coefficient.assign([coefficient])
        layer.bias.assign([bias])
        results.append(keras.ops.convert_to_numpy(layer(x))[0, ..., 0])
    table(axes, 0.5, 1.3, S3_PICTURE, window)
    write(axes, 2.5, 0.7, "picture", 11)
    for left, values, title, note in (
        (6.1, results[0], "sums", ""),
        (10.6, results[1], "$0.25\\,\\cdot$ sum $+\\,1$", "subsampling"),
        (14.2, results[0] / 4, "mean", "average pooling"),
        (17.1, x[0, ..., 0].reshape(2, 2, 2, 2).max((1, 3)), "maximum", "max pooling"),
    ):
        table(axes, left, 2.3, values, quarter)
        write(axes, left + 1, 1.7, title, 11)
        write(axes, left + 1, 4.85, note, 9.5, color=GREY)
    for x_arrow in (4.75, 8.55):
        options = {"arrowstyle": "-|>", "color": GREY, "lw": 1.4}
        axes.annotate("", (x_arrow + 1.1, 3.3), (x_arrow, 3.3), arrowprops=options)
    return figure


def standardize() -> Figure:
    """Two channels before and after, and the moving mean over the batches."""
    rng = np.random.default_rng(6)
    batches = rng.normal((3, -1), (0.5, 1.5), (40, 200, 2)).astype("float32")
    layer = NOTEBOOK["Standardize"](momentum=0.9)
    outputs, memory = [], [(0.0, 0.0)]
    for batch in batches:
        outputs.append(keras.ops.convert_to_numpy(layer(batch, training=True)))
        memory.append(tuple(keras.ops.convert_to_numpy(layer.moving_mean)))
    figure = Figure((7.6, 2.1), layout="constrained")
    before, after, course = figure.subplots(1, 3)
    for axes, values, title in ((before, batches, "before"), (after, np.array(outputs), "after")):
        for channel, colour in enumerate((BLUE, ORANGE)):
            axes.hist(values[..., channel].ravel(), 60, (-6, 6), color=colour, alpha=0.65)
        axes.set_title(title, fontsize=11)
        axes.set(yticks=[])
    for channel, colour in enumerate((BLUE, ORANGE)):
        course.plot([mean[channel] for mean in memory], color=colour)
        course.axhline((3, -1)[channel], color=colour, lw=0.8, ls=":")
    course.set_title("moving mean, by batches", fontsize=11)
    for axes in (before, after, course):
        axes.tick_params(labelsize=8)
    return figure


def learning() -> Figure:
    """Accuracy by epochs at three learning rates; what the middle one mistakes for what."""
    images = NOTEBOOK["prepare"](NOTEBOOK["digits"].images, 16)
    order = np.random.default_rng(8).permutation(len(images))
    images, labels = images[order], NOTEBOOK["digits"].target[order]
    figure = Figure((7.6, 2.75), layout="constrained")
    curves, mistakes = figure.subplots(1, 2, width_ratios=(1.5, 1))
    rates = ((0.0003, GREEN), (0.01, BLUE), (0.3, ORANGE))
    for rate, colour in rates:
        keras.utils.set_random_seed(6)
        with patch("keras.optimizers.Adam", lambda _, rate=rate: Adam(rate)):
            model, history = trained(images, labels)
        curves.plot(range(1, 16), history, color=colour, label=f"learning rate {rate}")
        if rate == 0.01:
            scores = model.predict(images[1200:], verbose=0)
            counts = np.zeros((10, 10))
            np.add.at(counts, (labels[1200:], scores.argmax(1)), 1)
    curves.set(ylim=(0, 1.02), xlabel="epochs", ylabel="accuracy, unseen digits")
    curves.set_xticks((1, 5, 10, 15))
    curves.legend(fontsize=8, loc="center right")
    mistakes.imshow(np.log1p(counts), cmap="Blues")
    for (row, column), count in np.ndenumerate(counts.astype(int)):
        if count:
            colour = "white" if count > 20 else BLACK
            write(mistakes, column, row, str(count), 7, color=colour)
    mistakes.set(xticks=range(10), yticks=range(10), xlabel="taken for", ylabel="is")
    for axes in (curves, mistakes):
        axes.tick_params(labelsize=8)
        axes.xaxis.label.set_size(9)
        axes.yaxis.label.set_size(9)
    return figure


def trained(images: np.ndarray, labels: np.ndarray) -> tuple[keras.Model, list[float]]:
    """The notebook's model, and its accuracy on the last 597 pictures after each epoch."""
    history = []

    class Watch(keras.callbacks.Callback):
        def on_epoch_end(self, *_: Any) -> None:
            scores = self.model.predict(images[1200:], verbose=0)
            history.append(NOTEBOOK["accuracy"](scores, labels[1200:]))

    fit = keras.Sequential.fit
    with patch("keras.Sequential.fit", lambda *a, **k: fit(*a, **k, callbacks=[Watch()])):
        model = NOTEBOOK["train"](images[:1200], labels[:1200])
    return model, history


def save(figure: Figure, path: Path) -> None:
    """Write a PNG with a palette of 64 colours: a fifth of the bytes, in every built notebook."""
    file = BytesIO()
    figure.savefig(file, dpi=130, facecolor="white")
    with Image.open(file) as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def notebook() -> dict[str, Any]:
    """What the text notebook defines, with its checks left out."""
    with patch("autograder.load", lambda _: lambda _: None):
        return run_path(str(FOLDER.parent / "06_lenet.py"))


if __name__ == "__main__":
    Adam = keras.optimizers.Adam
    NOTEBOOK = notebook()
    for draw in (network, subsampling, standardize, learning):
        save(draw(), FOLDER / f"{draw.__name__}.png")
