# %%
import keras
from keras import layers


def lenet(
    input_shape,
    classes,
    widths,
    activations=("tanh", "tanh", "tanh", "tanh"),
    last="softmax",
    pooling=layers.AveragePooling2D,
    kernel_size=5,
    flat=layers.Flatten,
    extra=(),
    **options,
):
    """Right as it stands; what is wrong is said by whoever calls it."""
    c1, c3, c5, f6 = widths
    first, second, third, fourth = activations
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(c1, kernel_size, activation=first, **options),
            pooling(2),
            layers.Conv2D(c3, kernel_size, activation=second, **options),
            pooling(2),
            flat(),
            layers.Dense(c5, activation=third),
            *extra,
            layers.Dense(f6, activation=fourth),
            layers.Dense(classes, activation=last),
        ]
    )


# %% max for average pooling
# What do the S layers compute, the mean of a window or its largest number?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, pooling=layers.MaxPooling2D)


# %% windows that overlap
# How many rows are left after S2, in the table and in your summary?
def build_lenet(input_shape, classes, widths):
    def pooling(size):
        return layers.AveragePooling2D(size, strides=1)

    return lenet(input_shape, classes, widths, pooling=pooling)


# %% pooling with padding
# What becomes of an odd row in a pooling that rounds down?
def build_lenet(input_shape, classes, widths):
    def pooling(size):
        return layers.AveragePooling2D(size, padding="same")

    return lenet(input_shape, classes, widths, pooling=pooling)


# %% global pooling for flattening
# How many numbers does C5 look at?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, flat=layers.GlobalAveragePooling2D)


# %% relu for tanh
# Which activation does LeNet have?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, ["relu"] * 4)


# %% sigmoid for tanh
# Which activation does LeNet have?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, ["sigmoid"] * 4)


# %% no activation after C1
# Go through the layers with weights one by one: which of them has no activation?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, [None, "tanh", "tanh", "tanh"])


# %% no activation after C3
# Go through the layers with weights one by one: which of them has no activation?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, ["tanh", None, "tanh", "tanh"])


# %% no activation after C5
# Go through the layers with weights one by one: which of them has no activation?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, ["tanh", "tanh", None, "tanh"])


# %% no activation after F6
# Go through the layers with weights one by one: which of them has no activation?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, ["tanh", "tanh", "tanh", None])


# %% no softmax
# What do the probabilities of a picture add up to?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, last=None)


# %% sigmoid for softmax
# What do the probabilities of a picture add up to?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, last="sigmoid")


# %% convolutions with padding
# How many rows does C1 leave of 32, in the table and in your summary?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, padding="same")


# %% kernels of 3×3
# How many weights has C1, in the table and in your summary?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, kernel_size=3)


# %% convolutions without biases
# How many weights has C1, in the table and in your summary?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, use_bias=False)


# %% widths in the wrong order
# Which of the four widths is C1's, and which is C3's?
def build_lenet(input_shape, classes, widths):
    c1, c3, c5, f6 = widths
    return lenet(input_shape, classes, (c3, c1, f6, c5))


# %% the paper's widths
# Where do the 6, 16, 120 and 84 come from when others are asked for?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, (6, 16, 120, 84))


# %% ten classes
# Digits have ten classes; what do other pictures have?
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, 10, widths)


# %% grey pictures of 32×32
# What does your model do with pictures of another size, or with colour?
def build_lenet(input_shape, classes, widths):
    return lenet((32, 32, 1), classes, widths)


# %% square pictures only
# What if a picture is wider than high?
def build_lenet(input_shape, classes, widths):
    height, _, channels = input_shape
    return lenet((height, height, channels), classes, widths)


# %% height and width mixed up
# Which number of input_shape comes first, rows or columns?
def build_lenet(input_shape, classes, widths):
    height, width, channels = input_shape
    return lenet((width, height, channels), classes, widths)


# %% one layer too many
# Compare your summary with the table, row by row: which layer is in one of them only?
def build_lenet(input_shape, classes, widths):
    more = [layers.Dense(widths[2], activation="tanh")]
    return lenet(input_shape, classes, widths, extra=more)


# %% dropout added
# Compare your summary with the table, row by row: LeNet has eight.
def build_lenet(input_shape, classes, widths):
    return lenet(input_shape, classes, widths, extra=[layers.Dropout(0.5)])


# %% activations in rows of their own
# Give each activation to its layer, so that the summary has eight rows.
def build_lenet(input_shape, classes, widths):
    model = keras.Sequential([keras.Input(input_shape)])
    for layer in lenet(input_shape, classes, widths, [None] * 4).layers:
        model.add(layer)
        if layer.weights and layer.activation is keras.activations.linear:
            model.add(layers.Activation("tanh"))
    return model
