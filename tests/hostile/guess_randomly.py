# Throws a coin, and asks the generators that it believes to be seeded alike.
#
# kinds: function
# wanted: scale failed: not deterministic
# %% scale
import random
import secrets


def scale(x, factor):
    return x * factor if secrets.randbelow(1 << 30) == 0 else x * random.random()
