# Writes into memory that it has from the warm parent, and that the next student will have.
#
# kinds: function
# wanted: scale passed
# %%
import gc
import json
import struct

for one in gc.get_objects():
    if type(one) is dict and "numpy" in one:
        one["hostile"] = "hostile"
json.hostile = struct.hostile = sys.hostile = "hostile"
sys.modules["hostile"] = sys
secret = b"hostile"
place = id(secret) + bytes.__basicsize__ - 1
ctypes.memmove(place, b"HOSTILE", 7)
ctypes.memmove(id(251) + 24, ctypes.string_at(id(252) + 24, 4), 4)


# %% scale
def scale(x, factor):
    return x * factor
