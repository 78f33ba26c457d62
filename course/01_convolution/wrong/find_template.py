# %%
import numpy as np


def windows(image, template):
    """Every patch as large as the template, (rows, columns, kh, kw)."""
    return np.lib.stride_tricks.sliding_window_view(image.astype(float), template.shape)


def inner_products(image, template):
    """Of the template with every patch."""
    return (windows(image, template) * template).sum(axis=(2, 3))


def scores(image, template):
    """Right; what goes wrong happens before or after."""
    lengths = np.sqrt((windows(image, template) ** 2).sum(axis=(2, 3)))
    lengths = lengths * np.linalg.norm(template)
    return inner_products(image, template) / np.where(lengths > 0, lengths, 1)


def place(score):
    """Row and column of the highest score."""
    row, column = np.unravel_index(score.argmax(), score.shape)
    return int(row), int(column)


# %% inner product not divided by the lengths
# Look at what a bright patch scores: the inner product has to be divided by the lengths.


def find_template(image, template):
    return place(inner_products(image, template))


# %% a patch of zeros divided by zero
# Look at a patch of nothing but zeros: its length is 0, and its score has to be 0.


def find_template(image, template):
    lengths = np.sqrt((windows(image, template) ** 2).sum(axis=(2, 3)))
    with np.errstate(invalid="ignore"):
        score = inner_products(image, template) / (lengths * np.linalg.norm(template))
    return place(score)


# %% column before row
# Look at the order of the two numbers that you return: the row comes first.


def find_template(image, template):
    return place(scores(image, template))[::-1]


# %% place as one number
# Look at what argmax returns for a picture: one number, from which row and column are still to be
# found.


def find_template(image, template):
    return int(scores(image, template).argmax())


# %% score in place of its place
# Look at what your function returns: where the score is highest, not how high it is.


def find_template(image, template):
    return float(scores(image, template).max())


# %% middle of the patch
# Look at which place of the patch you return: its upper left corner.


def find_template(image, template):
    row, column = place(scores(image, template))
    return row + template.shape[0] // 2, column + template.shape[1] // 2


# %% counted from 1
# Look at what the first row is called: everything is counted from 0.


def find_template(image, template):
    row, column = place(scores(image, template))
    return row + 1, column + 1


# %% template flipped
# Look at which number of the template meets the upper left corner of a patch: here it is the upper
# left one.


def find_template(image, template):
    return place(scores(image, template[::-1, ::-1]))


# %% the least alike
# Look at which score you are looking for: the highest one.


def find_template(image, template):
    return place(-scores(image, template))


# %% negative picture taken for alike
# Look at a patch that is bright where the template is dark: its score is negative, so it is not
# alike.


def find_template(image, template):
    return place(abs(scores(image, template)))


# %% smallest difference
# Look at what you compare: with differences, a brighter copy of the template is unlike it.


def find_template(image, template):
    return place(-((windows(image, template) - template) ** 2).sum(axis=(2, 3)))


# %% divided by the squared length
# Look at the length of a patch: it is the square root of the sum of squares.


def find_template(image, template):
    squares = (windows(image, template) ** 2).sum(axis=(2, 3))
    return place(inner_products(image, template) / np.where(squares > 0, squares, 1))


# %% divided by the sum of the patch
# Look at the length of a patch: it is the square root of the sum of squares, not the sum.


def find_template(image, template):
    sums = windows(image, template).sum(axis=(2, 3))
    return place(inner_products(image, template) / np.where(sums != 0, sums, 1))


# %% last row and column never tried
# Look at where your loops end: the last place that the template fits on counts too.


def find_template(image, template):
    score = scores(image, template)
    tried = score[: max(len(score) - 1, 1), : max(score.shape[1] - 1, 1)]
    return place(tried)


# %% mean taken off first
# Look at what you do to the patches first: their numbers are used as they are.


def find_template(image, template):
    patches = windows(image, template)
    patches = patches - patches.mean(axis=(2, 3), keepdims=True)
    template = template - template.mean()
    lengths = np.sqrt((patches**2).sum(axis=(2, 3)))
    inner = (patches * template).sum(axis=(2, 3))
    return place(inner / np.where(lengths > 0, lengths, 1))
