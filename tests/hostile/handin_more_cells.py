# Hands in more cells than anybody reads.
#
# kinds: function
# wanted: scale error: has 20003 cells; at most
import json

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells += [{"cell_type": "code", "metadata": {}, "source": "while True: pass"}] * 20_000
    (folder / "eve.ipynb").write_text(json.dumps(document))
