# %%
import numpy as np


# %% not divided at all
# Are all numbers of your result between 0 and 1?
def prepare(images, highest):
    return np.asarray(images)[..., np.newaxis].astype("float32")


# %% no axis for the channel
# Count the axes of your result: a grey picture has one channel, and the channel has an axis.
def prepare(images, highest):
    return np.asarray(images) / highest


# %% the channel comes first
# Which axis of (N, H, W, 1) is the channel's?
def prepare(images, highest):
    return np.asarray(images)[:, np.newaxis] / highest


# %% height and width mixed up
# Print the shape of a picture that is wider than high, before and after: which axis has its rows?
def prepare(images, highest):
    pictures, rows, columns = np.shape(images)
    return np.reshape(np.asarray(images) / highest, (pictures, columns, rows, 1))


# %% always divided by 255
# Not every picture has bytes: how does your function learn what the highest value is?
def prepare(images, highest):
    return np.asarray(images)[..., np.newaxis] / 255


# %% always divided by 16
# Only the digits of this notebook go up to 16: how does your function learn the highest value?
def prepare(images, highest):
    return np.asarray(images)[..., np.newaxis] / 16


# %% divided by the largest number of all pictures
# A dark picture has to stay dark: look up what highest means.
def prepare(images, highest):
    return np.asarray(images)[..., np.newaxis] / max(np.max(images), 1)


# %% each picture divided by its own largest number
# What becomes of a bright and of a dark picture of the same thing?
def prepare(images, highest):
    images = np.asarray(images)
    brightest = np.maximum(images.max(axis=(1, 2), keepdims=True), 1)
    return (images / brightest)[..., np.newaxis]


# %% stretched from the smallest number to the largest
# What was 0 stays 0, and what was highest becomes 1, whatever else is in the pictures.
def prepare(images, highest):
    images = np.asarray(images, "float32")
    images = images - images.min()
    return (images / max(images.max(), 1))[..., np.newaxis]


# %% divided by one more than the highest
# What does a pixel of the highest value become, and what should it be?
def prepare(images, highest):
    return np.asarray(images)[..., np.newaxis] / (highest + 1)


# %% from -1 to 1
# The text asks for numbers from 0 to 1: what was 0 stays 0.
def prepare(images, highest):
    return np.asarray(images)[..., np.newaxis] / highest * 2 - 1


# %% rounded to black and white
# A pixel of half the highest value becomes one half: where do your fractions go?
def prepare(images, highest):
    return np.round(np.asarray(images) / highest)[..., np.newaxis]


# %% divided as whole numbers
# What does 4 // 16 give, and what 4 / 16?
def prepare(images, highest):
    return (np.asarray(images) // highest)[..., np.newaxis]


# %% float16
# How many digits does your type of number keep, and which type does the text ask for?
def prepare(images, highest):
    return (np.asarray(images) / highest).astype("float16")[..., np.newaxis]
