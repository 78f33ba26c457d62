# Puts a program where a saved model is opened: in its configuration, its archive, its folder.
#
# kinds: layer
# wanted: Gain passed
# %% Gain
import pickle


class Payload:
    def __reduce__(self):
        return os.system, ("touch /tmp/hostile-saved",)


class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return x * self.gain

    def get_config(self):
        return {**super().get_config(), "name": "../../hostile"}

    @classmethod
    def from_config(cls, config):
        return cls()

    def save_assets(self, folder):
        for place in (folder, "/tmp", KNOWN["temporary"]):
            try:
                with open(f"{place}/hostile.pkl", "wb") as file:
                    pickle.dump(Payload(), file)
            except OSError as error:
                print("refused", error)
