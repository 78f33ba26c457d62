# %%
import numpy as np


def correlate(x, kernel):
    """Right; what goes wrong happens before or after."""
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))


def place(wrong):
    """Row and column of the first place that is true."""
    row, column = np.argwhere(wrong)[0]
    return int(row), int(column)


# %% the printed value
# Look at which of the two values you return: the one that should have been printed.


def find_mistake(x, kernel, printed):
    row, column = place(correlate(x, kernel) != printed)
    return row, column, printed[row, column]


# %% the difference
# Look at the value that you return: the right one, not how far the printed one is off.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel)
    row, column = place(right != printed)
    return row, column, right[row, column] - printed[row, column]


# %% column before row
# Look at the order of the numbers that you return: the row comes first.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel)
    row, column = place(right != printed)
    return column, row, right[row, column]


# %% counted from 1
# Look at what the first row is called: everything is counted from 0.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel)
    row, column = place(right != printed)
    return row + 1, column + 1, right[row, column]


# %% kernel flipped
# Look at how the right result is computed: slide S2 does not flip the kernel.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel[::-1, ::-1])
    row, column = place(right != printed)
    return row, column, right[row, column]


# %% a number that is right
# Look at which number you look for: the one where printed and right differ.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel)
    row, column = place(right == printed)
    return row, column, right[row, column]


# %% only numbers that are printed too small
# Look at which difference is the largest: a number that is printed too large has a negative one.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel)
    row, column = np.unravel_index((right - printed).argmax(), right.shape)
    return int(row), int(column), right[row, column]


# %% only the diagonal looked at
# Look at your two indices: row and column run on their own.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel)
    for i in range(min(right.shape)):
        if right[i, i] != printed[i, i]:
            return i, i, right[i, i]
    return None


# %% place as one number
# Look at what you return: row and column are two numbers.


def find_mistake(x, kernel, printed):
    right = correlate(x, kernel)
    index = int((right != printed).argmax())
    return index, right.flat[index]


# %% the place only
# Look at how many numbers you return: row, column and the right value.


def find_mistake(x, kernel, printed):
    return place(correlate(x, kernel) != printed)


# %% the slide's answer
# Look at what your function does with other slides than the one in the text.


def find_mistake(x, kernel, printed):
    return 0, 1, 17
