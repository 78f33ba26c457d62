"""Makes the sample class from the released notebooks: `python examples/make_class.py`.

Each student is a folder in examples/class, named by what the notebooks in it are. What each should
earn is in examples/wanted.toml, written by hand.
"""

import shutil
from pathlib import Path

import class_01_convolution
import class_06_lenet
from handed_in import ROOT

ASSIGNMENTS = (class_01_convolution, class_06_lenet)


def made() -> dict[tuple[str, str], str]:
    """The text of each notebook, by student and assignment."""
    return {
        (student, assignment.NAME): text
        for assignment in ASSIGNMENTS
        for student, text in assignment.students().items()
    }


def main(folder: Path = ROOT / "examples" / "class") -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for (student, name), text in made().items():
        path = folder / student / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
