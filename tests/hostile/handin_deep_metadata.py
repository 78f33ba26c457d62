# Hands in metadata nested as deep as a parser bears, at which copies end.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    deep = "[" * 900 + "]" * 900
    text = nbformat.writes(right_notebook())
    text = text.replace('"nbgrader": {', f'"nbgrader": {{"deep": {deep},')
    (folder / "eve.ipynb").write_text(text)
