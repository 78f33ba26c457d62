# Hands in the notebook of a decade ago.
#
# kinds: function
# wanted: scale passed
import json

import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    old = nbformat.convert(right_notebook(), 3)
    (folder / "eve.ipynb").write_text(json.dumps(old))
