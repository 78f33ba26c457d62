# Hides a program in a Lambda layer, for whoever saves, loads or copies the model.
#
# kinds: model
# wanted: build partial: Lambda
# %% build
def build():
    def program(x):
        os.system("touch /tmp/hostile-lambda")
        return x

    return keras.Sequential(
        [
            keras.Input((4, 4, 1)),
            keras.layers.Flatten(),
            keras.layers.Lambda(program),
            keras.layers.Dense(2),
        ]
    )
