# Hands in JSON nested a million deep, at which parsers end.
#
# kinds: function
# wanted: scale error: eve.ipynb


def hand_in(folder):
    (folder / "eve.ipynb").write_text('{"cells": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}")
