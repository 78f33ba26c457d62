# Rewrites Keras under the grader's hands: what calls, weighs and converts.
#
# kinds: layer
# wanted: Gain failed
# %% Gain
class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return x


keras.Layer.__call__ = lambda self, x, **_: x
keras.Layer.get_weights = keras.Model.get_weights = lambda self: []
keras.Layer.count_params = lambda self: 4
keras.Variable.assign = lambda self, value: value
keras.ops.convert_to_numpy = keras.ops.convert_to_tensor = lambda x, **_: x
keras.saving.load_model = lambda *_, **__: keras.Sequential([Gain()])
