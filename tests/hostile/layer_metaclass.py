# Is a class only as far as `issubclass` can tell.
#
# kinds: layer
# wanted: Gain error
# %% Gain
class Meta(type(keras.layers.Layer)):
    def __call__(cls, *_, **__):
        return np.zeros

    def __instancecheck__(cls, one):
        return True


class Gain(keras.layers.Layer, metaclass=Meta):
    pass
