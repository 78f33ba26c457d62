# %%
import numpy as np


def refuse_misfit(x, kernel):
    """Raise the error that is asked for."""
    if kernel.shape[0] > x.shape[0] or kernel.shape[1] > x.shape[1]:
        raise ValueError("the kernel is larger than x")


def correlate(x, kernel):
    """Right as a correlation; what goes wrong happens before or after."""
    refuse_misfit(x, kernel)
    kh, kw = kernel.shape
    y = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1))
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[i : i + kh, j : j + kw] * kernel).sum()
    return y


# %% not flipped
# Look at which number of the kernel meets the upper left corner of a window: in a convolution it is
# the lower right one.


def convolve2d(x, kernel):
    return correlate(x, kernel)


# %% flipped upside down only
# Look at the kernel's columns: they run backwards too.


def convolve2d(x, kernel):
    return correlate(x, kernel[::-1])


# %% flipped left to right only
# Look at the kernel's rows: they run backwards too.


def convolve2d(x, kernel):
    return correlate(x, kernel[:, ::-1])


# %% transposed in place of flipped
# Look at what you do to the kernel: a half turn, after which it is as high and as wide as before.


def convolve2d(x, kernel):
    return correlate(x, kernel.T)


# %% turned by a quarter only
# Look at how far you turn the kernel: by half a turn, after which it is as high and as wide as
# before.


def convolve2d(x, kernel):
    return correlate(x, np.rot90(kernel))


# %% picture flipped
# Look at what you flip: the kernel, while the picture stays as it is.


def convolve2d(x, kernel):
    return correlate(x[::-1, ::-1], kernel)


# %% one place too far
# Look at the last number of a window: counted from 0, it is one less than the kernel's size away.


def convolve2d(x, kernel):
    refuse_misfit(x, kernel)
    kh, kw = kernel.shape
    y = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1))
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(kh, kw):
            y[i, j] += x[i + kh - a, j + kw - b] * kernel[a, b]
    return y


# %% height and width mixed up
# Look at which of the kernel's sizes belongs to rows and which to columns.


def convolve2d(x, kernel):
    refuse_misfit(x, kernel)
    kh, kw = kernel.shape
    y = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1))
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(kh, kw):
            y[i, j] += x[i + kw - 1 - a, j + kh - 1 - b] * kernel[a, b]
    return y


# %% output as wide as it is high
# Look at how many columns your output has: the picture's width and the kernel's decide that.


def convolve2d(x, kernel):
    refuse_misfit(x, kernel)
    kh, kw = kernel.shape
    side = x.shape[0] - kh + 1
    y = np.zeros((side, side))
    for i, j in np.ndindex(y.shape):
        patch = x[i : i + kh, j : j + kw]
        y[i, j] = (patch * kernel[::-1, ::-1][:, : patch.shape[1]]).sum()
    return y


# %% full
# Look at the shape of your output: the kernel must lie on the picture with all of its numbers.


def convolve2d(x, kernel):
    refuse_misfit(x, kernel)
    kh, kw = kernel.shape
    return correlate(np.pad(x, [(kh - 1, kh - 1), (kw - 1, kw - 1)]), kernel[::-1, ::-1])


# %% padded
# Look at the shape of your output: nothing is added around the picture here.


def convolve2d(x, kernel):
    refuse_misfit(x, kernel)
    kh, kw = kernel.shape
    around = [((kh - 1) // 2, kh // 2), ((kw - 1) // 2, kw // 2)]
    return correlate(np.pad(x, around), kernel[::-1, ::-1])


# %% output does not start at zero
# Look at what stands in the output before the first product is added to it.


def convolve2d(x, kernel):
    y = correlate(x, kernel[::-1, ::-1])
    return np.ones_like(y) + y


# %% no error for a kernel that does not fit
# Look at what your function returns when the kernel is too high or too wide: an error is asked for.


def convolve2d(x, kernel):
    kh, kw = kernel.shape
    y = np.zeros((max(x.shape[0] - kh + 1, 0), max(x.shape[1] - kw + 1, 0)))
    for i, j in np.ndindex(y.shape):
        y[i, j] = (x[i : i + kh, j : j + kw] * kernel[::-1, ::-1]).sum()
    return y


# %% float16
# Look at the dtype that you calculate in: float16 keeps three digits only.


def convolve2d(x, kernel):
    x, kernel = x.astype(np.float16), kernel.astype(np.float16)
    return correlate(x, kernel[::-1, ::-1]).astype(np.float16).astype(np.float32)
