# Sends the beginning of an answer and then nothing, so that whoever reads it waits.
#
# kinds: function
# wanted: scale timeout: was still waiting after 2 s
# %% scale
import struct
import time


def scale(x, factor):
    os.write(3, struct.pack("<IQ", 100, 1 << 20) + b'{"value": ')
    time.sleep(600)
