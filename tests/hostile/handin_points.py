# Raises its points, unlocks what is locked, and grades itself.
#
# kinds: function
# wanted: scale failed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells[1].source = "def scale(x, factor):\n    return x"
    for cell in document.cells:
        cell.metadata["nbgrader"] |= {"points": 1e6, "locked": False, "grade": True, "score": 1e6}
        cell.metadata["nbgrader"] |= {"solution": True, "task": True, "max_score": 1e6}
    document.metadata["autograder"] = {"score": 1e6, "verdicts": ["passed"]}
    nbformat.write(document, folder / "eve.ipynb")
