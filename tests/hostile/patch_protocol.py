# Has the protocol itself encode something else than what it is given.
#
# kinds: function
# wanted: scale failed
# %% scale
from autograder import protocol

pack, encode = protocol.pack, protocol.encode
protocol.DTYPES = frozenset({"object", "void"}) | protocol.DTYPES
protocol.MAX_DOCUMENT = protocol.MAX_ARRAYS = 1 << 62
protocol.encode = lambda value: encode({**value, "verdict": "passed", "expected": 0, "points": 100})


def scale(x, factor):
    return x
