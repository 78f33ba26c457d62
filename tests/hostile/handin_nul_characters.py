# Hands in code with zero bytes and marks that turn text around.
#
# kinds: function
# wanted: scale error
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells[1].source += "\nSTRANGE = '\x00\u202e\x1b[2J\ufeff'"
    nbformat.write(document, folder / "eve.ipynb")
