# %% [markdown]
# ## Nothing there, or something else

# %% double: not written yet
def double(x):
    raise NotImplementedError()

# %% double: not defined
def doubled(x):
    return 2 * x

# %% double: another thing of that name
double = 2

# %% double: no return
def double(x):
    2 * x

# %% double: printed, not returned
def double(x):
    print(2 * x)

# %% double: a list
def double(x):
    return [2 * v for v in x]

# %% double: a generator
def double(x):
    return (2 * v for v in x)

# %% double: a number for an array
def double(x):
    return 2 * x.sum()

# %% total: an array for a number
def total(x):
    return x.sum(axis=0)

# %% extremes: too few values
def extremes(x):
    return x.min()

# %% total: text
def total(x):
    return str(x.sum())

# %% [markdown]
# ## Shape

# %% double: another shape
def double(x):
    return 2 * x[:-1]

# %% double: axes exchanged
def double(x):
    return 2 * x.T

# %% brighter: channels first
def brighter(x):
    return np.transpose(2 * x, (0, 3, 1, 2))

# %% brighter: an axis missing
def brighter(x):
    return 2 * x[0]

# %% double: an axis too many
def double(x):
    return 2 * x[np.newaxis]

# %% double: all in one row
def double(x):
    return 2 * x.ravel()

# %% brighter: too few axes
def brighter(x):
    return 2 * x.sum(axis=(1, 2))

# %% [markdown]
# ## Type

# %% double: float16
def double(x):
    return (2 * x).astype(np.float16)

# %% halves: fractions lost
def half(x):
    return (x // 2).astype(int)

# %% double: yes or no
def double(x):
    return x > 0

# %% double: complex
def double(x):
    return 2 * x + 0j

# %% double: rows of unlike length
def double(x):
    y = np.empty(3, object)
    y[:] = [1, [2], 3]
    return y

# %% [markdown]
# ## Values, and where

# %% double: one element
def double(x):
    y = 2 * x
    y[1, 2] = 0
    return y

# %% double: a row
def double(x):
    y = 2 * x
    y[-1] = 7
    return y

# %% double: nearly right
def double(x):
    return 2 * x + 0.001 * (x % 3)

# %% double: every second column
def double(x):
    y = 2 * x
    y[:, ::2] **= 2
    return y

# %% brighter: the border
def brighter(x):
    y = x**2
    y[:, 1:-1, 1:-1] = 2 * x[:, 1:-1, 1:-1]
    return y

# %% brighter: one channel
def brighter(x):
    y = 2 * x
    y[..., 1] **= 2
    return y

# %% brighter: one image
def brighter(x):
    y = 2 * x
    y[1:] **= 2
    return y

# %% total: a number
def total(x):
    return x.mean()

# %% extremes: one of two numbers
def extremes(x):
    return x.min(), x.mean()

# %% [markdown]
# ## Values, and how they are wrong

# %% double: not numbers
def double(x):
    return x * np.nan

# %% double: infinite
def double(x):
    return x * np.inf

# %% double: zeros
def double(x):
    return np.zeros_like(x)

# %% double: the sign
def double(x):
    return -2 * x

# %% double: a constant
def double(x):
    return 2 * x + 1

# %% double: a factor
def double(x):
    return 3 * x

# %% double: twice
def double(x):
    return 4 * x

# %% double: shifted
def double(x):
    return np.roll(2 * x, 1, axis=1)

# %% double: chance
def double(x):
    return 2 * x + np.random.rand(*x.shape)

# %% [markdown]
# ## Inputs

# %% double: changed
def double(x):
    y = 2 * x
    x[0] = 0
    return y

# %% kept: written to
def kept(x):
    x *= 2
    return x

# %% [markdown]
# ## Errors

# %% double: an error
def double(x):
    return 2 * y

# %% positions: no ValueError
def positions(n, k):
    return n - k + 1

# %% positions: another error
def positions(n, k):
    assert k <= n
    return n - k + 1

# %% double: a parameter too many
def double(x, y):
    return 2 * x

# %% double: a package that is not there
import scipy

def double(x):
    return scipy.ndimage.zoom(x, 1)

# %% double: a package that is not there, in the function
def double(x):
    import skimage
    return 2 * x

# %% [markdown]
# ## Limits

# %% double: an endless loop
def double(x):
    while True:
        pass

# %% double: waiting
import time

def double(x):
    time.sleep(60)
    return 2 * x

# %% double: memory
def double(x):
    return np.ones((1 << 30,)) * x

# %% double: a large file
def double(x):
    np.save("doubles", np.ones(5 << 20))
    return 2 * x

# %% double: open files
def double(x):
    files = [open("notes", "a") for _ in range(300)]
    return 2 * x

# %% double: the end
import os

def double(x):
    os._exit(3)

# %% double: a crash
import os, signal

def double(x):
    os.kill(os.getpid(), signal.SIGSEGV)

# %% double: too much
def double(x):
    return [0] * 1_000_000

# %% [markdown]
# ## What may be used, and part of the points

# %% by_hand: forbidden
def by_hand(x):
    return np.cumsum(x, axis=0)

# %% shared: a share
def shared(n, k):
    return n - k + 1
