# Hands in ten thousand cells, with the answer in the midst of them.
#
# kinds: function
# wanted: scale passed
import json

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    text = {"cell_type": "markdown", "metadata": {}, "source": "*hostile*"}
    document.cells[1:1] = [text] * 9_990
    (folder / "eve.ipynb").write_text(json.dumps(document))
