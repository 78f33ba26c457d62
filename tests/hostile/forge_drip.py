# Sends an answer byte by byte, so that no single wait is long.
#
# kinds: function
# wanted: scale timeout: was still waiting after 2 s
# %% scale
import struct
import time


def scale(x, factor):
    os.write(3, struct.pack("<IQ", 1 << 20, 0))
    for _ in range(100_000):
        os.write(3, b" ")
        time.sleep(0.01)
