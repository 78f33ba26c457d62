# Has a callback end the program in the middle of an epoch.
#
# kinds: trained
# wanted: train crashed: ^a hidden case: crashed
# %% train
def model():
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


class Killing(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        os.kill(os.getpid(), 9)


def train(images, labels):
    own = model()
    own.compile("sgd", "mse", run_eagerly=True)
    own.fit(images, np.eye(2)[labels], callbacks=[Killing()], verbose=0)
    return own
