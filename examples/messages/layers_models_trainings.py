# %% [markdown]
# ## Layers

# %% Scale: no layer
def Scale(times):
    return keras.layers.Rescaling(times)

# %% Scale: no weight
class Scale(keras.layers.Layer):
    def __init__(self, times=1, **kwargs):
        super().__init__(**kwargs)
        self.times = times

    def call(self, x):
        return x

# %% Scale: a weight of another shape
class Scale(keras.layers.Layer):
    def __init__(self, times=1, **kwargs):
        super().__init__(**kwargs)
        self.times = times

    def build(self, input_shape):
        self.factor = self.add_weight(name="factor", shape=())

    def call(self, x):
        return self.times * self.factor * x

    def get_config(self):
        return {**super().get_config(), "times": self.times}

# %% Scale: a weight that is not trained
class Scale(keras.layers.Layer):
    def __init__(self, times=1, **kwargs):
        super().__init__(**kwargs)
        self.times = times

    def build(self, input_shape):
        self.factor = self.add_weight(name="factor", shape=input_shape[-1:], trainable=False)

    def call(self, x):
        return self.times * self.factor * x

    def get_config(self):
        return {**super().get_config(), "times": self.times}

# %% Scale: another output
class Scale(keras.layers.Layer):
    def __init__(self, times=1, **kwargs):
        super().__init__(**kwargs)
        self.times = times

    def build(self, input_shape):
        self.factor = self.add_weight(name="factor", shape=input_shape[-1:])

    def call(self, x):
        return self.factor * x

    def get_config(self):
        return {**super().get_config(), "times": self.times}

# %% Scale: no gradient
class Scale(keras.layers.Layer):
    def __init__(self, times=1, **kwargs):
        super().__init__(**kwargs)
        self.times = times

    def build(self, input_shape):
        self.factor = self.add_weight(name="factor", shape=input_shape[-1:])

    def call(self, x):
        return self.times * self.factor * keras.ops.stop_gradient(x)

    def get_config(self):
        return {**super().get_config(), "times": self.times}

# %% [markdown]
# ## Models

# %% build: no model
def build(features, units):
    return units

# %% build: another row
def build(features, units):
    return keras.Sequential(
        [keras.Input((features,)), keras.layers.Dense(units), keras.layers.Activation("linear")]
    )

# %% build: other weights
def build(features, units):
    return keras.Sequential(
        [keras.Input((features,)), keras.layers.Dense(units, use_bias=False)]
    )

# %% build: another activation
def build(features, units):
    return keras.Sequential(
        [keras.Input((features,)), keras.layers.Dense(units, activation="relu")]
    )

# %% [markdown]
# ## Training

# %% train: no model
def train(images, labels):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    pass
    return model.get_weights()

# %% train: another model
def train(images, labels):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, use_bias=False)])
    pass
    return model

# %% train: another shape
def train(images, labels):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(4)])
    pass
    return model

# %% train: another activation
def train(images, labels):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "relu")])
    pass
    return model

# %% train: not trained
def train(images, labels):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    model.layers[0].set_weights([np.zeros((2, 3)), np.zeros(3)])
    return model

# %% train: no numbers
def train(images, labels):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    model.set_weights([np.full((2, 3), np.nan), np.zeros(3)])
    return model
