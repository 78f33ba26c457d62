# Announces an answer of exabytes.
#
# kinds: function
# wanted: scale crashed: answered with a message of \d+ bytes
# %% scale
import struct


def scale(x, factor):
    os.write(3, struct.pack("<IQ", 100, 1 << 60))
    return 0
