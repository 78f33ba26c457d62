# Hands in a device without end; whoever is not root, a socket.
#
# kinds: function
# wanted: scale error: is a device or pipe
import os
import socket
import stat


def hand_in(folder):
    try:
        os.mknod(folder / "eve.ipynb", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        os.chdir(folder)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("eve.ipynb")
