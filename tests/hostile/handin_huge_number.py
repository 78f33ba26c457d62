# Hands in a number of a million digits, which takes long to read.
#
# kinds: function
# wanted: scale error: eve.ipynb
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    text = nbformat.writes(right_notebook()).replace(
        '"nbformat": 4', '"nbformat": 4' + "0" * 1_000_000
    )
    (folder / "eve.ipynb").write_text(text)
