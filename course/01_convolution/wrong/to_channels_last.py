# %%
import numpy as np

# %% reshaped
# Look at where a number goes that is alone among zeros: a reshape keeps the numbers in their old
# order.


def to_channels_last(x, kernel):
    n, c_in, height, width = x.shape
    c_out, _, kh, kw = kernel.shape
    return x.reshape(n, height, width, c_in), kernel.reshape(kh, kw, c_in, c_out)


# %% kernels as if they were pictures
# Look at the order of the kernels' axes: it is not that of pictures, neither before nor after.


def to_channels_last(x, kernel):
    return x.transpose(0, 2, 3, 1), kernel.transpose(0, 2, 3, 1)


# %% kernels' channels exchanged
# Look at the kernels' last two axes: input channels come before output channels.


def to_channels_last(x, kernel):
    return x.transpose(0, 2, 3, 1), kernel.transpose(2, 3, 0, 1)


# %% the other way round
# Look at what the numbers in the list of axes say: each one is the old axis that comes to this
# place.


def to_channels_last(x, kernel):
    return x.transpose(0, 3, 1, 2), kernel.transpose(3, 2, 0, 1)


# %% width before height
# Look at which of the two comes first, height or width: exchanging two axes moves the one in the
# middle too.


def to_channels_last(x, kernel):
    return np.swapaxes(x, 1, 3), kernel.T


# %% pictures' width before height
# Look at the pictures' axes: height comes before width.


def to_channels_last(x, kernel):
    return np.swapaxes(x, 1, 3), kernel.transpose(2, 3, 1, 0)


# %% kernels' width before height
# Look at the kernels' axes: height comes before width.


def to_channels_last(x, kernel):
    return x.transpose(0, 2, 3, 1), kernel.T


# %% kernels unchanged
# Look at the kernels: their axes have another order too.


def to_channels_last(x, kernel):
    return x.transpose(0, 2, 3, 1), kernel


# %% pictures unchanged
# Look at the pictures: their axes have another order too.


def to_channels_last(x, kernel):
    return x, kernel.transpose(2, 3, 1, 0)


# %% pictures only
# Look at how many arrays your function returns: two.


def to_channels_last(x, kernel):
    return x.transpose(0, 2, 3, 1)


# %% kernels before pictures
# Look at the order of the two arrays that your function returns.


def to_channels_last(x, kernel):
    return kernel.transpose(2, 3, 1, 0), x.transpose(0, 2, 3, 1)
