# Hands in a hundred megabytes.
#
# kinds: function
# wanted: scale error: is too large
import json

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.metadata["ballast"] = "x" * 100_000_000
    (folder / "eve.ipynb").write_text(json.dumps(document))
