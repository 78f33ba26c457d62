# Asks the judge for the right answer instead of giving one.
#
# kinds: function
# wanted: scale crashed: the answer was no observation of a call
# %% scale
import json
import struct


def header(document, body=b""):
    return struct.pack("<IQ", len(document), len(body))


def frame(value, arrays, body=b""):
    document = json.dumps({"value": value, "arrays": arrays}).encode()
    return header(document, body) + document + body


def scale(x, factor):
    os.write(3, frame({"ask": "scale", "args": [1, 2]}, []))
    return 0
