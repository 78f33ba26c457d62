"""How long a student waits: for `import autograder`, to load the checks, for `check("conv2d")`.

python benchmarks/notebook_check.py --json notebook_check.json

The notebook is the solution of 01_convolution, in a Jupyter kernel of its own, run by nbclient;
its own clock is read around each check, so that Jupyter's messages are not counted.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import nbformat
import typer
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.courses import build

NAME = "01_convolution"

TIMED = """
import time
seconds = []
for _ in range({times}):
    started = time.perf_counter()
    check("conv2d")
    seconds.append(time.perf_counter() - started)
seconds
"""


def main(
    json_file: Annotated[Path | None, typer.Option("--json", help="Write figures here.")] = None,
    times: Annotated[int, typer.Option(min=1, help="How often each is timed.")] = 9,
) -> None:
    """Measure, and say so."""
    with TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        course = build(NAME, Path(folder, "course"))
        solution = course.assignment(NAME).solution
        checks = _checks(solution, times)
        load = f"import numpy, autograder; autograder.load({NAME!r}, {str(solution.parent)!r})"
        figures = {
            "first_check_seconds": checks[0],
            "check_seconds": statistics.median(checks),
            "import_seconds": _started("import autograder", times) - _started("", times),
            "load_seconds": _started(load, times) - _started("import numpy", times),
        }
    for name, seconds in figures.items():
        Console().print(f"{name.replace('_', ' ')}  {seconds:.4f}")
    if json_file:
        json_file.write_text(json.dumps(figures, indent=1) + "\n")


def _checks(solution: Path, times: int) -> list[float]:
    """The seconds of each check, in a kernel where the notebook's cells have run."""
    notebook = nbformat.read(solution, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    first = next(i for i, cell in enumerate(notebook.cells) if cell.source == 'check("conv2d")')
    notebook.cells[first:] = [new_code_cell(TIMED.format(times=times))]
    resources = {"metadata": {"path": str(solution.parent)}}
    NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    results = (
        one["data"] for one in notebook.cells[-1].outputs if one.output_type == "execute_result"
    )
    found: list[float] = json.loads(next(results)["text/plain"])
    return found


def _started(code: str, times: int) -> float:
    """The median time of a new interpreter that runs the code; the files are in memory by then."""
    seconds = []
    for _ in range(times + 1):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds[1:])


if __name__ == "__main__":
    typer.run(main)
