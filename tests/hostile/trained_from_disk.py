# Takes weights from files, which run programs where they are read, and from the network.
#
# kinds: trained
# wanted: train failed: ^a hidden case: fewer than 95%
# said: (?s)(refused .+?){4}
# %% train
import pickle


def model():
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


course = KNOWN["course"]
attempt("weights", lambda: np.load(f"{course}/weights.npz", allow_pickle=True))
attempt("a model", lambda: keras.saving.load_model(f"{course}/model.keras"))
attempt("a pickle", lambda: pickle.load(open(f"{course}/model.pkl", "rb")))
attempt("a download", lambda: keras.utils.get_file("weights", "http://192.0.2.1/weights"))
attempt("data", lambda: keras.datasets.mnist.load_data())


def train(images, labels):
    untrained = model()
    untrained.set_weights([np.zeros((16, 2)), np.zeros(2)])
    return untrained
