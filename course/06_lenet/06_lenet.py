# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # LeNet
#
# In 1989 a group at Bell Labs taught a network to read the zip codes on American letters, and in
# 1998 Yann LeCun, Léon Bottou, Yoshua Bengio and Patrick Haffner published the network that it had
# become: **LeNet-5**. A system around it was by then reading several million cheques a day. It had
# 60,000 weights, and every idea of the networks that came later is in it: kernels that are learnt,
# maps that get smaller and more numerous, and a classifier at the end. In this notebook you build
# it in Keras, piece by piece, count its weights, and train a small one to read digits.
#
# ![LeNet: two convolutions, two poolings, three fully connected layers](figures/network.png)
#
# **How it works.** As in *Convolution*: replace `raise NotImplementedError()` by your code, run the
# cell, then run the `check` cell below it. Some exercises are worth points for each of several
# parts, and the check says which of them are right. Your instructor also tries inputs that you do
# not see here, so write for every size, and let nothing depend on the numbers of one example.
#
# Use Keras's layers and `keras.ops`, which has NumPy's functions for tensors (`ops.sum`,
# `ops.reshape`, `ops.sqrt`, …). Then your code runs on TensorFlow, JAX and PyTorch alike.
#
# **Where the numbers come from.** S0 to S4 are five public lectures: S0 is Rowel Atienza's
# *Convolutional Neural Network* (University of the Philippines, 2022), S1 *Lecture 14:
# Convolutional Neural Networks* of ECE 4252/8803 (2024), S2 Karan Taneja's tutorial for CS419
# (2018), S3 the slides of DSE 220, and S4 Hao Dong's *Convolutional Neural Networks* (Peking
# University, 2019). "The paper" is LeCun, Bottou, Bengio and Haffner, *Gradient-based learning
# applied to document recognition*, Proceedings of the IEEE 86 (11), 1998.

# %%
import keras
import numpy as np
from keras import layers, ops
from sklearn.datasets import load_digits

import autograder

check = autograder.load("06_lenet")

# %% [markdown]
# The next cell loads 1797 digits that come with scikit-learn, and defines `show(picture, …)`, which
# draws pictures side by side. Thirteen people wrote them. Each was scanned with 32×32 pixels,
# which is the size that LeNet-5 reads, and divided into blocks of 4×4; a digit here is a table of
# 8×8 numbers from 0 to 16 that say **how many pixels of each block are black**. Just run it.


# %%
def show(*pictures, zoom=6):
    """Draw grey pictures side by side, each from its smallest (white) to its largest number."""
    import struct
    import zlib

    from IPython.display import Image, display

    height = max(len(picture) for picture in pictures)
    tiles = []
    for picture in map(np.asarray, pictures):
        grey = 255 - 255 * (picture - picture.min()) / max(np.ptp(picture), 1e-9)
        below = height - len(picture)
        tiles.append(np.pad(grey, ((0, below), (0, 2)), constant_values=255))
    pixels = np.kron(np.hstack(tiles), np.ones((zoom, zoom))).astype(np.uint8)
    size = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row.tobytes() for row in pixels))
    png = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", size), (b"IDAT", data), (b"IEND", b"")):
        checksum = struct.pack(">I", zlib.crc32(kind + body))
        png += struct.pack(">I", len(body)) + kind + body + checksum
    display(Image(data=png))


digits = load_digits()
show(*digits.images[:10])
print("labels:", *digits.target[:10])
print(digits.images[0].astype(int))

# %% [markdown]
# ## 1. Pictures as a network wants them
#
# A network wants small real numbers, and an axis for the channels, even if there is one channel
# only. So each grey value is divided by the highest one that there can be: 16 for these digits, 255
# for pictures of bytes, such as MNIST's. What was 0 stays 0, and what was the highest becomes 1.
#
# **By hand**, highest value 16: $\begin{pmatrix} 0 & 4 \\ 8 & 16 \end{pmatrix}$ becomes
# $\begin{pmatrix} 0 & 0.25 \\ 0.5 & 1 \end{pmatrix}$, and its shape, $(2, 2)$, becomes $(2, 2, 1)$.
#
# The highest value of *these* pictures is something else: a photograph taken at night may have no
# bright pixel, and has to stay dark.


# %%
def prepare(images, highest):
    """Scale grey pictures to numbers from 0 to 1, and give them a channel.

    Args:
        images: array of shape (N, H, W), whole numbers from 0 to highest
        highest: int, what white or black is in this kind of picture

    Returns:
        array of float32, shape (N, H, W, 1)
    """
    ### BEGIN SOLUTION
    return np.float32(images / highest)[..., np.newaxis]
    ### END SOLUTION


# %%
check("prepare")

# %% [markdown]
# ## 2. A layer of your own: subsampling
#
# A Keras layer is a class with four methods. The one in the next cell multiplies each channel by a
# number of its own, its `factor`, which is learnt.
#
# | method | when | what for |
# |---|---|---|
# | `__init__` | the layer is made | keeps the options, here `start` |
# | `build` | it first sees the shape of its input | makes the weights, with `self.add_weight` |
# | `call` | each time | computes the output |
# | `get_config` | the model is saved | returns the options, so that `Scale(**config)` is the same |


# %%
class Scale(layers.Layer):
    """Multiply each channel by a factor that is learnt.

    Args:
        start: the factors before anything is learnt.
    """

    def __init__(self, start=1.0, **kwargs):
        super().__init__(**kwargs)
        self.start = start

    def build(self, input_shape):
        self.factor = self.add_weight(
            name="factor",
            shape=(input_shape[-1],),
            initializer=keras.initializers.Constant(self.start),
        )

    def call(self, x):
        return self.factor * x

    def get_config(self):
        return {**super().get_config(), "start": self.start}


scale = Scale(start=3.0)
print("ones become", ops.convert_to_numpy(scale(np.ones((1, 1, 1, 4), "float32"))))
print("weights:", [(weight.name, tuple(weight.shape)) for weight in scale.weights])
print("config:", scale.get_config()["start"])

# %% [markdown]
# Slide S3 says of pooling that it makes the representation smaller and works on each map on its
# own. LeNet-5's pooling, called **subsampling**, does a little more. It adds up the numbers of each
# window, multiplies the sum by a **coefficient** and adds a **bias**. Each channel has one
# coefficient and one bias, and both are learnt: the layer can choose to take the mean, to amplify,
# or to turn the sign.
#
# $$y_{i,j,c} = \text{coefficient}_c \cdot
# \sum_{a=0}^{p_h-1} \sum_{b=0}^{p_w-1} x_{i\,p_h + a,\; j\,p_w + b,\; c} + \text{bias}_c$$
#
# The window has $p_h$ rows and $p_w$ columns and moves on by its own size, so windows do not
# overlap. Rows and columns that do not fill a window are left out.
#
# ![Sums of four windows, coefficient and bias; mean and maximum](figures/subsampling.png)
#
# **By hand** (slide S3's picture, coefficient 0.25, bias 1): the window at the upper left has the
# sum $1 + 1 + 5 + 6 = 13$, so $y_{0,0} = 0.25 \cdot 13 + 1 = 4.25$. All four are
# $\begin{pmatrix} 4.25 & 6.25 \\ 3 & 3 \end{pmatrix}$. Max pooling, on the slide, gives
# $\begin{pmatrix} 6 & 8 \\ 3 & 4 \end{pmatrix}$.
#
# The paper's layer S2 has six maps, so $6 \cdot 2 = 12$ weights, and S4 sixteen, so 32. (There a
# squashing function follows. Here it does not.)
#
# `pool_size` is a tuple $(p_h, p_w)$, or one int for both. The weights are to be called
# `coefficient` and `bias`, each of shape $(C,)$. How they start is up to you. What is checked, each
# on its own: the weights, the output, the gradients that come of it (Keras finds them by itself as
# long as you compute with `ops`), `get_config`, and that a saved model can be loaded again.


# %%
class Subsampling(layers.Layer):
    """Sum each window, times the channel's coefficient, plus the channel's bias.

    Args:
        pool_size: int, or tuple (rows, columns): the window, and how far it moves

    Shapes:
        input: (N, H, W, C)
        output: (N, H // rows, W // columns, C)
    """

    def __init__(self, pool_size=(2, 2), **kwargs):
        super().__init__(**kwargs)
        ### BEGIN SOLUTION
        self.pool_size = (pool_size, pool_size) if isinstance(pool_size, int) else tuple(pool_size)
        ### END SOLUTION

    def build(self, input_shape):
        ### BEGIN SOLUTION
        channels = (input_shape[-1],)
        self.coefficient = self.add_weight(name="coefficient", shape=channels, initializer="ones")
        self.bias = self.add_weight(name="bias", shape=channels, initializer="zeros")
        ### END SOLUTION

    def call(self, x):
        ### BEGIN SOLUTION
        rows, columns = self.pool_size
        sums = rows * columns * ops.average_pool(x, self.pool_size, strides=self.pool_size)
        return self.coefficient * sums + self.bias
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        return {**super().get_config(), "pool_size": self.pool_size}
        ### END SOLUTION


# %%
check("Subsampling")

# %% [markdown]
# ## 3. Sixty thousand weights
#
# Here is the network as it is built today. $C$ layers convolve with 5×5 kernels, stride 1, without
# padding; $S$ layers take the mean of 2×2 windows, and have no weights; then everything is put
# into one long row (**flattened**), and the rest is fully connected.
#
# | layer | output | weights |
# |---|---|---|
# | input | 32×32×1 | |
# | C1, 6 maps | 28×28×6 | $6 \cdot (5 \cdot 5 \cdot 1 + 1) = 156$ |
# | S2 | 14×14×6 | 0 |
# | C3, 16 maps | 10×10×16 | $16 \cdot (5 \cdot 5 \cdot 6 + 1) = 2416$ |
# | S4 | 5×5×16 | 0 |
# | flattened | 400 | 0 |
# | C5, 120 units | 120 | $120 \cdot (400 + 1) = 48\,120$ |
# | F6, 84 units | 84 | $84 \cdot (120 + 1) = 10\,164$ |
# | output, 10 classes | 10 | $10 \cdot (84 + 1) = 850$ |
#
# Together **61,706**. The paper's network has 60,000, and you can see where the rest is: its S
# layers have the 12 and 32 weights of exercise 2, its C3 connects each map with some maps of S2
# only (1516 weights), and its output does not learn: $12 + 32 - 900 - 850 = -1706$.
#
# A convolution's weights do not depend on the size of the picture; C5's do, because it looks at
# every number of S4. So a 28×28 picture, as MNIST has them, makes the same C1 and C3, but only
# 4×4×16 numbers for C5 to look at, and 44,426 weights in all.
#
# Write this down for every input, number of classes and widths. `widths` says how many maps and
# units C1, C3, C5 and F6 have. Heights and widths that are odd lose a row or column to the pooling,
# which rounds down.


# %%
def lenet_params(input_shape, classes, widths):
    """Count the weights of LeNet's five layers that have any.

    Args:
        input_shape: tuple (H, W, channels)
        classes: int
        widths: tuple of four ints: maps of C1 and C3, units of C5 and F6

    Returns:
        tuple of five ints: weights of C1, C3, C5, F6 and the output layer
    """
    ### BEGIN SOLUTION

    def pooled(size):
        return (size - 4) // 2

    height, width, channels = input_shape
    c1, c3, c5, f6 = widths
    rows, columns = pooled(pooled(height)), pooled(pooled(width))
    return (
        c1 * (25 * channels + 1),
        c3 * (25 * c1 + 1),
        c5 * (rows * columns * c3 + 1),
        f6 * (c5 + 1),
        classes * (f6 + 1),
    )
    ### END SOLUTION


# %%
check("lenet_params")

# %% [markdown]
# ## 4. LeNet
#
# Now the network itself, as a function that builds it, for any input, number of classes and widths.
# After C1, C3, C5 and F6 comes the **hyperbolic tangent**, $\tanh$, which squashes every number to
# between −1 and 1; after the output comes **softmax**, which makes probabilities of the classes'
# scores $s$: none is negative, and together they are 1.
#
# $$p_k = \frac{e^{s_k}}{\sum_{j} e^{s_j}}$$
#
# Use `keras.Sequential`, or the functional way, as you like; begin with `keras.Input(input_shape)`,
# so that the sizes are known at once. Use `layers.AveragePooling2D` where the table of exercise 3
# says S, and give each activation to its layer, as in `layers.Conv2D(…, activation="tanh")`: then
# `summary()` has exactly the eight rows
# `Conv2D, AveragePooling2D, Conv2D, AveragePooling2D, Flatten, Dense, Dense, Dense`. That is the
# first half of the points. The names of the layers are yours.
#
# For the other half the check puts weights of its own into your model, layer by layer, and looks at
# the probabilities.


# %%
def build_lenet(input_shape, classes, widths):
    """Build LeNet.

    Args:
        input_shape: tuple (H, W, channels)
        classes: int
        widths: tuple of four ints: maps of C1 and C3, units of C5 and F6

    Returns:
        keras.Model from (N, H, W, channels) to probabilities (N, classes)
    """
    ### BEGIN SOLUTION
    c1, c3, c5, f6 = widths
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(c1, 5, activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Conv2D(c3, 5, activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(c5, activation="tanh"),
            layers.Dense(f6, activation="tanh"),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %%
check("build_lenet")

# %% [markdown]
# This cell is yours: look at the summary. What becomes of it with colour? With half the widths?
# What does Keras say of a picture of 12×12, and why?

# %% open=true
lenet = build_lenet((32, 32, 1), 10, (6, 16, 120, 84))
lenet.summary()

# %% [markdown]
# ## 5. The network of the slide
#
# Slide S3 prints the summary of another network for digits, which came with Keras as an example and
# which, for many people, was the first that they trained:
#
# | Layer (type) | Output Shape | Param # |
# |---|---|---:|
# | conv2d_1 (Conv2D) | (None, 26, 26, 32) | 320 |
# | conv2d_2 (Conv2D) | (None, 24, 24, 64) | 18496 |
# | max_pooling2d_1 (MaxPooling2D) | (None, 12, 12, 64) | 0 |
# | dropout_1 (Dropout) | (None, 12, 12, 64) | 0 |
# | flatten_1 (Flatten) | (None, 9216) | 0 |
# | dense_1 (Dense) | (None, 128) | 1179776 |
# | dropout_2 (Dropout) | (None, 128) | 0 |
# | dense_2 (Dense) | (None, 10) | 1290 |
#
# Total params: 1,199,882. That is twenty times LeNet, and nearly all of it is one layer.
#
# Read the table like a detective. The picture was 28×28, and 26 is left: which kernel, which
# padding? $320 = 32 \cdot (\,? + 1)$ tells how many channels the picture had. `None` is the size of
# the batch, which may be any.
#
# What the table does not tell: the activations are **relu**, $\max(x, 0)$, in both convolutions and
# in the first dense layer, and softmax in the last; dropout rates are 0.25 and 0.5. (**Dropout**
# sets random numbers to 0 while the network learns, and does nothing afterwards, so the rates do
# not show in the check.)
#
# Build it for every input, number of classes, filters and units. The slide's is
# `build_mnist_cnn((28, 28, 1), 10, (32, 64), 128)`. Points as in exercise 4.


# %%
def build_mnist_cnn(input_shape, classes, filters, units):
    """Build the network of slide S3.

    Args:
        input_shape: tuple (H, W, channels)
        classes: int
        filters: tuple of two ints: maps of the two convolutions
        units: int: units of the first dense layer

    Returns:
        keras.Model from (N, H, W, channels) to probabilities (N, classes)
    """
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(filters[0], 3, activation="relu"),
            layers.Conv2D(filters[1], 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(units, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(classes, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %%
check("build_mnist_cnn")

# %% [markdown]
# ## 6. A layer that behaves differently while it learns
#
# "Maintain zero mean and variance of 1 for activation outputs", says slide S0 of **batch
# normalization**: it allows larger learning rates, and made deep networks trainable. Your layer
# does the heart of it. For each channel $c$, over all $m$ numbers that the batch has in it (over
# pictures, rows and columns: all axes but the last),
#
# $$\mu_c = \frac{1}{m} \sum x_{\dots,c} \qquad
# \sigma^2_c = \frac{1}{m} \sum (x_{\dots,c} - \mu_c)^2 \qquad
# y_{\dots,c} = \frac{x_{\dots,c} - \mu_c}{\sqrt{\sigma^2_c + \epsilon}}$$
#
# The small number $\epsilon$ stands **below the root**, so that a channel of equal numbers does not
# divide by 0.
#
# That is what it does *while the network learns* (`training` is true). Afterwards there may be one
# picture only, and a mean over one picture says nothing, so the layer keeps a memory in two weights
# of shape $(C,)$, which no gradient changes (`trainable=False`). While it learns, each call ends
# with
#
# $$\begin{aligned}
# \text{moving\_mean}_c &\leftarrow \text{momentum} \cdot \text{moving\_mean}_c
# + (1 - \text{momentum}) \cdot \mu_c \\
# \text{moving\_variance}_c &\leftarrow \text{momentum} \cdot \text{moving\_variance}_c
# + (1 - \text{momentum}) \cdot \sigma^2_c
# \end{aligned}$$
#
# and when it does not learn, these two take the places of $\mu_c$ and $\sigma^2_c$, and stay as
# they are. (`self.moving_mean.assign(value)` gives a weight a new value.)
#
# ![Two channels before and after, and the moving mean on its way](figures/standardize.png)
#
# **By hand**, one channel, momentum 0.75, $\epsilon = 3$; the memory is 10 for the mean and 5 for
# the variance. The batch is $(1, 3)$: $\mu = 2$, $\sigma^2 = 1$, so $\sqrt{1 + 3} = 2$ and
# $y = (-0.5, 0.5)$. The memory becomes $0.75 \cdot 10 + 0.25 \cdot 2 = 8$ and
# $0.75 \cdot 5 + 0.25 \cdot 1 = 4$.
#
# Not learning, with 10 and 6 in memory: $(1, 4)$ becomes $(1 - 10) / \sqrt{6 + 3} = -3$ and $-2$.
#
# *Three remarks.* Others weight the old value by $1 - \text{momentum}$: PyTorch's momentum 0.1 is
# Keras's 0.9. The original has two more weights, which scale and shift the result. And Keras has
# this layer, `keras.layers.BatchNormalization`: it is what you are to write, so calling it here is
# **forbidden**, and earns nothing. All of `keras.ops` is yours to use.


# %%
class Standardize(layers.Layer):
    """Give each channel mean 0 and variance 1.

    Args:
        momentum: how much of the old memory is kept at each step
        epsilon: what is added to the variance

    Shapes:
        input: (N, H, W, C), or (N, C) after a dense layer
        output: the same
    """

    def __init__(self, momentum=0.9, epsilon=0.001, **kwargs):
        super().__init__(**kwargs)
        ### BEGIN SOLUTION
        self.momentum = momentum
        self.epsilon = epsilon
        ### END SOLUTION

    def build(self, input_shape):
        ### BEGIN SOLUTION
        memory = {"shape": (input_shape[-1],), "trainable": False}
        self.moving_mean = self.add_weight(name="moving_mean", initializer="zeros", **memory)
        self.moving_variance = self.add_weight(name="moving_variance", initializer="ones", **memory)
        ### END SOLUTION

    def call(self, x, training=False):
        ### BEGIN SOLUTION
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            axes = tuple(range(len(x.shape) - 1))
            mean, variance = ops.mean(x, axes), ops.var(x, axes)
            for memory, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
                memory.assign(self.momentum * memory + (1 - self.momentum) * value)
        return (x - mean) / ops.sqrt(variance + self.epsilon)
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        return {**super().get_config(), "momentum": self.momentum, "epsilon": self.epsilon}
        ### END SOLUTION


# %%
check("Standardize")

# %% [markdown]
# ## 7. How good is it?
#
# A network's answer for a picture is its most probable class. The **accuracy** is the share of
# pictures for which that is the right one.
#
# **By hand**, three pictures of three classes, labels $(0, 1, 2)$:
#
# $$\begin{pmatrix} 0.8 & 0.1 & 0.1 \\ 0.4 & 0.3 & 0.3 \\ 0.3 & 0.3 & 0.4 \end{pmatrix}$$
#
# The answers are 0, 0 and 2. Two of three are right: $0.667$. The third is right though no
# class has more than half.


# %%
def accuracy(probabilities, labels):
    """Say which share of the pictures is recognised.

    Args:
        probabilities: array of shape (N, classes)
        labels: array of shape (N,), the right classes, counted from 0

    Returns:
        float from 0 to 1
    """
    ### BEGIN SOLUTION
    return np.mean(np.argmax(probabilities, axis=1) == labels)
    ### END SOLUTION


# %%
check("accuracy")

# %% [markdown]
# ## 8. Train it
#
# A kernel of 5×5 leaves nothing of an 8×8 picture after two rounds. So here is a little LeNet for
# little pictures, with 3×3 kernels and `padding="same"`:
#
# | layer | output | weights |
# |---|---|---|
# | input | 8×8×1 | |
# | C1: 8 kernels, 3×3, "same", tanh | 8×8×8 | 80 |
# | S2: mean of 2×2 | 4×4×8 | 0 |
# | C3: 16 kernels, 3×3, "same", tanh | 4×4×16 | 1168 |
# | S4: mean of 2×2 | 2×2×16 | 0 |
# | flattened | 64 | 0 |
# | F5: 32 units, tanh | 32 | 2080 |
# | output: 10 classes, softmax | 10 | 330 |
#
# Write a function that builds it, trains it on the pictures that it is given, and returns it. How
# is up to you, but the layers must be these: the check looks at that first. The usual way is
# `model.compile(optimizer, loss)` and `model.fit(…)`; the loss for labels like ours is
# `"sparse_categorical_crossentropy"`, and a batch of 32 pictures at a time does well. The
# optimizer's **learning rate** matters most: far too small and nothing moves, far too large and it
# never settles. The number of **epochs** is how often every picture is looked at. `"adam"` is a
# good optimizer; its usual 0.001 is rather small for so small a network, and takes 30 epochs or
# more.
#
# ![Accuracy by epochs for three learning rates, and the mistakes](figures/learning.png)
#
# **What is checked**: the check hands 1200 of the digits to your function, and counts how many of
# the other 597 the model that it returns recognises. 60% earn the first part, 85% the second. Aim
# at 95%, since other pictures may be a little harder. And these pictures are not quite those that
# you have seen: they are turned by a quarter or more, or mirrored, or shifted, and the classes have
# new numbers, so what the network knows it must have learnt from what it was given. Your
# instructor's are turned and renamed in yet another way.
#
# It takes some seconds; a minute of computing is allowed. Use `verbose=0` for a quiet `fit`.


# %%
def train(images, labels):
    """Train the network of the table.

    Args:
        images: array of float32, shape (N, 8, 8, 1), from 0 to 1
        labels: array of ints, shape (N,), from 0 to 9

    Returns:
        keras.Model, trained
    """
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            layers.Conv2D(8, 3, padding="same", activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Conv2D(16, 3, padding="same", activation="tanh"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(32, activation="tanh"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=15, verbose=0)
    return model
    ### END SOLUTION


# %%
check("train")

# %% [markdown]
# This cell is yours. It recognises fewer of the last 597 digits than the check counted, because
# the check shuffles them: here the first 1200 and the last 597 were written by different people.
# Which does it get wrong, and would you have known? Train on fewer pictures: how many are enough?
# What does a network that learnt upright digits say of digits that are turned,
# `np.rot90(pictures, axes=(1, 2))`? (Slide S0: convolutional networks tolerate shifts and a little
# scaling, but not turning; its remedy is to train with turned pictures too.)

# %% open=true
pictures, labels = prepare(digits.images, 16), digits.target
model = train(pictures[:1200], labels[:1200])
probabilities = model.predict(pictures[1200:], verbose=0)
print(f"{accuracy(probabilities, labels[1200:]):.1%} of the last 597 are recognised")

wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels[1200:])[:10]
print("taken for", *probabilities[wrong].argmax(axis=1), "but they are", *labels[1200:][wrong])
if len(wrong):
    show(*digits.images[1200:][wrong])

# %% [markdown]
# ## MNIST
#
# LeNet-5 learnt from MNIST: 60,000 digits of 28×28 pixels, which the paper's authors made of what
# employees of the Census Bureau and high-school students had written. It got 99.05% of 10,000
# others right, and 99.2% when it also learnt from distorted copies.
#
# If TensorFlow Datasets is installed and has MNIST on your machine, the next cell trains your LeNet
# on some of it. If not, it says so and nothing is lost. With `download=True` it fetches MNIST (11
# MB) first. This part is yours, and not graded: use more pictures and more epochs, put
# `Subsampling` in the place of the pooling or `Standardize` before the activations, and see how
# close to 99% you come.


# %% open=true
def load_mnist(part, count):
    """Some of MNIST's pictures, prepared, and their labels; part is "train" or "test"."""
    import tensorflow_datasets

    data = tensorflow_datasets.load("mnist", split=part, as_supervised=True, download=False)
    pairs = list(data.take(count).as_numpy_iterator())
    images = np.stack([image[..., 0] for image, _ in pairs])
    return prepare(images, 255), np.array([label for _, label in pairs])


try:
    images, labels = load_mnist("train", 6000)
    test_images, test_labels = load_mnist("test", 1000)
except Exception as reason:
    print("MNIST cannot be loaded here:", type(reason).__name__)
else:
    model = build_lenet((28, 28, 1), 10, (6, 16, 120, 84))
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    model.fit(images, labels, batch_size=32, epochs=3, verbose=0)
    probabilities = model.predict(test_images, verbose=0)
    print(f"{accuracy(probabilities, test_labels):.1%} of {len(test_labels)} are recognised")
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != test_labels)[:8]
    show(*test_images[wrong, ..., 0], zoom=3)
    print("taken for", *probabilities[wrong].argmax(axis=1), "but they are", *test_labels[wrong])

# %% [markdown]
# ## What became of it
#
# | LeNet, 1998 | the slide's network, 2015 | what came of it |
# |---|---|---|
# | tanh | relu | relu learns faster in deep networks |
# | mean of a window | its maximum | both are in use |
# | 5×5 kernels | 3×3 kernels | two of 3×3 see as much as one of 5×5, with fewer weights |
# | a small classifier | a large one, with dropout | dropout against learning by heart |
# | 60,000 weights | 1,199,882 | AlexNet, 2012: 60 million |
#
# `cnncourse summary lenet` in a terminal prints the table of exercise 4, and
# `cnncourse summary mnist_cnn --style keras2` that of the slide.
