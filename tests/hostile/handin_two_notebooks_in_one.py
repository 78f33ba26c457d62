# Hands in one name twice: a parser takes the first cells, another the last.
#
# kinds: function
# wanted: scale failed
import json

import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    right, wrong = right_notebook(), right_notebook()
    wrong.cells[1].source = "def scale(x, factor):\n    return x"
    cells = json.dumps(wrong.cells)
    text = nbformat.writes(right).rstrip().removesuffix("}") + f', "cells": {cells}}}'
    (folder / "eve.ipynb").write_text(text)
