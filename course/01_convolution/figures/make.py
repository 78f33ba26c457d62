"""Draws the figures of 01_convolution: `python course/01_convolution/figures/make.py`.

All numbers and pictures come from the notebook's own answers.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from runpy import run_path
from typing import Any
from unittest.mock import patch

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

FOLDER = Path(__file__).parent

# Okabe and Ito's colours, which colour-blind readers can tell apart, and tints of them.
BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"
PALE_BLUE, PALE_ORANGE = "#CFE6F5", "#FADCC4"
GREY, PALE_GREY, BLACK = "#777777", "#F0F0F0", "#222222"

X5 = np.array([[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]])
K5 = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]])
X4 = np.array([[4, 1, -3, 1], [2, 0, -2, 3], [4, 2, -1, 2], [2, 1, -1, 0]])
LETTERS = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6], [5, 4, 3, 2]])
PLACES = np.array([[1, 10], [100, 1000]])


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


def outline(axes: Axes, x: float, y: float, width: float, height: float, colour: str) -> None:
    axes.add_patch(Rectangle((x, y), width, height, fill=False, lw=3, ec=colour, zorder=3))


def table(
    axes: Axes,
    x: float,
    y: float,
    values: np.ndarray,
    fill: Callable[[int, int], str] = lambda *_: "white",
    text: Callable[[int, int], str] | None = None,
    size: float = 12,
    cell: float = 1,
) -> None:
    """A table of numbers with its upper left corner at (x, y); zeros of padding are NaN."""
    for (row, column), value in np.ndenumerate(values):
        left, top = x + column * cell, y + row * cell
        is_padding = np.isnan(value)
        colour = PALE_GREY if is_padding else fill(row, column)
        edge = {"ec": "#BBBBBB", "ls": ":"} if is_padding else {"ec": GREY}
        axes.add_patch(Rectangle((left, top), cell, cell, fc=colour, lw=0.8, **edge))
        shown = "0" if is_padding else text(row, column) if text else f"{value:g}"
        middle = (left + cell / 2, top + cell / 2)
        write(axes, *middle, shown, size, color=GREY if is_padding else BLACK)


def within(rows: range, columns: range, colour: str) -> Callable[[int, int], str]:
    return lambda row, column: colour if row in rows and column in columns else "white"


def strides() -> Figure:
    figure, axes = canvas(7.6, 2.35, 26.4, 8.2)
    for panel, stride in enumerate((1, 2, 3)):
        x, outputs = 0.6 + 9.1 * panel, (7 - 3) // stride + 1
        reached = (outputs - 1) * stride + 3
        write(axes, x + 3.5, 0.7, f"stride {stride}: {outputs} outputs", 12, weight="bold")
        table(
            axes,
            x,
            1.5,
            np.arange(1, 8)[np.newaxis],
            fill=lambda _, column, reached=reached: "white" if column < reached else PALE_ORANGE,
        )
        for i in range(outputs):
            bar = Rectangle((x + i * stride + 0.06, 2.95 + 0.95 * i), 2.88, 0.7, fc=BLUE, ec="none")
            axes.add_patch(bar)
            write(axes, x + i * stride + 1.5, 3.32 + 0.95 * i, f"$y_{i}$", 11, color="white")
        if reached < 7:
            write(axes, x + 6.5, 3.3, "left\nover", 10, color=ORANGE, va="center")
    return figure


def sliding() -> Figure:
    figure, axes = canvas(7.6, 2.94, 16.8, 6.5)
    window = range(3), range(3)
    table(axes, 0.7, 1.2, X5, within(*window, PALE_BLUE), size=15)
    for (a, b), weight in np.ndenumerate(K5):
        write(axes, 0.7 + b + 0.8, 1.2 + a + 0.8, f"·{weight}", 9, color=BLUE)
    outline(axes, 0.7, 1.2, 3, 3, BLUE)
    write(axes, 3.2, 0.6, "picture x", 12)
    table(axes, 7.5, 2.2, K5, lambda *_: PALE_BLUE, size=15)
    write(axes, 9.0, 1.6, "kernel w", 12)
    result = NOTEBOOK["conv2d"](X5, K5, (1, 1))
    table(axes, 13, 2.2, result, within(range(1), range(1), PALE_ORANGE), size=15)
    outline(axes, 13, 2.2, 1, 1, ORANGE)
    write(axes, 14.5, 1.6, "output y", 12)
    write(axes, 6.6, 3.7, "∗", 20)
    write(axes, 11.75, 3.7, "=", 20)
    return figure


def same() -> Figure:
    figure, axes = canvas(7.6, 3.35, 22.4, 9.9)
    below_right = np.pad(X4.astype(float), (0, 1), constant_values=np.nan)
    around = np.pad(X5.astype(float), 1, constant_values=np.nan)
    panels = ((0.6, 2.2, 2, below_right), (7.1, 1.2, 3, around))
    for x, y, outputs, padded in panels:
        table(axes, x, y, padded, size=11)
        last = 2 * (outputs - 1)
        outline(axes, x, y, 3, 3, BLUE)
        outline(axes, x + last, y + last, 3, 3, ORANGE)
    write(axes, 3.1, 0.6, "4×4, stride 2", 12, weight="bold")
    write(axes, 3.1, 7.9, "1 zero on each axis:\nbelow and right", 11)
    write(axes, 10.6, 0.6, "5×5, stride 2", 12, weight="bold")
    write(axes, 10.6, 8.95, "2 zeros on each axis:\none on either side", 11)
    write(axes, 18.7, 0.6, "dilation", 12, weight="bold")
    for x, rate, cell in ((15.0, 1, 0.9), (18.7, 2, 0.7)):
        span = 2 * rate + 1
        y = 4.7 - cell * span / 2
        for row, column in np.ndindex(span, span):
            corner = (x + cell * column, y + cell * row)
            is_used = row % rate == column % rate == 0
            tint = PALE_BLUE if is_used else "white"
            axes.add_patch(Rectangle(corner, cell, cell, fc=tint, ec=GREY, lw=0.8))
            if is_used:
                middle = (corner[0] + cell / 2, corner[1] + cell / 2)
                write(axes, *middle, str(K5[row // rate, column // rate]), 10)
        write(axes, x + cell * span / 2, 7.9, f"rate {rate}:\nspan {span}", 11)
    return figure


def channels() -> Figure:
    figure, axes = canvas(7.6, 3.0, 22.8, 9.0)

    def stack(x: float, y: float, rows: int, columns: int, tints: list[str], cell: float) -> None:
        for depth, tint in reversed(list(enumerate(tints))):
            left, top = x + 0.55 * depth, y - 0.55 * depth
            for row in range(rows):
                for column in range(columns):
                    corner = (left + column * cell, top + row * cell)
                    axes.add_patch(Rectangle(corner, cell, cell, fc=tint, ec=GREY, lw=0.8))

    greys = ["#FFFFFF", "#E4E4E4", "#C4C4C4"]
    blues, oranges = ["#CFE6F5", "#8FC1E3", "#4E9ACB"], ["#FADCC4", "#F0B184", "#E08347"]
    stack(0.8, 2.9, 5, 6, greys, 0.8)
    outline(axes, 0.8, 2.9, 2.4, 2.4, BLACK)
    write(axes, 3.7, 7.6, "picture\n5 × 6 × 3 channels", 11)
    stack(9.5, 2.1, 3, 3, blues, 0.65)
    stack(9.5, 5.6, 3, 3, oranges, 0.65)
    write(axes, 11.0, 8.3, "2 kernels, 3 × 3 × 3", 11)
    stack(16.9, 1.75, 3, 4, blues[:1], 0.8)
    stack(16.9, 5.25, 3, 4, oranges[:1], 0.8)
    for y, colour in ((1.75, BLUE), (5.25, ORANGE)):
        outline(axes, 16.9, y, 0.8, 0.8, colour)
        write(axes, 15.0, y + 1.2, "+ bias  =", 12)
    write(axes, 18.5, 8.3, "2 feature maps, 3 × 4", 11)
    write(axes, 8.0, 4.6, "∗", 20)
    return figure


def flip() -> Figure:
    figure, axes = canvas(7.6, 3.32, 19.0, 8.3)
    rows = ((0.6, "correlation", PLACES), (4.9, "convolution", PLACES[::-1, ::-1]))
    for y, title, kernel in rows:
        table(axes, 0.6, y, LETTERS[:3], within(range(2), range(2), PALE_BLUE), size=13, cell=1)
        outline(axes, 0.6, y, 2, 2, BLUE)
        is_flipped = kernel is not PLACES
        tint = PALE_ORANGE if is_flipped else PALE_BLUE
        table(axes, 6.2, y + 0.3, kernel, lambda *_, tint=tint: tint, size=12, cell=1.3)
        result = NOTEBOOK["conv2d"](LETTERS[:3], kernel, (1, 1))
        table(axes, 10.6, y + 0.3, result, within(range(1), range(1), tint), size=12, cell=1.3)
        write(axes, 5.4, y + 1.6, "∗", 18)
        write(axes, 9.7, y + 1.6, "=", 18)
        write(axes, 16.8, y + 1.2, title, 13, weight="bold")
        note = "kernel turned\nby half a turn" if is_flipped else "kernel as it is"
        write(axes, 16.8, y + 1.7, note, 10, va="top")
    return figure


def photographs(
    pictures: dict[str, np.ndarray], height: float, ranges: dict[str, tuple[float, float]]
) -> tuple[Figure, np.ndarray]:
    """Pictures side by side under their titles."""
    figure = Figure((7.6, height), layout="constrained")
    axes = figure.subplots(1, len(pictures))
    for each, (title, picture) in zip(axes, pictures.items(), strict=True):
        low, high = ranges.get(title, (picture.min(), picture.max()))
        each.imshow(picture, cmap="gray", vmin=low, vmax=high)
        each.set_title(title, fontsize=11)
        each.set(xticks=[], yticks=[])
    return figure, axes


def edges() -> Figure:
    house, conv2d = NOTEBOOK["house"], NOTEBOOK["conv2d"]
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    pictures = {
        "picture": house,
        "$|g^{(x)}|$: vertical edges": abs(conv2d(house, sobel, (1, 1))),
        "$|g^{(y)}|$: horizontal edges": abs(conv2d(house, sobel.T, (1, 1))),
        "strength": NOTEBOOK["edge_strength"](house),
    }
    figure, _ = photographs(pictures, 1.68, dict.fromkeys(list(pictures)[1:], (0, 600)))
    return figure


def template() -> Figure:
    conv2d = NOTEBOOK["conv2d"]
    pattern = np.array([[0, 5, 0], [5, 5, 5], [0, 5, 0]])
    image = np.array([[(3 * row + 5 * column) % 4 for column in range(14)] for row in range(9)])
    image[1:4, 2:5] = 9
    image[4:7, 9:12] = pattern
    inner = conv2d(image, pattern, (1, 1))
    lengths = np.sqrt(conv2d(image**2, np.ones((3, 3)), (1, 1))) * np.linalg.norm(pattern)
    pictures = {"picture": image, "template": pattern}
    pictures |= {"inner products": inner, "scores": inner / lengths}
    figure, axes = photographs(pictures, 1.45, {"template": (0, 9)})
    for each, array in zip(axes, pictures.values(), strict=True):
        # Smaller ones in the middle of the frame that the picture fills.
        rows, columns = (9 - array.shape[0]) / 2, (14 - array.shape[1]) / 2
        each.set(xlim=(-0.5 - columns, 13.5 - columns), ylim=(8.5 - rows, -0.5 - rows))
        each.axis("off")
    places = [np.unravel_index(array.argmax(), array.shape) for array in (inner, inner / lengths)]
    assert places == [(1, 2), NOTEBOOK["find_template"](image, pattern)]
    for map_axes, (row, column), colour in zip(axes[2:], places, (ORANGE, BLUE), strict=True):
        outline(map_axes, column - 0.5, row - 0.5, 1, 1, colour)
        outline(axes[0], column - 0.5, row - 0.5, 3, 3, colour)
    return figure


def save(figure: Figure, path: Path) -> None:
    """Write a PNG with a palette of 64 colours: a fifth of the bytes, in every built notebook."""
    file = BytesIO()
    figure.savefig(file, dpi=130, facecolor="white")
    with Image.open(file) as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def notebook() -> dict[str, Any]:
    """What the text notebook defines, with its checks left out."""
    with patch("autograder.load", lambda _: lambda _: None):
        return run_path(str(FOLDER.parent / "01_convolution.py"))


if __name__ == "__main__":
    NOTEBOOK = notebook()
    for draw in (strides, sliding, same, channels, flip, edges, template):
        save(draw(), FOLDER / f"{draw.__name__}.png")
