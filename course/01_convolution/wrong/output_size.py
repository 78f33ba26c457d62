# %%
def refuse_misfit(size, kernel_size, padding):
    """Raise the error that is asked for."""
    if kernel_size > size + 2 * padding:
        raise ValueError("the kernel is larger than the padded input")


# %% first position forgotten
# Count a small example by hand: to the number of steps comes the position before the first step.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return (size + 2 * padding - kernel_size) // stride


# %% padded on one side only
# Look at how many zeros there are: the padding is put on both sides.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return (size + padding - kernel_size) // stride + 1


# %% first position added before dividing
# Look at what the stride divides: the number of steps, to which the first position is added
# afterwards.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return (size + 2 * padding - kernel_size + 1) // stride


# %% rounded up
# Look at what happens when the last step does not fit: it is left out, so the count is rounded
# down.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return -(-(size + 2 * padding - kernel_size) // stride) + 1


# %% rounded to the nearest
# Look at how you round: a step that fits by more than half still does not fit.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return round((size + 2 * padding - kernel_size) / stride + 1)


# %% not rounded
# Look at what your function returns when the last step does not fit: positions are whole numbers.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return (size + 2 * padding - kernel_size) / stride + 1


# %% padding always 1
# Look at where your function uses the padding: it may be any number of zeros.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return (size + 2 - kernel_size) // stride + 1


# %% padding ignored
# Look at where your function uses the padding: the zeros make the input longer.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return (size - kernel_size) // stride + 1


# %% stride ignored
# Look at where your function uses the stride: the larger the steps, the fewer positions.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return size + 2 * padding - kernel_size + 1


# %% as with same padding
# Look at where your function uses the kernel's size: only with "same" padding it does not matter.


def output_size(size, kernel_size, stride, padding):
    refuse_misfit(size, kernel_size, padding)
    return -(-size // stride)


# %% no error
# Look at what your function does when the kernel is larger than the padded input.


def output_size(size, kernel_size, stride, padding):
    return (size + 2 * padding - kernel_size) // stride + 1


# %% error returned in place of raised
# Look at how your function says that a kernel does not fit: an error is raised, not returned.


def output_size(size, kernel_size, stride, padding):
    if kernel_size > size + 2 * padding:
        return "ValueError: the kernel is larger than the padded input"
    return (size + 2 * padding - kernel_size) // stride + 1


# %% error although the padded input is large enough
# Look at which size your function compares the kernel with: the zeros belong to it.


def output_size(size, kernel_size, stride, padding):
    if kernel_size > size:
        raise ValueError("the kernel is larger than the input")
    return (size + 2 * padding - kernel_size) // stride + 1


# %% error where the kernel just fits
# Look at what your function does when the kernel is exactly as large as the padded input: that is
# one position.


def output_size(size, kernel_size, stride, padding):
    if kernel_size >= size + 2 * padding:
        raise ValueError("the kernel is larger than the padded input")
    return (size + 2 * padding - kernel_size) // stride + 1
