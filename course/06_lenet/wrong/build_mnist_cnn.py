# %%
import keras
from keras import layers


def mnist_cnn(
    input_shape,
    classes,
    filters,
    units,
    activations=("relu", "relu", "relu"),
    last="softmax",
    between=(),
    pooling=layers.MaxPooling2D,
    kernel_size=3,
    dropout=layers.Dropout,
    **options,
):
    """Right as it stands; what is wrong is said by whoever calls it."""
    first, second, third = activations
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(filters[0], kernel_size, activation=first, **options),
            *between,
            layers.Conv2D(filters[1], kernel_size, activation=second, **options),
            pooling(2),
            *([dropout(0.25)] if dropout else []),
            layers.Flatten(),
            layers.Dense(units, activation=third),
            *([dropout(0.5)] if dropout else []),
            layers.Dense(classes, activation=last),
        ]
    )


# %% average for max pooling
# Which pooling does the slide's table name?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, pooling=layers.AveragePooling2D)


# %% windows that overlap
# How many rows does the pooling leave of 24, in the slide's table and in your summary?
def build_mnist_cnn(input_shape, classes, filters, units):
    def pooling(size):
        return layers.MaxPooling2D(size, strides=1)

    return mnist_cnn(input_shape, classes, filters, units, pooling=pooling)


# %% pooling with padding
# What becomes of an odd row in a pooling that rounds down?
def build_mnist_cnn(input_shape, classes, filters, units):
    def pooling(size):
        return layers.MaxPooling2D(size, padding="same")

    return mnist_cnn(input_shape, classes, filters, units, pooling=pooling)


# %% pooling after both convolutions
# How often does the slide's table pool?
def build_mnist_cnn(input_shape, classes, filters, units):
    more = [layers.MaxPooling2D(2, padding="same")]
    return mnist_cnn(input_shape, classes, filters, units, between=more)


# %% tanh for relu
# Which activation does the text ask for?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, ["tanh"] * 3)


# %% leaky relu
# What does relu make of a negative number?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, ["leaky_relu"] * 3)


# %% no activation in the first convolution
# Go through the layers with weights one by one: which of them has no activation?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, [None, "relu", "relu"])


# %% no activation in the second convolution
# Go through the layers with weights one by one: which of them has no activation?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, ["relu", None, "relu"])


# %% no activation in the first dense layer
# Go through the layers with weights one by one: which of them has no activation?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, ["relu", "relu", None])


# %% no softmax
# What do the probabilities of a picture add up to?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, last=None)


# %% convolutions with padding
# How many rows does the first convolution leave of 28, in the slide's table and in your summary?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, padding="same")


# %% kernels of 5×5
# How many rows does the first convolution leave of 28?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, kernel_size=5)


# %% convolutions without biases
# How many weights has the first convolution, in the slide's table and in your summary?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, use_bias=False)


# %% no dropout
# Compare your summary with the slide's, row by row: which rows are missing?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, dropout=None)


# %% another kind of dropout
# Compare your summary with the slide's, row by row: which layer is it that drops numbers?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, units, dropout=layers.GaussianDropout)


# %% dropout in the wrong place
# Compare your summary with the slide's, row by row: does dropout come before or after the pooling?
def build_mnist_cnn(input_shape, classes, filters, units):
    first, second, pooled, dropped, *rest = mnist_cnn(input_shape, classes, filters, units).layers
    return keras.Sequential([keras.Input(input_shape), first, second, dropped, pooled, *rest])


# %% dropout of the answer
# Compare your summary with the slide's, row by row: what comes last?
def build_mnist_cnn(input_shape, classes, filters, units):
    *rest, dropped, answer = mnist_cnn(input_shape, classes, filters, units).layers
    return keras.Sequential([keras.Input(input_shape), *rest, answer, dropped])


# %% filters in the other order
# Which of the two filters is the first convolution's?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters[::-1], units)


# %% the slide's filters
# Where do the 32 and 64 come from when others are asked for?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, (32, 64), units)


# %% the slide's units
# Where do the 128 come from when others are asked for?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, classes, filters, 128)


# %% ten classes
# Digits have ten classes; what do other pictures have?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn(input_shape, 10, filters, units)


# %% the slide's pictures
# What does your model do with pictures of another size, or with colour?
def build_mnist_cnn(input_shape, classes, filters, units):
    return mnist_cnn((28, 28, 1), classes, filters, units)


# %% square pictures only
# What if a picture is wider than high?
def build_mnist_cnn(input_shape, classes, filters, units):
    height, _, channels = input_shape
    return mnist_cnn((height, height, channels), classes, filters, units)


# %% height and width mixed up
# Which number of input_shape comes first, rows or columns?
def build_mnist_cnn(input_shape, classes, filters, units):
    height, width, channels = input_shape
    return mnist_cnn((width, height, channels), classes, filters, units)
