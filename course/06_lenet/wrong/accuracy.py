# %%
import numpy as np


# %% the number of right answers
# How many of how many: what is the answer for all pictures recognised, whatever their number?
def accuracy(probabilities, labels):
    return np.sum(np.argmax(probabilities, axis=1) == labels)


# %% in per cent
# A share goes from 0 to 1.
def accuracy(probabilities, labels):
    return 100 * np.mean(np.argmax(probabilities, axis=1) == labels)


# %% the share of wrong answers
# Do you count the answers that are right, or those that are not?
def accuracy(probabilities, labels):
    return np.mean(np.argmax(probabilities, axis=1) != labels)


# %% only what has more than one half counts
# The answer is the most probable class, even if no class has more than one half.
def accuracy(probabilities, labels):
    return np.mean(np.asarray(probabilities)[np.arange(len(labels)), labels] > 0.5)


# %% the mean probability of the right class
# A picture is recognised or it is not: where do you decide on one class?
def accuracy(probabilities, labels):
    return np.mean(np.asarray(probabilities)[np.arange(len(labels)), labels])


# %% classes counted from 1
# Which number has the first class, in the labels and in what argmax says?
def accuracy(probabilities, labels):
    return np.mean(np.argmax(probabilities, axis=1) + 1 == labels)


# %% divided by the number of classes
# Right answers of how many: what does each row of probabilities stand for?
def accuracy(probabilities, labels):
    right = np.argmax(probabilities, axis=1) == labels
    return np.sum(right) / np.shape(probabilities)[1]


# %% the least probable class
# Which of its classes does a network mean, the one of the largest or of the smallest probability?
def accuracy(probabilities, labels):
    return np.mean(np.argmin(probabilities, axis=1) == labels)


# %% one answer for all pictures together
# How many answers does your argmax give, one for each picture or one for all?
def accuracy(probabilities, labels):
    return np.mean(np.argmax(probabilities) == labels)


# %% the second best counts too
# A picture is recognised if the right class is the most probable one, and not if it comes second.
def accuracy(probabilities, labels):
    best = np.argsort(probabilities, axis=1)[:, -2:]
    return np.mean((best == np.asarray(labels)[:, np.newaxis]).any(axis=1))


# %% rounded
# Two of three are 0.667, and that is what the function is to return.
def accuracy(probabilities, labels):
    return round(float(np.mean(np.argmax(probabilities, axis=1) == labels)), 1)


# %% the last picture is left out
# How often does your loop run, and how many pictures are there?
def accuracy(probabilities, labels):
    right = 0
    for picture in range(len(labels) - 1):
        right += int(np.argmax(probabilities[picture]) == labels[picture])
    return right / len(labels)
