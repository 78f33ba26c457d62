# Gives its cells the names of others, and other names.
#
# kinds: function
# wanted: scale not attempted
import json

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    for cell, name in zip(document.cells, ("scale", "setup", "../../points"), strict=True):
        cell.id = cell.metadata["nbgrader"]["grade_id"] = name
    (folder / "eve.ipynb").write_text(json.dumps(document))
