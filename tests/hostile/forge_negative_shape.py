# Answers with a negative size, so that lengths seem to fit.
#
# kinds: function
# wanted: scale crashed: answered with a size is out of range
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
    os.write(3, frame(VALUE, [["float32", [-1, -4]]], bytes(16)))
    return 0
