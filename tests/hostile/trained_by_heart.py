# Learns the images that it is given by heart, and nothing about others.
#
# kinds: trained
# wanted: train failed: ^a hidden case: unfit weights
# %% train
class ByHeart(keras.Model):
    def __init__(self, images, labels):
        super().__init__()
        self.known = {image.tobytes(): label for image, label in zip(images, labels)}

    def call(self, images):
        return np.eye(2)[[self.known.get(image.numpy().tobytes(), 0) for image in images]]


def train(images, labels):
    return ByHeart(images, labels)
