# Answers twice at once, so that the second stands ready for the hidden case.
#
# kinds: function
# wanted: scale crashed: ^a hidden case: crashed$
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
    os.write(3, 2 * frame(VALUE, [["float32", [4]]], np.float32([2, 4, 6, 8]).tobytes()))
    return 0
