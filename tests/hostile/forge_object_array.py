# Answers with an array of Python objects, whose bytes are pointers.
#
# kinds: function
# wanted: scale crashed: answered with dtype 'object'
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
    os.write(3, frame(VALUE, [["object", [1]]], bytes(8)))
    return 0
