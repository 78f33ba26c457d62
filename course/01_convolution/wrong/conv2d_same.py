# %%
import numpy as np


def zeros_needed(n, k, s, d):
    """Along one axis, both sides together."""
    return max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)


def halves(n, k, s, d):
    """Zeros before and after, as they are asked for."""
    total = zeros_needed(n, k, s, d)
    return total // 2, total - total // 2


def sides(x, kernel, strides, dilation_rate, rule=halves):
    """Zeros before and after along each axis, by some rule."""
    axes = zip(x.shape, kernel.shape, strides, dilation_rate, strict=True)
    return [rule(*axis) for axis in axes]


def slide(padded, kernel, strides, dilation_rate):
    """The kernel on every place of a padded picture that it fits on."""
    (kh, kw), (sh, sw), (dh, dw) = kernel.shape, strides, dilation_rate
    rows = (padded.shape[0] - dh * (kh - 1) - 1) // sh + 1
    columns = (padded.shape[1] - dw * (kw - 1) - 1) // sw + 1
    y = np.zeros((rows, columns))
    for i, j in np.ndindex(y.shape):
        y[i, j] = (padded[i * sh :: dh, j * sw :: dw][:kh, :kw] * kernel).sum()
    return y


# %% no zeros on one side breaks the slice
# Look at the slice that puts the picture into the padded one where there are no zeros below or to
# the right: an end of -0 is the beginning.


def conv2d_same(x, kernel, strides, dilation_rate):
    (top, bottom), (left, right) = sides(x, kernel, strides, dilation_rate)
    padded = np.zeros((x.shape[0] + top + bottom, x.shape[1] + left + right))
    padded[top:-bottom, left:-right] = x
    return slide(padded, kernel, strides, dilation_rate)


# %% strides ignored in the window's start
# Look at where each window begins: with stride 2, the second one begins two rows or columns on.


def conv2d_same(x, kernel, strides, dilation_rate):
    rows, columns = (-(-n // s) for n, s in zip(x.shape, strides, strict=True))
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate))
    return slide(padded, kernel, (1, 1), dilation_rate)[:rows, :columns]


# %% zeros counted without the strides
# Look at how many zeros there are when the stride is 2: fewer than with stride 1, so the first
# window begins elsewhere.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, sides(x, kernel, (1, 1), dilation_rate))
    return slide(padded, kernel, strides, dilation_rate)


# %% one zero too many
# Look at the number of zeros: the span counts its first number too, so one of them is already
# there.


def conv2d_same(x, kernel, strides, dilation_rate):
    def rule(n, k, s, d):
        before, after = halves(n, k, s, d)
        return before, after + 1

    padded = np.pad(x, sides(x, kernel, strides, dilation_rate, rule))
    return slide(padded, kernel, strides, dilation_rate)


# %% half a kernel of zeros on every side
# Look at kernels with an even number of rows: the zeros above and below are not equally many.


def conv2d_same(x, kernel, strides, dilation_rate):
    kh, kw = kernel.shape
    padded = np.pad(x, [(kh // 2, kh // 2), (kw // 2, kw // 2)])
    return slide(padded, kernel, strides, dilation_rate)


# %% half a kernel of zeros before
# Look at the zeros above and to the left: they are half of all zeros, not half a kernel.


def conv2d_same(x, kernel, strides, dilation_rate):
    rows, columns = (-(-n // s) for n, s in zip(x.shape, strides, strict=True))
    span = [d * (k - 1) + 1 for k, d in zip(kernel.shape, dilation_rate, strict=True)]
    before = [k // 2 for k in kernel.shape]
    padded = np.pad(x, list(zip(before, span, strict=True)))
    return slide(padded, kernel, strides, dilation_rate)[:rows, :columns]


# %% zeros as PyTorch puts them
# Look at the zeros on both sides: there may be one more after than before, and a stride takes some
# away.


def conv2d_same(x, kernel, strides, dilation_rate):
    def rule(n, k, s, d):
        return d * (k - 1) // 2, d * (k - 1) // 2

    padded = np.pad(x, sides(x, kernel, strides, dilation_rate, rule))
    return slide(padded, kernel, strides, dilation_rate)


# %% padding always 1
# Look at how many zeros a kernel of another size than 3 needs.


def conv2d_same(x, kernel, strides, dilation_rate):
    return slide(np.pad(x, 1), kernel, strides, dilation_rate)


# %% kernel's height and width mixed up
# Look at which number of the kernel's shape decides the zeros above and below: its height, the
# first one.


def conv2d_same(x, kernel, strides, dilation_rate):
    rows, columns = (-(-n // s) for n, s in zip(x.shape, strides, strict=True))
    padded = np.pad(x, sides(x, kernel.T, strides, dilation_rate))
    return slide(padded, kernel, strides, dilation_rate)[:rows, :columns]


# %% the height's zeros for the width too
# Look at where the zeros to the left and right come from: width, kernel width and horizontal stride
# decide them.


def conv2d_same(x, kernel, strides, dilation_rate):
    height, _ = sides(x, kernel, strides, dilation_rate)
    return slide(np.pad(x, [height, height]), kernel, strides, dilation_rate)


# %% odd zero before in place of after
# Look at which side gets the odd zero: half of the zeros, rounded down, goes before.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, [pair[::-1] for pair in sides(x, kernel, strides, dilation_rate)])
    return slide(padded, kernel, strides, dilation_rate)


# %% all zeros after
# Look at where the zeros go: half of them belongs above and to the left.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, [(0, sum(pair)) for pair in sides(x, kernel, strides, dilation_rate)])
    return slide(padded, kernel, strides, dilation_rate)


# %% zeros counted without the dilation
# Look at how far a dilated kernel reaches: its span, not its size, decides the zeros.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, sides(x, kernel, strides, (1, 1)))
    return slide(padded, kernel, strides, dilation_rate)


# %% span of size times dilation
# Look at how far a dilated kernel reaches: from its first number to its last, and no gap after
# that.


def conv2d_same(x, kernel, strides, dilation_rate):
    def rule(n, k, s, d):
        total = max((-(-n // s) - 1) * s + d * k - n, 0)
        return total // 2, total - total // 2

    rows, columns = (-(-n // s) for n, s in zip(x.shape, strides, strict=True))
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate, rule))
    return slide(padded, kernel, strides, dilation_rate)[:rows, :columns]


# %% fewer than no zeros
# Look at the number of zeros when the stride is larger than the kernel: it comes out negative, and
# that means none.


def conv2d_same(x, kernel, strides, dilation_rate):
    def rule(n, k, s, d):
        total = (-(-n // s) - 1) * s + d * (k - 1) + 1 - n
        return total // 2, total - total // 2

    padded = np.pad(x, sides(x, kernel, strides, dilation_rate, rule))
    return slide(padded, kernel, strides, dilation_rate)


# %% number of outputs rounded down
# Look at how many outputs there are when the stride does not divide the size: a step that has begun
# counts.


def conv2d_same(x, kernel, strides, dilation_rate):
    rows, columns = x.shape[0] // strides[0], x.shape[1] // strides[1]
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate))
    return slide(padded, kernel, strides, dilation_rate)[:rows, :columns]


# %% no padding
# Look at the shape of your output: it depends on the picture and the strides alone.


def conv2d_same(x, kernel, strides, dilation_rate):
    return slide(x, kernel, strides, dilation_rate)


# %% border repeated
# Look at what you put around the picture: zeros, not the numbers at its border.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate), mode="edge")
    return slide(padded, kernel, strides, dilation_rate)


# %% dilation ignored
# Look at where your function uses the dilation: it says which pixels the kernel's numbers look at.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, sides(x, kernel, strides, (1, 1)))
    return slide(padded, kernel, strides, (1, 1))


# %% dilations exchanged
# Look at which of the two dilations pulls the rows apart: the first one does.


def conv2d_same(x, kernel, strides, dilation_rate):
    dilation_rate = dilation_rate[::-1]
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate))
    return slide(padded, kernel, strides, dilation_rate)


# %% strides ignored
# Look at where your function uses the strides: the larger they are, the fewer outputs.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, sides(x, kernel, (1, 1), dilation_rate))
    return slide(padded, kernel, (1, 1), dilation_rate)


# %% strides exchanged
# Look at which of the two strides goes down: the first one does.


def conv2d_same(x, kernel, strides, dilation_rate):
    strides = strides[::-1]
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate))
    return slide(padded, kernel, strides, dilation_rate)


# %% output transposed
# Look at the shape of your output: rows come first.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate))
    return slide(padded, kernel, strides, dilation_rate).T


# %% kernel flipped
# Look at which number of the kernel meets the upper left corner of a window: here it is the upper
# left one.


def conv2d_same(x, kernel, strides, dilation_rate):
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate))
    return slide(padded, kernel[::-1, ::-1], strides, dilation_rate)


# %% float16
# Look at the dtype that you calculate in: float16 keeps three digits only.


def conv2d_same(x, kernel, strides, dilation_rate):
    x, kernel = x.astype(np.float16), kernel.astype(np.float16)
    padded = np.pad(x, sides(x, kernel, strides, dilation_rate))
    return slide(padded, kernel, strides, dilation_rate).astype(np.float16).astype(np.float32)
