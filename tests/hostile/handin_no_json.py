# Hands in a program under a notebook's name.
#
# kinds: function
# wanted: scale error: eve.ipynb


def hand_in(folder):
    (folder / "eve.ipynb").write_text("#!/bin/sh\ntouch /tmp/hostile-program\n")
