# Hands in a pipe that nobody writes to: whoever opens it waits.
#
# kinds: function
# wanted: scale error: is a device or pipe
import os


def hand_in(folder):
    os.mkfifo(folder / "eve.ipynb")
