# Hands in the cell of an answer three times, with the check in between.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    for number in range(2):
        for cell in document.cells[1:3]:
            again = nbformat.from_dict(dict(cell))
            again.id = f"{cell.id}-{number}"
            document.cells.append(again)
    nbformat.write(document, folder / "eve.ipynb")
