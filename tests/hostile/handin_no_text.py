# Hands in bytes that are no text.
#
# kinds: function
# wanted: scale error: eve.ipynb


def hand_in(folder):
    (folder / "eve.ipynb").write_bytes(b'{"cells": "' + bytes(range(128, 256)) * 100 + b'"}')
