# %%
import keras

# %% no activation in the first layer
# Look at what follows the convolution: an activation.


def small_cnn(input_shape, classes, filters):
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(filters, 3),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
