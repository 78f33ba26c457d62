"""A student's notebook, made from the released one."""

import ast
import copy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent


class Notebook:
    """A student's notebook: the released one, to be written into."""

    def __init__(self, release: NotebookNode) -> None:
        self.node = copy.deepcopy(release)

    @property
    def cells(self) -> list[NotebookNode]:
        return self.node.cells

    def find(self, grade_id: str) -> int:
        """The place of a cell."""
        ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in self.cells]
        return ids.index(grade_id)

    def answer(self, check: str, source: str) -> None:
        """Write into the solution cell of a check."""
        self.cells[self.find(f"{check}-solution")].source = source.strip()

    def add(self, source: str, place: int | None = None) -> None:
        """Insert a cell of the student's own, by default after the setup."""
        place = self.find("setup") + 1 if place is None else place
        cell = nbformat.v4.new_code_cell(source.strip(), id=f"own-{len(self.cells)}")
        self.cells.insert(place, cell)

    def change(self, check: str, old: str, new: str) -> None:
        """Change some of the answer to a check."""
        cell = self.cells[self.find(f"{check}-solution")]
        if old not in cell.source:
            raise ValueError(f"{check} has no {old!r}")
        cell.source = cell.source.replace(old, new)


def release(assignment: str) -> NotebookNode:
    """The notebook that students are given."""
    path = ROOT / "assignments" / assignment / f"{assignment}.ipynb"
    return nbformat.read(path, as_version=4)


def answered(assignment: str, style: str, leave: tuple[str, ...] = ()) -> Notebook:
    """A notebook with right answers, from course/NN/right/STYLE.py, to all but some checks."""
    notebook = Notebook(release(assignment))
    text = (ROOT / "course" / assignment / "right" / f"{style}.py").read_text(encoding="utf-8")
    checks = {
        cell.metadata.nbgrader.grade_id.removesuffix("-solution")
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    own = []
    for node in ast.parse(text).body[1:]:
        source = ast.get_source_segment(text, node) or ""
        name = node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
        if name not in checks:
            own.append(source)
        elif name not in leave:
            notebook.answer(name, source)
    notebook.add("\n\n\n".join(own))
    return notebook
