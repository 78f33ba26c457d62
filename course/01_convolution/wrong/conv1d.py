# %%
import numpy as np


def count(x, kernel, stride):
    """How many outputs there are, or the error that is asked for."""
    if len(kernel) > len(x):
        raise ValueError("the kernel is larger than x")
    return (len(x) - len(kernel)) // stride + 1


# %% stride ignored in the window's start
# Look at where each window begins: with stride 2, the second one begins at the third number.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride))
    for i in range(len(y)):
        y[i] = (x[i : i + len(kernel)] * kernel).sum()
    return y


# %% stride ignored
# Look at where your function uses the stride: it sets how many outputs there are, and where each
# window begins.


def conv1d(x, kernel, stride):
    return np.array([x[i : i + len(kernel)] @ kernel for i in range(count(x, kernel, 1))])


# %% stride multiplies the place inside the window
# Look at which of the two indices the stride belongs to: it moves the window, and the numbers in
# a window stay neighbours.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride))
    for i in range(len(y)):
        for a in range(len(kernel)):
            y[i] += x[i + a * stride] * kernel[a]
    return y


# %% window moves on by its own length
# Look at how far the window moves from one output to the next: by the stride, not by the kernel's
# length.


def conv1d(x, kernel, stride):
    k = len(kernel)
    return np.array([x[i * k : i * k + k] @ kernel for i in range(count(x, kernel, k))])


# %% window as long as the stride
# Look at how many numbers a window has: as many as the kernel, whatever the stride.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride))
    for i in range(len(y)):
        for a in range(stride):
            y[i] += x[i * stride + a] * kernel[a]
    return y


# %% kernel of three numbers only
# Look at where your function assumes that the kernel has three numbers.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride))
    for i in range(len(y)):
        s = i * stride
        y[i] = x[s] * kernel[0] + x[s + 1] * kernel[1] + x[s + 2] * kernel[2]
    return y


# %% last output missing
# Count the outputs of a small example by hand: to the number of steps comes the place before the
# first step.


def conv1d(x, kernel, stride):
    outputs = count(x, kernel, stride) - 1
    return np.array([x[i * stride :][: len(kernel)] @ kernel for i in range(outputs)])


# %% loop ends before the last window that fits
# Look at where your loop ends when the last window fits exactly: that one counts too.


def conv1d(x, kernel, stride):
    count(x, kernel, stride)
    k = len(kernel)
    return np.array([x[i : i + k] @ kernel for i in range(0, len(x) - k, stride)])


# %% loop runs past the last window
# Look at the last window that your loop takes: it must lie on the row with all of its numbers.


def conv1d(x, kernel, stride):
    count(x, kernel, stride)
    y = []
    for i in range(0, len(x), stride):
        y.append(sum(x[i + a] * kernel[a] for a in range(len(kernel))))
    return np.array(y)


# %% one output too many
# Count the outputs of a small example by hand: a place is in your result that no window belongs to.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride) + 1)
    for i in range(len(y) - 1):
        y[i] = x[i * stride : i * stride + len(kernel)] @ kernel
    return y


# %% number of outputs rounded up
# Look at what happens when the last step does not fit: it is left out, so the count is rounded
# down.


def conv1d(x, kernel, stride):
    count(x, kernel, stride)
    y = np.zeros(int(np.ceil((len(x) - len(kernel)) / stride)) + 1)
    for i in range(len(y)):
        patch = x[i * stride : i * stride + len(kernel)]
        y[i] = patch @ kernel[: len(patch)]
    return y


# %% kernel flipped
# Look at which number of the kernel meets the first number of a window: here it is the first one.


def conv1d(x, kernel, stride):
    outputs = count(x, kernel, stride)
    return np.array([x[i * stride :][: len(kernel)] @ kernel[::-1] for i in range(outputs)])


# %% padded with zeros
# Look at the length of the output: nothing is added at the ends of the row here.


def conv1d(x, kernel, stride):
    count(x, kernel, stride)
    outputs = -(-len(x) // stride)
    zeros = max((outputs - 1) * stride + len(kernel) - len(x), 0)
    padded = np.pad(x, (zeros // 2, zeros - zeros // 2))
    return np.array([padded[i * stride :][: len(kernel)] @ kernel for i in range(outputs)])


# %% products overwritten
# Look at what happens to one product when the next one comes: they are to be added up.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride))
    for i in range(len(y)):
        for a in range(len(kernel)):
            y[i] = x[i * stride + a] * kernel[a]
    return y


# %% output does not start at zero
# Look at what stands in the output before the first product is added to it.


def conv1d(x, kernel, stride):
    y = np.ones(count(x, kernel, stride))
    for i in range(len(y)):
        y[i] += x[i * stride : i * stride + len(kernel)] @ kernel
    return y


# %% input changed
# Look at what your function writes into: a slice of the input is a part of it, not a copy.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride))
    for i in range(len(y)):
        patch = x[i * stride : i * stride + len(kernel)]
        patch *= kernel
        y[i] = patch.sum()
    return y


# %% no error for a kernel that does not fit
# Look at what your function returns when the kernel is longer than the row: an error is asked for.


def conv1d(x, kernel, stride):
    starts = range(0, len(x) - len(kernel) + 1, stride)
    return np.array([x[i : i + len(kernel)] @ kernel for i in starts])


# %% whole numbers only
# Look at the dtype of your output: fractions are lost in it.


def conv1d(x, kernel, stride):
    y = np.zeros(count(x, kernel, stride), int)
    for i in range(len(y)):
        y[i] = x[i * stride : i * stride + len(kernel)] @ kernel
    return y


# %% float16
# Look at the dtype that you calculate in: float16 keeps three digits only.


def conv1d(x, kernel, stride):
    x, kernel = x.astype(np.float16), kernel.astype(np.float16)
    y = [x[i * stride :][: len(kernel)] @ kernel for i in range(count(x, kernel, stride))]
    return np.array(y, np.float32)
