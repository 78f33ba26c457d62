# %%
import tensorflow as tf

# %% bias the wrong way round
# Look at which bias goes to which feature map: the first to the first.


def conv2d_channels(x, kernel, bias):
    return tf.nn.conv2d(x, kernel, strides=1, padding="VALID") + bias[::-1]
