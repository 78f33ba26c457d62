# Hands in the notebook of a decade to come.
#
# kinds: function
# wanted: scale passed
import json

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.nbformat_minor = 99
    (folder / "eve.ipynb").write_text(json.dumps(document))
