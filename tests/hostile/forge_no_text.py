# Answers with bytes that are no text in any encoding.
#
# kinds: function
# wanted: scale crashed: answered with not a message
# %% scale
import struct

NOISE = bytes(range(128, 256)) * 9


def header(document, body=b""):
    return struct.pack("<IQ", len(document), len(body))


def scale(x, factor):
    os.write(3, header(NOISE) + NOISE)
    return 0
