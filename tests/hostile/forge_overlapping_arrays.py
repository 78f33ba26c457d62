# Answers with more arrays than it sends bytes for.
#
# kinds: function
# wanted: scale crashed: answered with arrays of 32 bytes in a body of 16
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
    os.write(3, frame(VALUE, [["float32", [4]]] * 9, bytes(16)))
    return 0
