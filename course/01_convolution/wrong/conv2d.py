# %%
import numpy as np


def refuse_misfit(x, kernel):
    """Raise the error that is asked for."""
    if kernel.shape[0] > x.shape[0] or kernel.shape[1] > x.shape[1]:
        raise ValueError("the kernel is larger than x")


def output(x, kernel, strides):
    """Zeros in the right shape."""
    refuse_misfit(x, kernel)
    (kh, kw), (sh, sw) = kernel.shape, strides
    return np.zeros(((x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1))


def correlate(x, kernel, strides):
    """Right; what goes wrong happens before or after."""
    (kh, kw), (sh, sw) = kernel.shape, strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[i * sh : i * sh + kh, j * sw : j * sw + kw] * kernel).sum()
    return y


# %% strides ignored in the window's start
# Look at where each window begins: with stride 2, the second one begins at the third row or column.


def conv2d(x, kernel, strides):
    kh, kw = kernel.shape
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[i : i + kh, j : j + kw] * kernel).sum()
    return y


# %% strides ignored
# Look at where your function uses the strides: they set how many outputs there are, and where each
# window begins.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, (1, 1))


# %% kernel's height and width mixed up
# Look at which number of the kernel's shape is its height: the first one counts rows.


def conv2d(x, kernel, strides):
    (kw, kh), (sh, sw) = kernel.shape, strides
    if kh > x.shape[0] or kw > x.shape[1]:
        raise ValueError("the kernel is larger than x")
    y = np.zeros(((x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1))
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(kh, kw):
            y[i, j] += x[i * sh + a, j * sw + b] * kernel[a, b]
    return y


# %% picture's height and width mixed up
# Look at which number of the picture's shape is its height: the first one counts rows.


def conv2d(x, kernel, strides):
    refuse_misfit(x, kernel)
    (kh, kw), (sh, sw), (width, height) = kernel.shape, strides, x.shape
    y = np.zeros(((height - kh) // sh + 1, (width - kw) // sw + 1))
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(kh, kw):
            y[i, j] += x[i * sh + a, j * sw + b] * kernel[a, b]
    return y


# %% window's height and width mixed up
# Look at how many rows and columns a window has: as many as the kernel, in the same order.


def conv2d(x, kernel, strides):
    (kh, kw), (sh, sw) = kernel.shape, strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[i * sh : i * sh + kw, j * sw : j * sw + kh] * kernel).sum()
    return y


# %% output as wide as it is high
# Look at how many columns your output has: width, kernel width and horizontal stride decide that.


def conv2d(x, kernel, strides):
    refuse_misfit(x, kernel)
    (kh, kw), (sh, sw) = kernel.shape, strides
    side = (x.shape[0] - kh) // sh + 1
    y = np.zeros((side, side))
    for i in range(side):
        for j in range(side):
            patch = x[i * sh : i * sh + kh, j * sw : j * sw + kw]
            y[i, j] = (patch * kernel[: patch.shape[0], : patch.shape[1]]).sum()
    return y


# %% only square kernels
# Look at how many columns of the kernel you use when it is wider or narrower than it is high.


def conv2d(x, kernel, strides):
    refuse_misfit(x, kernel)
    side = min(kernel.shape)
    return correlate(x, kernel[:side, :side], strides)


# %% strides exchanged
# Look at which of the two strides goes down: the first one does.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, strides[::-1])


# %% strides exchanged in the window's start
# Look at where a window begins: rows go with the first stride, columns with the second.


def conv2d(x, kernel, strides):
    (kh, kw), (sw, sh) = kernel.shape, strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        patch = x[i * sh : i * sh + kh, j * sw : j * sw + kw]
        y[i, j] = (patch * kernel[: patch.shape[0], : patch.shape[1]]).sum()
    return y


# %% one stride for both directions
# Look at where your function uses the second stride: steps to the right have their own.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, (strides[0], strides[0]))


# %% window moves on by its own size
# Look at how far the window moves from one output to the next: by the stride, not by the kernel's
# size.


def conv2d(x, kernel, strides):
    kh, kw = kernel.shape
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        patch = x[i * kh : i * kh + kh, j * kw : j * kw + kw]
        y[i, j] = (patch * kernel[: patch.shape[0], : patch.shape[1]]).sum()
    return y


# %% window as large as the strides
# Look at how many rows and columns a window has: as many as the kernel, whatever the strides.


def conv2d(x, kernel, strides):
    sh, sw = strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        patch = x[i * sh : (i + 1) * sh, j * sw : (j + 1) * sw]
        part = kernel[:sh, :sw]
        y[i, j] = (patch[: part.shape[0], : part.shape[1]] * part).sum()
    return y


# %% kernel of 3×3 only
# Look at where your function assumes that the kernel has three rows and three columns.


def conv2d(x, kernel, strides):
    sh, sw = strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[i * sh : i * sh + 3, j * sw : j * sw + 3] * kernel).sum()
    return y


# %% last row missing
# Count the rows of the output by hand: to the number of steps comes the place before the first
# step.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, strides)[:-1]


# %% last column missing
# Count the columns of the output by hand: to the number of steps comes the place before the first
# step.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, strides)[:, :-1]


# %% last row and column missing
# Count the outputs of a small example by hand: to the number of steps comes the place before the
# first step, in both directions.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, strides)[:-1, :-1]


# %% loops run past the last window
# Look at the last window that your loops take: it must lie on the picture with all of its numbers.


def conv2d(x, kernel, strides):
    refuse_misfit(x, kernel)
    (kh, kw), (sh, sw) = kernel.shape, strides
    rows, columns = range(0, x.shape[0], sh), range(0, x.shape[1], sw)
    y = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            for a, b in np.ndindex(kh, kw):
                y[i, j] += x[row + a, column + b] * kernel[a, b]
    return y


# %% number of outputs rounded up
# Look at what happens when the last step does not fit: it is left out, so the count is rounded
# down.


def conv2d(x, kernel, strides):
    refuse_misfit(x, kernel)
    (kh, kw), (sh, sw) = kernel.shape, strides
    rows = int(np.ceil((x.shape[0] - kh) / sh)) + 1
    columns = int(np.ceil((x.shape[1] - kw) / sw)) + 1
    return correlate(np.pad(x, ((0, sh), (0, sw))), kernel, strides)[:rows, :columns]


# %% one loop's index in the place of the other's
# Look at which loop's index each of the picture's two indices comes from.


def conv2d(x, kernel, strides):
    (kh, kw), (sh, sw) = kernel.shape, strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        patch = x[i * sh : i * sh + kh, i * sw : i * sw + kw]
        y[i, j] = (patch * kernel[:, : patch.shape[1]]).sum()
    return y


# %% kernel flipped
# Look at which number of the kernel meets the upper left corner of a window: here it is the upper
# left one.


def conv2d(x, kernel, strides):
    return correlate(x, kernel[::-1, ::-1], strides)


# %% kernel transposed
# Look at the kernel's two indices: the first one counts its rows, as with the picture.


def conv2d(x, kernel, strides):
    return correlate(x, kernel.T, strides)


# %% output transposed
# Look at the shape of your output: rows come first.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, strides).T


# %% matrix product
# Look at the product of window and kernel: number by number, not that of two matrices.


def conv2d(x, kernel, strides):
    (kh, kw), (sh, sw) = kernel.shape, strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        y[i, j] = np.sum(np.dot(x[i * sh : i * sh + kh, j * sw : j * sw + kw], kernel))
    return y


# %% padded with 1 everywhere
# Look at the shape of your output: nothing is added around the picture here.


def conv2d(x, kernel, strides):
    refuse_misfit(x, kernel)
    return correlate(np.pad(x, 1), kernel, strides)


# %% first column never computed
# Look at where the loop over columns begins.


def conv2d(x, kernel, strides):
    (kh, kw), (sh, sw) = kernel.shape, strides
    y = output(x, kernel, strides)
    for i in range(y.shape[0]):
        for j in range(1, y.shape[1]):
            y[i, j] = (x[i * sh : i * sh + kh, j * sw : j * sw + kw] * kernel).sum()
    return y


# %% products overwritten
# Look at what happens to one product when the next one comes: they are to be added up.


def conv2d(x, kernel, strides):
    (kh, kw), (sh, sw) = kernel.shape, strides
    y = output(x, kernel, strides)
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(kh, kw):
            y[i, j] = x[i * sh + a, j * sw + b] * kernel[a, b]
    return y


# %% output does not start at zero
# Look at what stands in the output before the first product is added to it.


def conv2d(x, kernel, strides):
    return correlate(x, kernel, strides) + np.ones_like(output(x, kernel, strides))


# %% no error for a kernel that does not fit
# Look at what your function returns when the kernel is too high or too wide: an error is asked for.


def conv2d(x, kernel, strides):
    (kh, kw), (sh, sw) = kernel.shape, strides
    rows = range(0, x.shape[0] - kh + 1, sh)
    columns = range(0, x.shape[1] - kw + 1, sw)
    y = np.zeros((len(rows), len(columns)))
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[rows[i] :, columns[j] :][:kh, :kw] * kernel).sum()
    return y


# %% no error for a kernel that is too wide
# Look at what your function returns when the kernel is low enough but too wide.


def conv2d(x, kernel, strides):
    if kernel.shape[0] > x.shape[0]:
        raise ValueError("the kernel is larger than x")
    columns = max((x.shape[1] - kernel.shape[1]) // strides[1] + 1, 0)
    return correlate(x, kernel, strides) if columns else np.zeros((len(x), 0))


# %% float16
# Look at the dtype that you calculate in: float16 keeps three digits only.


def conv2d(x, kernel, strides):
    (kh, kw), (sh, sw) = kernel.shape, strides
    x, kernel = x.astype(np.float16), kernel.astype(np.float16)
    y = output(x, kernel, strides).astype(np.float32)
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[i * sh : i * sh + kh, j * sw : j * sw + kw] * kernel).sum()
    return y
