# Answers with a number of three million digits, which takes long to read.
#
# kinds: function
# wanted: scale crashed: answered with not a message
# %% scale
import struct

DIGITS = b'{"value": 1' + b"0" * 3_000_000 + b', "arrays": []}'


def header(document, body=b""):
    return struct.pack("<IQ", len(document), len(body))


def scale(x, factor):
    os.write(3, header(DIGITS) + DIGITS)
    return 0
