# Answers with a shape of more elements than there are atoms, and no bytes.
#
# kinds: function
# wanted: scale crashed: answered with arrays of \d+ bytes in a body of 0
# %% scale
import json
import struct

VALUE = {"outcome": "returned", "value": {"$array": 0}, "stdout": ""}


def header(document, body=b""):
    return struct.pack("<IQ", len(document), len(body))


def frame(value, arrays, body=b""):
    document = json.dumps({"value": value, "arrays": arrays}).encode()
    return header(document, body) + document + body


def scale(x, factor):
    os.write(3, frame(VALUE, [["float32", [1 << 26] * 8]]))
    return 0
