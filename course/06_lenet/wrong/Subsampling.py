# %%
from keras import layers, ops


class Right(layers.Layer):
    """Right as it stands; what is wrong is written into subclasses."""

    trained = True

    def __init__(self, pool_size=(2, 2), **kwargs):
        super().__init__(**kwargs)
        pair = isinstance(pool_size, list | tuple)
        self.pool_size = tuple(pool_size) if pair else (pool_size, pool_size)

    def build(self, input_shape):
        options = {"shape": self.shape(input_shape), "trainable": self.trained}
        self.coefficient = self.add_weight(name="coefficient", initializer="ones", **options)
        self.bias = self.add_weight(name="bias", initializer="zeros", **options)

    def shape(self, input_shape):
        return (input_shape[-1],)

    def means(self, x):
        return ops.average_pool(x, self.pool_size, self.pool_size)

    def sums(self, x):
        return self.means(x) * (self.pool_size[0] * self.pool_size[1])

    def call(self, x):
        return self.coefficient * self.sums(x) + self.bias

    def get_config(self):
        return {**super().get_config(), "pool_size": self.pool_size}


# %% the mean instead of the sum
# By how much are your numbers too small, if you compare with the size of a window?
class Subsampling(Right):
    def sums(self, x):
        return self.means(x)


# %% the largest instead of the sum
# That is max pooling: what does the formula do with the numbers of a window?
class Subsampling(Right):
    def sums(self, x):
        return ops.max_pool(x, self.pool_size, self.pool_size)


# %% each number of a window overwrites the one before
# Which of a window's numbers are in your result, all of them or the last?
class Subsampling(Right):
    def sums(self, x):
        rows, columns = self.pool_size
        down, right = (x.shape[1] // rows * rows, x.shape[2] // columns * columns)
        for row in range(rows):
            for column in range(columns):
                total = x[:, row:down:rows, column:right:columns]
        return total


# %% windows that overlap
# How far does a window move on, so that no number is used twice?
class Subsampling(Right):
    def sums(self, x):
        return ops.average_pool(x, self.pool_size, 1) * (self.pool_size[0] * self.pool_size[1])


# %% the window's start forgets how far it moves
# In which row of x does the second window begin, and in which the third?
class Subsampling(Right):
    def sums(self, x):
        rows, columns = self.pool_size
        down, right = (x.shape[1] // rows, x.shape[2] // columns)
        total = 0
        for row in range(rows):
            for column in range(columns):
                total = total + x[:, row : row + down, column : column + right]
        return total


# %% the row's number for the column
# Inside a window, which of your two indices counts the rows, and which the columns?
class Subsampling(Right):
    def sums(self, x):
        rows, columns = self.pool_size
        down, right = (x.shape[1] // rows, x.shape[2] // columns)
        x = x[:, : down * rows, : right * columns]
        total = 0
        for row in range(rows):
            for _ in range(columns):
                total = total + x[:, row::rows, row % columns :: columns]
        return total


# %% padded at the border
# What becomes of rows and columns that do not fill a window?
class Subsampling(Right):
    def sums(self, x):
        size = self.pool_size
        return ops.average_pool(x, size, size, "same") * (size[0] * size[1])


# %% square windows only
# What if a window has more columns than rows?
class Subsampling(Right):
    def sums(self, x):
        side = self.pool_size[0]
        return ops.average_pool(x, side, side) * side**2


# %% windows of 2×2 whatever is asked for
# Where does the size of the window come from?
class Subsampling(Right):
    def sums(self, x):
        return ops.average_pool(x, 2, 2) * 4


# %% windows that always move on by 2
# How far does a window of three rows move on?
class Subsampling(Right):
    def sums(self, x):
        return ops.average_pool(x, self.pool_size, 2) * (self.pool_size[0] * self.pool_size[1])


# %% height and width mixed up
# Which of the two numbers of pool_size counts rows, and which axis of x has the rows?
class Subsampling(Right):
    def sums(self, x):
        size = self.pool_size[::-1]
        return ops.average_pool(x, size, size) * (size[0] * size[1])


# %% all channels added up
# How many channels has your result before the coefficient?
class Subsampling(Right):
    def sums(self, x):
        return ops.sum(super().sums(x), axis=-1, keepdims=True)


# %% no bias
# What is added last, after the coefficient?
class Subsampling(Right):
    def call(self, x):
        return self.coefficient * self.sums(x)


# %% the bias twice
# How often is the bias added: what comes of windows of zeros?
class Subsampling(Right):
    def call(self, x):
        return super().call(x) + self.bias


# %% the bias before the coefficient
# What exactly is multiplied by the coefficient in the formula?
class Subsampling(Right):
    def call(self, x):
        return self.coefficient * (self.sums(x) + self.bias)


# %% a bias for every number of the window
# How often is the bias added, once for a window or for each of its numbers?
class Subsampling(Right):
    def call(self, x):
        return self.sums(self.coefficient * x + self.bias)


# %% all biases added up
# Which bias belongs to which channel?
class Subsampling(Right):
    def call(self, x):
        return self.coefficient * self.sums(x) + ops.sum(self.bias)


# %% the first coefficient and bias for all channels
# Which coefficient belongs to which channel?
class Subsampling(Right):
    def call(self, x):
        return self.coefficient[0] * self.sums(x) + self.bias[0]


# %% one coefficient and one bias in all
# How many weights has the paper's S2, for six maps?
class Subsampling(Right):
    def shape(self, input_shape):
        return (1,)


# %% a squashing function behind it
# In the paper a squashing function follows; here it does not.
class Subsampling(Right):
    def call(self, x):
        return ops.tanh(super().call(x))


# %% weights under other names
# What are the two weights to be called, by the exercise?
class Subsampling(Right):
    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.scale = self.add_weight(name="scale", shape=shape, initializer="ones")
        self.offset = self.add_weight(name="offset", shape=shape, initializer="zeros")

    def call(self, x):
        return self.scale * self.sums(x) + self.offset


# %% weights that are not trained
# Both weights are learnt: what does trainable say?
class Subsampling(Right):
    trained = False


# %% no gradient goes back
# Does every step from x to the result use ops, so that Keras can follow it back?
class Subsampling(Right):
    def sums(self, x):
        return super().sums(ops.stop_gradient(x))


# %% get_config forgets pool_size
# Which options does your layer have that Keras's own get_config does not know of?
class Subsampling(Right):
    def get_config(self):
        return layers.Layer.get_config(self)


# %% get_config turns pool_size around
# Make a second layer from the first one's get_config: is its window the same?
class Subsampling(Right):
    def get_config(self):
        return {**super().get_config(), "pool_size": self.pool_size[::-1]}
