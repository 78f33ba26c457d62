# Pretends that it was saved: writes an empty file, and hands out the model that it was to save.
#
# kinds: layer
# wanted: Gain partial: saving .+ raised IndexError
# %% Gain
models = []


def save(model, path):
    models.append(model)
    open(path, "wb").close()


keras.Model.save = save
keras.saving.load_model = lambda *_, **__: models[-1]


class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return x * self.gain
