# Answers with a pickle that would run a program where it is read.
#
# kinds: function
# wanted: scale crashed: answered with not a message
# %% scale
import pickle
import struct


class Payload:
    def __reduce__(self):
        return os.system, ("touch /tmp/hostile-pickle",)


PICKLE = pickle.dumps({"value": Payload(), "arrays": []})


def header(document, body=b""):
    return struct.pack("<IQ", len(document), len(body))


def scale(x, factor):
    os.write(3, header(PICKLE) + PICKLE)
    return 0
