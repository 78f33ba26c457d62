# Makes text of the answer and of the check, and code of what is locked.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    for number, kind in enumerate(("raw", "markdown", "markdown")):
        cell = document.cells[number]
        document.cells[number] = nbformat.from_dict(
            {"id": cell.id, "cell_type": kind, "metadata": cell.metadata, "source": cell.source}
        )
    nbformat.write(document, folder / "eve.ipynb")
