# %%
import numpy as np

SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])


def correlate(picture, kernel):
    """A 3×3 kernel on every place of a picture."""
    windows = np.lib.stride_tricks.sliding_window_view(picture.astype(float), (3, 3))
    return (windows * kernel).sum(axis=(2, 3))


def slopes(picture, kernel=SOBEL):
    """The answers of a kernel and of its transposed."""
    return correlate(picture, kernel), correlate(picture, kernel.T)


# %% no square root
# Look at your last step: the square root of the sum of squares is asked for.


def edge_strength(picture):
    gx, gy = slopes(picture)
    return gx**2 + gy**2


# %% sum of the absolute values
# Look at how you put the two pictures together: as the two sides of a right angle.


def edge_strength(picture):
    gx, gy = slopes(picture)
    return abs(gx) + abs(gy)


# %% sum of both
# Look at how you put the two pictures together: a dark edge must not cancel a bright one.


def edge_strength(picture):
    gx, gy = slopes(picture)
    return gx + gy


# %% root of the squared sum
# Look at what you square: each picture by itself, before they are added up.


def edge_strength(picture):
    gx, gy = slopes(picture)
    return np.sqrt((gx + gy) ** 2)


# %% mean of both
# Look at your last step: the sum of both squares, not their mean.


def edge_strength(picture):
    gx, gy = slopes(picture)
    return np.sqrt((gx**2 + gy**2) / 2)


# %% the larger of both
# Look at how you put the two pictures together: the smaller one counts too.


def edge_strength(picture):
    gx, gy = slopes(picture)
    return np.maximum(abs(gx), abs(gy))


# %% the same kernel twice
# Look at your second kernel: it has to answer to horizontal edges.


def edge_strength(picture):
    gx, _ = slopes(picture)
    return np.sqrt(gx**2 + gx**2)


# %% vertical edges only
# Look at a picture with a horizontal edge only: it needs a second kernel.


def edge_strength(picture):
    return abs(slopes(picture)[0])


# %% horizontal edges only
# Look at a picture with a vertical edge only: it needs a second kernel.


def edge_strength(picture):
    return abs(slopes(picture)[1])


# %% without the 2 in the middle
# Look at the numbers of your kernels: the one in the middle weighs twice.


def edge_strength(picture):
    prewitt = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
    return np.hypot(*slopes(picture, prewitt))


# %% padded
# Look at the shape of your output: it is smaller than the picture by 2.


def edge_strength(picture):
    return np.hypot(*slopes(np.pad(picture, 1)))


# %% output as large as the picture
# Look at the border of your output: where the kernel does not fit there is no number, not even 0.


def edge_strength(picture):
    y = np.zeros(picture.shape)
    y[1:-1, 1:-1] = np.hypot(*slopes(picture))
    return y


# %% output as wide as it is high
# Look at how many columns your output has: the picture's width decides that.


def edge_strength(picture):
    strength = np.hypot(*slopes(picture))
    y = np.zeros((len(strength), len(strength)))
    columns = min(y.shape[1], strength.shape[1])
    y[:, :columns] = strength[:, :columns]
    return y


# %% height and width exchanged
# Look at the shape of your output: rows come first.


def edge_strength(picture):
    return np.hypot(*slopes(picture)).T


# %% cut off at 255
# Look at what you do to large numbers: a strength may be larger than any grey value.


def edge_strength(picture):
    return np.minimum(np.hypot(*slopes(picture)), 255)


# %% scaled to 255
# Look at what you do to the result: its largest number is no fixed one.


def edge_strength(picture):
    strength = np.hypot(*slopes(picture))
    return strength * (255 / strength.max())


# %% grey values scaled to 1
# Look at what you do to the picture first: its numbers are used as they are.


def edge_strength(picture):
    return np.hypot(*slopes(picture / 255))


# %% whole numbers
# Look at the dtype of your output: strengths have fractions.


def edge_strength(picture):
    return np.hypot(*slopes(picture)).round()


# %% float16
# Look at the dtype that you calculate in: float16 keeps three digits only.


def edge_strength(picture):
    gx, gy = slopes(picture.astype(np.float16))
    return np.hypot(gx, gy).astype(np.float16).astype(np.float32)
