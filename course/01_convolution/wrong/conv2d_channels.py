# %%
import numpy as np


def refuse_misfit(x, kernel):
    """Raise the error that is asked for."""
    if kernel.shape[0] > x.shape[0] or kernel.shape[1] > x.shape[1]:
        raise ValueError("the kernel is larger than x")


def slide(x, kernel):
    """Right but for the bias; what goes wrong happens before or after."""
    refuse_misfit(x, kernel)
    kh, kw, _, c_out = kernel.shape
    y = np.zeros((x.shape[0] - kh + 1, x.shape[1] - kw + 1, c_out))
    for i, j in np.ndindex(y.shape[:2]):
        y[i, j] = np.tensordot(x[i : i + kh, j : j + kw], kernel, axes=3)
    return y


# %% bias twice
# Look at how often the bias is added: once.


def conv2d_channels(x, kernel, bias):
    y = slide(x, kernel) + bias
    return y + bias


# %% bias added with every product
# Look at how deep in your loops the bias is added: once for each output, after the sum.


def conv2d_channels(x, kernel, bias):
    kh, kw, c_in, _ = kernel.shape
    return slide(x, kernel) + kh * kw * c_in * bias


# %% bias added for each input channel
# Look at how deep in your loops the bias is added: once for each output, after the sum over
# channels.


def conv2d_channels(x, kernel, bias):
    return slide(x, kernel) + x.shape[-1] * bias


# %% no bias
# Look at where your function uses the bias.


def conv2d_channels(x, kernel, bias):
    return slide(x, kernel)


# %% biases summed
# Look at which bias a map gets: its own, not all of them.


def conv2d_channels(x, kernel, bias):
    return slide(x, kernel) + bias.sum()


# %% first bias for all maps
# Look at which bias the second map gets.


def conv2d_channels(x, kernel, bias):
    return slide(x, kernel) + bias[0]


# %% first input channel only
# Look at which channels of the picture your sum runs over: all of them.


def conv2d_channels(x, kernel, bias):
    return slide(x[:, :, :1], kernel[:, :, :1]) + bias


# %% last input channel only
# Look at what happens to the sum of one channel when the next channel comes.


def conv2d_channels(x, kernel, bias):
    return slide(x[:, :, -1:], kernel[:, :, -1:]) + bias


# %% channels summed before they are weighed
# Look at which numbers of the kernel meet which channel of the picture: each channel has its own.


def conv2d_channels(x, kernel, bias):
    return slide(x.sum(-1, keepdims=True), kernel.sum(2, keepdims=True)) + bias


# %% mean over the channels
# Look at what your function does with the channels: their sum is asked for.


def conv2d_channels(x, kernel, bias):
    return slide(x, kernel) / x.shape[-1] + bias


# %% first kernel only
# Look at how many maps there are: as many as kernels.


def conv2d_channels(x, kernel, bias):
    return slide(x, kernel[:, :, :, :1]) + bias


# %% maps summed
# Look at the shape of your output: each kernel's map stays apart from the others.


def conv2d_channels(x, kernel, bias):
    return (slide(x, kernel) + bias).sum(axis=-1)


# %% maps first
# Look at the shape of your output: the maps are its last axis.


def conv2d_channels(x, kernel, bias):
    return np.moveaxis(slide(x, kernel) + bias, -1, 0)


# %% kernel's last axes mixed up
# Look at the kernel's axes: the last one counts kernels, the one before it input channels.


def conv2d_channels(x, kernel, bias):
    kh, kw, c_in, c_out = kernel.shape
    kernel = kernel.reshape(kh, kw, c_out, c_in)
    return slide(x, kernel.transpose(0, 1, 3, 2)) + bias


# %% output as wide as it is high
# Look at how many columns your output has: the picture's width and the kernel's decide that.


def conv2d_channels(x, kernel, bias):
    refuse_misfit(x, kernel)
    kh, kw, _, c_out = kernel.shape
    side = x.shape[0] - kh + 1
    y = np.zeros((side, side, c_out))
    for i in range(side):
        for j in range(side):
            patch = x[i : i + kh, j : j + kw]
            y[i, j] = np.tensordot(patch, kernel[:, : patch.shape[1]], axes=3) + bias
    return y


# %% height and width exchanged
# Look at the shape of your output: rows come first.


def conv2d_channels(x, kernel, bias):
    return (slide(x, kernel) + bias).swapaxes(0, 1)


# %% loops run past the last window
# Look at the last window that your loops take: it must lie on the picture with all of its numbers.


def conv2d_channels(x, kernel, bias):
    refuse_misfit(x, kernel)
    kh, kw, c_in, c_out = kernel.shape
    y = np.zeros((*x.shape[:2], c_out))
    for i, j, f in np.ndindex(y.shape):
        y[i, j, f] = bias[f]
        for a, b, c in np.ndindex(kh, kw, c_in):
            y[i, j, f] += x[i + a, j + b, c] * kernel[a, b, c, f]
    return y


# %% last row and column missing
# Count the outputs of a small example by hand: to the number of steps comes the place before the
# first step.


def conv2d_channels(x, kernel, bias):
    return (slide(x, kernel) + bias)[:-1, :-1]


# %% kernel flipped
# Look at which number of the kernel meets the upper left corner of a window: here it is the upper
# left one.


def conv2d_channels(x, kernel, bias):
    return slide(x, kernel[::-1, ::-1]) + bias


# %% padded
# Look at the shape of your output: nothing is added around the picture here.


def conv2d_channels(x, kernel, bias):
    refuse_misfit(x, kernel)
    kh, kw, _, _ = kernel.shape
    around = [((kh - 1) // 2, kh // 2), ((kw - 1) // 2, kw // 2), (0, 0)]
    return slide(np.pad(x, around), kernel) + bias


# %% negative numbers cut off
# Look at what your function does to its result: an activation is not asked for.


def conv2d_channels(x, kernel, bias):
    return np.maximum(slide(x, kernel) + bias, 0)


# %% output does not start at zero
# Look at what stands in the output before the first product is added to it.


def conv2d_channels(x, kernel, bias):
    y = slide(x, kernel)
    return np.ones_like(y) + y + bias


# %% no error for kernels that do not fit
# Look at what your function returns when the kernels are too high or too wide: an error is asked
# for.


def conv2d_channels(x, kernel, bias):
    kh, kw, _, c_out = kernel.shape
    y = np.zeros((max(x.shape[0] - kh + 1, 0), max(x.shape[1] - kw + 1, 0), c_out))
    for i, j in np.ndindex(y.shape[:2]):
        y[i, j] = np.tensordot(x[i : i + kh, j : j + kw], kernel, axes=3) + bias
    return y


# %% no error for kernels that are too wide
# Look at what your function returns when the kernels are low enough but too wide.


def conv2d_channels(x, kernel, bias):
    if kernel.shape[0] > x.shape[0]:
        raise ValueError("the kernel is larger than x")
    if kernel.shape[1] > x.shape[1]:
        return np.zeros((x.shape[0] - kernel.shape[0] + 1, 0, kernel.shape[3]))
    return slide(x, kernel) + bias


# %% float16
# Look at the dtype that you calculate in: float16 keeps three digits only.


def conv2d_channels(x, kernel, bias):
    x, kernel, bias = x.astype(np.float16), kernel.astype(np.float16), bias.astype(np.float16)
    return (slide(x, kernel) + bias).astype(np.float16).astype(np.float32)
