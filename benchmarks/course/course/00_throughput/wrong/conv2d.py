# %%
import numpy as np

# %% strides mixed up
# Look at which stride is which: the first one goes down, the second to the right.


def conv2d(x, kernel, strides):
    (kh, kw), (sw, sh) = kernel.shape, strides
    rows, columns = (x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1
    y = np.zeros((rows, columns), np.float32)
    for i in range(rows):
        for j in range(columns):
            y[i, j] = np.sum(x[i * sh : i * sh + kh, j * sw : j * sw + kw] * kernel)
    return y
