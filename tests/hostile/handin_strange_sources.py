# Hands in cells whose sources, types and ids are no text.
#
# kinds: function
# wanted: scale not attempted
import json

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells[1].source = [{"source": 1}, None, ["def scale"]]
    document.cells[1].cell_type = {"code": "code"}
    document.cells[2].id = ["../../id"]
    document.cells += [None, 1, [], "cell", {"cell_type": "code"}, {"source": "1 / 0"}]
    (folder / "eve.ipynb").write_text(json.dumps(document))
