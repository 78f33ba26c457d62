# %%
from keras import layers, ops


class Right(layers.Layer):
    """Right as it stands; what is wrong is written into subclasses."""

    trained = False

    def __init__(self, momentum=0.9, epsilon=0.001, **kwargs):
        super().__init__(**kwargs)
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, input_shape):
        shape, trained = (input_shape[-1],), self.trained
        self.moving_mean = self.add_weight(
            name="moving_mean", shape=shape, initializer="zeros", trainable=trained
        )
        self.moving_variance = self.add_weight(
            name="moving_variance", shape=shape, initializer="ones", trainable=trained
        )

    def axes(self, x):
        return tuple(range(len(x.shape) - 1))

    def moments(self, x):
        return ops.mean(x, self.axes(x)), ops.var(x, self.axes(x))

    def count(self, x):
        numbers = 1
        for size in x.shape[:-1]:
            numbers *= size
        return numbers

    def divide(self, x, variance):
        return x / ops.sqrt(variance + self.epsilon)

    def remember(self, mean, variance):
        old, new = self.momentum, 1 - self.momentum
        self.moving_mean.assign(old * self.moving_mean + new * mean)
        self.moving_variance.assign(old * self.moving_variance + new * variance)

    def learn(self, x):
        mean, variance = self.moments(x)
        self.remember(mean, variance)
        return self.divide(x - mean, variance)

    def apply(self, x):
        return self.divide(x - self.moving_mean, self.moving_variance)

    def call(self, x, training=False):
        return self.learn(x) if training else self.apply(x)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum, "epsilon": self.epsilon}


# %% epsilon outside the root
# Where does epsilon stand in the formula, below the root or beside it?
class Standardize(Right):
    def divide(self, x, variance):
        return x / (ops.sqrt(variance) + self.epsilon)


# %% epsilon outside the root while it learns
# Where does epsilon stand in the formula, and is it the same in both modes?
class Standardize(Right):
    def learn(self, x):
        mean, variance = self.moments(x)
        self.remember(mean, variance)
        return (x - mean) / (ops.sqrt(variance) + self.epsilon)


# %% epsilon outside the root afterwards
# Where does epsilon stand in the formula, and is it the same in both modes?
class Standardize(Right):
    def apply(self, x):
        return (x - self.moving_mean) / (ops.sqrt(self.moving_variance) + self.epsilon)


# %% no epsilon
# What is divided by where all numbers of a channel are equal?
class Standardize(Right):
    def divide(self, x, variance):
        return x / ops.sqrt(variance)


# %% no epsilon while it learns
# Compare what you divide by in the two modes: what is added to the variance?
class Standardize(Right):
    def learn(self, x):
        mean, variance = self.moments(x)
        self.remember(mean, variance)
        return (x - mean) / ops.sqrt(variance)


# %% no epsilon afterwards
# Compare what you divide by in the two modes: what is added to the variance?
class Standardize(Right):
    def apply(self, x):
        return (x - self.moving_mean) / ops.sqrt(self.moving_variance)


# %% an epsilon of its own
# Which epsilon does your layer use, one of its own or the one that it was made with?
class Standardize(Right):
    def divide(self, x, variance):
        return x / ops.sqrt(variance + 0.001)


# %% no root
# Is what you divide by a variance or a standard deviation?
class Standardize(Right):
    def divide(self, x, variance):
        return x / (variance + self.epsilon)


# %% no root afterwards
# Is what is in memory a variance or a standard deviation, and what do you divide by?
class Standardize(Right):
    def apply(self, x):
        return (x - self.moving_mean) / (self.moving_variance + self.epsilon)


# %% the mean is not subtracted
# What is the mean of each channel of your result, and what should it be?
class Standardize(Right):
    def learn(self, x):
        mean, variance = self.moments(x)
        self.remember(mean, variance)
        return self.divide(x, variance)

    def apply(self, x):
        return self.divide(x, self.moving_variance)


# %% variance corrected by n - 1
# By how many numbers do you divide the sum of squares?
class Standardize(Right):
    def moments(self, x):
        mean, variance = super().moments(x)
        numbers = self.count(x)
        return mean, variance * numbers / (numbers - 1)


# %% the mean of the squares for the variance
# The variance is the mean square of the distance from the mean.
class Standardize(Right):
    def moments(self, x):
        return ops.mean(x, self.axes(x)), ops.mean(ops.square(x), self.axes(x))


# %% every place by itself
# Which axes do mean and variance run over, and are rows and columns among them?
class Standardize(Right):
    def learn(self, x):
        mean, variance = ops.mean(x, 0), ops.var(x, 0)
        self.remember(ops.mean(mean, self.axes(x)[:-1]), ops.mean(variance, self.axes(x)[:-1]))
        return self.divide(x - mean, variance)


# %% every picture by itself
# Which axes do mean and variance run over, and is the pictures' axis among them?
class Standardize(Right):
    def learn(self, x):
        if len(x.shape) == 2:
            return super().learn(x)
        mean, variance = ops.mean(x, (1, 2), keepdims=True), ops.var(x, (1, 2), keepdims=True)
        self.remember(ops.mean(mean, (0, 1, 2)), ops.mean(variance, (0, 1, 2)))
        return self.divide(x - mean, variance)


# %% all channels together
# How many means do you get?
class Standardize(Right):
    def moments(self, x):
        return ops.mean(x), ops.var(x)


# %% after a convolution only
# What if x has shape (N, C), as after a dense layer?
class Standardize(Right):
    def axes(self, x):
        return (0, 1, 2)


# %% reshaped without moving the channels
# Which numbers lie next to each other in x, those of one channel or those of one pixel?
class Standardize(Right):
    def moments(self, x):
        rows = ops.reshape(x, (x.shape[-1], -1))
        return ops.mean(rows, 1), ops.var(rows, 1)


# %% momentum the other way around
# Momentum is how much of the old memory is kept: what weight has the old value?
class Standardize(Right):
    def remember(self, mean, variance):
        new, old = self.momentum, 1 - self.momentum
        self.moving_mean.assign(old * self.moving_mean + new * mean)
        self.moving_variance.assign(old * self.moving_variance + new * variance)


# %% the memory never changes
# What are moving_mean and moving_variance after a call that learns?
class Standardize(Right):
    def remember(self, mean, variance):
        pass


# %% the memory is the last batch
# What becomes of the old memory, and how much of it is kept?
class Standardize(Right):
    def remember(self, mean, variance):
        self.moving_mean.assign(mean)
        self.moving_variance.assign(variance)


# %% only the mean is remembered
# There are two memories: what happens to each of them while it learns?
class Standardize(Right):
    def remember(self, mean, variance):
        super().remember(mean, self.moving_variance)


# %% remembers variance and epsilon
# What exactly goes into moving_variance, by the formula?
class Standardize(Right):
    def remember(self, mean, variance):
        super().remember(mean, variance + self.epsilon)


# %% remembers the standard deviation
# What exactly goes into moving_variance, a variance or its root?
class Standardize(Right):
    def remember(self, mean, variance):
        super().remember(mean, ops.sqrt(variance))


# %% remembers a corrected variance
# By how many numbers is the variance divided that you remember?
class Standardize(Right):
    def learn(self, x):
        mean, variance = self.moments(x)
        numbers = self.count(x)
        self.remember(mean, variance * numbers / (numbers - 1))
        return self.divide(x - mean, variance)


# %% the memory used while it learns
# Which mean and which variance does the formula use while it learns, the batch's or the memory's?
class Standardize(Right):
    def learn(self, x):
        self.remember(*self.moments(x))
        return self.apply(x)


# %% training ignored
# What is different when training is true?
class Standardize(Right):
    def call(self, x, training=False):
        return self.apply(x)


# %% learns all the time
# What is different when training is false?
class Standardize(Right):
    def call(self, x, training=False):
        return self.learn(x)


# %% remembers all the time
# When does the memory change?
class Standardize(Right):
    def apply(self, x):
        y = super().apply(x)
        self.remember(*self.moments(x))
        return y


# %% the memory is trained
# No gradient changes the memory: what does trainable say?
class Standardize(Right):
    trained = True


# %% get_config forgets epsilon
# Make a second layer from the first one's get_config: are all its options the same?
class Standardize(Right):
    def get_config(self):
        config = super().get_config()
        del config["epsilon"]
        return config


# %% get_config forgets momentum
# Make a second layer from the first one's get_config: are all its options the same?
class Standardize(Right):
    def get_config(self):
        config = super().get_config()
        del config["momentum"]
        return config
