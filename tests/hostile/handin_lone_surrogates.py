# Hands in text that cannot be written as UTF-8.
#
# kinds: function
# wanted: scale passed
import json

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells[1].source += "\nSTRANGE = '@@'"
    text = json.dumps(document).replace("@@", "\\ud800\\udfff\\ud800")
    (folder / "eve.ipynb").write_text(text)
