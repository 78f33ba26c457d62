# Answers with a document nested a million deep, for parsers that recurse.
#
# kinds: function
# wanted: scale crashed: answered with not a message
# %% scale
import struct

DEEP = b"[" * (1 << 20)


def header(document, body=b""):
    return struct.pack("<IQ", len(document), len(body))


def scale(x, factor):
    os.write(3, header(DEEP) + DEEP)
    return 0
