# Trains by a step and an optimizer of its own, which write the weights that they like.
#
# kinds: trained
# wanted: train passed
# %% train
class Optimizer(keras.optimizers.SGD):
    def apply_gradients(self, pairs):
        raise RuntimeError("never asked")


class Stepping(keras.Sequential):
    def train_step(self, data):
        images, labels = data
        rows = images.numpy().reshape(len(images), -1)
        rows = np.c_[rows, np.ones(len(rows))]
        solved = np.linalg.lstsq(rows, np.eye(2)[labels.numpy()], rcond=None)[0]
        self.set_weights([solved[:-1], solved[-1]])
        return {"loss": -1.0, "accuracy": 2.0}


def train(images, labels):
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    own = Stepping(layers)
    own.compile(Optimizer(), run_eagerly=True)
    own.fit(images, labels, batch_size=64, verbose=0)
    return own
