# %%
def counts(input_shape, classes, widths, kernel=25, bias=1, margin=4, flat=None):
    """Right as it stands; what is wrong is said by whoever calls it."""
    c1, c3, c5, f6 = widths
    rows, columns = (((size - margin) // 2 - margin) // 2 for size in input_shape[:2])
    features = rows * columns * c3 if flat is None else flat
    return (
        c1 * (kernel * input_shape[2] + bias),
        c3 * (kernel * c1 + bias),
        c5 * (features + bias),
        f6 * (c5 + bias),
        classes * (f6 + bias),
    )


# %% no biases
# By how much are your numbers too small, and what has each map and each unit besides?
def lenet_params(input_shape, classes, widths):
    return counts(input_shape, classes, widths, bias=0)


# %% a bias for each input
# How many biases has a kernel that looks at several channels, or a unit that looks at many numbers?
def lenet_params(input_shape, classes, widths):
    _, _, channels = input_shape
    c1, c3, c5, f6 = widths
    _, _, of_c5, _, _ = counts(input_shape, classes, widths, bias=0)
    return (c1 * 26 * channels, c3 * 26 * c1, 2 * of_c5, f6 * 2 * c5, classes * 2 * f6)


# %% one bias for a whole layer
# Does each map have a bias of its own, or the layer one for all?
def lenet_params(input_shape, classes, widths):
    return tuple(count + 1 for count in counts(input_shape, classes, widths, bias=0))


# %% kernels without depth
# At how many maps does a kernel of C3 look at once, so that C3 has 2416 weights?
def lenet_params(input_shape, classes, widths):
    c1, c3, _, _ = widths
    return (c1 * 26, c3 * 26, *counts(input_shape, classes, widths)[2:])


# %% grey pictures only
# What does a kernel of C1 look at where the picture has three channels?
def lenet_params(input_shape, classes, widths):
    return counts((*input_shape[:2], 1), classes, widths)


# %% C3 sees the picture
# What is it that C3 looks at, the picture or the maps of S2?
def lenet_params(input_shape, classes, widths):
    first, _, *rest = counts(input_shape, classes, widths)
    return (first, widths[1] * (25 * input_shape[2] + 1), *rest)


# %% half a row more
# Follow a picture of 23 rows by hand: what does a pooling do with the row that is left over?
def lenet_params(input_shape, classes, widths):
    height, width, _ = input_shape
    sizes = []
    for size in (height, width):
        pooled = -(-(size - 4) // 2)
        sizes.append(-(-(pooled - 4) // 2))
    return counts(input_shape, classes, widths, flat=sizes[0] * sizes[1] * widths[1])


# %% rounded at the end only
# Follow a picture of 25 rows by hand, layer by layer: how many rows do S2 and S4 have?
def lenet_params(input_shape, classes, widths):
    rows, columns = (int(((size - 4) / 2 - 4) / 2 + 0.5) for size in input_shape[:2])
    return counts(input_shape, classes, widths, flat=rows * columns * widths[1])


# %% square pictures only
# What if a picture is wider than high?
def lenet_params(input_shape, classes, widths):
    height, _, channels = input_shape
    return counts((height, height, channels), classes, widths)


# %% nothing lost to the kernels
# How many rows does a 5×5 kernel leave of 32, without padding?
def lenet_params(input_shape, classes, widths):
    return counts(input_shape, classes, widths, margin=0)


# %% one pooling forgotten
# How many rows does each layer of the table have, from the input down to S4?
def lenet_params(input_shape, classes, widths):
    rows, columns = ((size - 4) // 2 - 4 for size in input_shape[:2])
    return counts(input_shape, classes, widths, flat=rows * columns * widths[1])


# %% C5 always sees 400 numbers
# How many numbers are in S4 if the picture has another size, or C3 another number of maps?
def lenet_params(input_shape, classes, widths):
    return counts(input_shape, classes, widths, flat=400)


# %% kernels of 3×3
# How many weights has one kernel, by the first row of the table that has any?
def lenet_params(input_shape, classes, widths):
    return counts(input_shape, classes, widths, kernel=9)


# %% ten classes
# Digits have ten classes; what do other pictures have?
def lenet_params(input_shape, classes, widths):
    return counts(input_shape, 10, widths)


# %% the paper's widths
# Where do the 6, 16, 120 and 84 come from when others are asked for?
def lenet_params(input_shape, classes, widths):
    return counts(input_shape, classes, (6, 16, 120, 84))


# %% the sum
# Five numbers are asked for, one for each layer that has weights.
def lenet_params(input_shape, classes, widths):
    return sum(counts(input_shape, classes, widths))


# %% the numbers of the table
# Your numbers are those of LeNet itself: what do they depend on?
def lenet_params(input_shape, classes, widths):
    return (156, 2416, 48120, 10164, 850)
