"""The sample class's notebooks for 01_convolution."""

import copy
from collections.abc import Callable

import nbformat
from handed_in import Notebook, answered, release

NAME = "01_convolution"


def in_float32(notebook: Notebook) -> None:
    notebook.add(AS_TYPE.format(dtype="float32"), len(notebook.cells))


def in_float16(notebook: Notebook) -> None:
    notebook.add(AS_TYPE.format(dtype="float16"), len(notebook.cells))


AS_TYPE = """
def with_less_digits(function):
    def wrapped(*inputs):
        inputs = [x.astype(np.{dtype}) if isinstance(x, np.ndarray) else x for x in inputs]
        result = function(*inputs)
        return result.astype(np.float32) if isinstance(result, np.ndarray) else result
    return wrapped

conv1d, conv2d, conv2d_same, conv2d_channels, convolve2d, edge_strength = map(
    with_less_digits, (conv1d, conv2d, conv2d_same, conv2d_channels, convolve2d, edge_strength)
)
"""


def kernel_flipped(notebook: Notebook) -> None:
    notebook.change("conv2d", "kernel[a, b]", "kernel[kh - 1 - a, kw - 1 - b]")
    notebook.change("convolve2d", "x[i + kh - 1 - a, j + kw - 1 - b]", "x[i + a, j + b]")


def off_by_one(notebook: Notebook) -> None:
    notebook.change("conv1d", "start + len(kernel) <= len(x)", "start + len(kernel) < len(x)")
    notebook.change("conv2d", "strides[0] + 1", "strides[0]")


def stride_ignored(notebook: Notebook) -> None:
    notebook.change("conv1d", "x[start + a]", "x[len(y) + a]")
    notebook.change("conv2d", "x[i * strides[0] + a, j * strides[1] + b]", "x[i + a, j + b]")
    notebook.change("conv2d_same", "i * sh - top + a * dh, j * sw", "i - top + a * dh, j")


def height_and_width_mixed_up(notebook: Notebook) -> None:
    notebook.change("conv2d", "kh, kw = kernel.shape", "kw, kh = kernel.shape")
    notebook.change("to_channels_last", "n, c_in, height, width", "n, c_in, width, height")


def padding_one_too_large(notebook: Notebook) -> None:
    notebook.change("conv2d_same", "top = zeros_before(height, rows, sh, kh, dh)", "top = kh // 2")


def syntax_error(notebook: Notebook) -> None:
    notebook.change("conv2d", "y = np.zeros((height, width), x.dtype)", "y = np.zeros((height,")


def endless_loop(notebook: Notebook) -> None:
    notebook.change("conv1d", "start += stride", "start += 0")
    notebook.change("conv1d", "y.append(total)", "y = [total]")


def memory_hog(notebook: Notebook) -> None:
    notebook.change("conv2d", "y = np.zeros(", "np.ones((1 << 17, 1 << 17))\n    y = np.zeros(")


def crash(notebook: Notebook) -> None:
    notebook.change("conv2d", "return y", "import os\n    os.abort()")


def deleted_cell(notebook: Notebook) -> None:
    del notebook.cells[notebook.find("conv2d-solution")]
    del notebook.cells[notebook.find("conv1d")]


def duplicated_cell(notebook: Notebook) -> None:
    place = notebook.find("conv2d-solution")
    twin = copy.deepcopy(notebook.cells[place])
    twin.id = "twin"
    twin.source = "def conv2d(x, kernel, strides):\n    return x  # my first try"
    notebook.cells.insert(place, twin)


def renamed_cell(notebook: Notebook) -> None:
    notebook.cells[notebook.find("conv2d-solution")].metadata.nbgrader.grade_id = "my-conv2d"


def marks_lost(notebook: Notebook) -> None:
    """As other tools save it: without nbgrader's metadata, with other ids."""
    for number, cell in enumerate(notebook.cells):
        cell.metadata = nbformat.NotebookNode()
        cell.id = f"cell-{number}"


def answer_elsewhere(notebook: Notebook) -> None:
    """The answer in a cell of one's own above the stub, and the setup moved to the end."""
    place = notebook.find("conv2d-solution")
    answer = notebook.cells[place].source
    notebook.cells[place].source = release(NAME).cells[place].source
    notebook.add(answer, place)
    notebook.cells.append(notebook.cells.pop(notebook.find("setup")))


def calls_numpy(notebook: Notebook) -> None:
    notebook.answer(
        "conv1d",
        """
def conv1d(x, kernel, stride):
    if len(kernel) > len(x):
        raise ValueError("the kernel does not fit")
    return np.correlate(x, kernel, "valid")[::stride]
""",
    )


def forged_score(notebook: Notebook) -> None:
    """Every way to write oneself a score: points, outputs, metadata and the check itself."""
    for cell in notebook.cells:
        told = cell.metadata.get("nbgrader", {})
        if told.get("grade"):
            told.points = 1000
            told.locked = False
            cell.source = "1000.0"
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "1000.0"})]
    notebook.node.metadata.score = 1000
    notebook.add("check = lambda name: 1000.0\nnp.array_equal = np.allclose = lambda *_: True")
    notebook.change("conv2d", "return y", "return type('Right', (), {'__eq__': lambda *_: True})()")


def reads_the_solutions(notebook: Notebook) -> None:
    notebook.answer(
        "conv2d",
        """
def conv2d(x, kernel, strides):
    from pathlib import Path
    for folder in Path.cwd().resolve().parents:
        for path in (folder / "solutions").rglob("*.ipynb"):
            print(path.read_text())
    return __import__("cnncourse").reference.correlate2d(x, kernel, strides=strides)
""",
    )


def prints_and_changes_its_input(notebook: Notebook) -> None:
    notebook.change("conv2d", "return y", "print('done', y)\n    x[:] = 0\n    return y")
    notebook.add("%matplotlib inline\nprint('hello')\ncheck('conv2d')", len(notebook.cells))


def unchanged(_: Notebook) -> None:
    pass


CHANGES: dict[str, Callable[[Notebook], None]] = {
    "right_with_loops": unchanged,
    "right_in_float32": in_float32,
    "float16_arithmetic": in_float16,
    "kernel_flipped": kernel_flipped,
    "off_by_one": off_by_one,
    "stride_ignored": stride_ignored,
    "height_and_width_mixed_up": height_and_width_mixed_up,
    "padding_one_too_large": padding_one_too_large,
    "syntax_error": syntax_error,
    "endless_loop": endless_loop,
    "memory_hog": memory_hog,
    "crash": crash,
    "deleted_cell": deleted_cell,
    "duplicated_cell": duplicated_cell,
    "renamed_cell": renamed_cell,
    "marks_lost": marks_lost,
    "answer_elsewhere": answer_elsewhere,
    "calls_numpy": calls_numpy,
    "forged_score": forged_score,
    "reads_the_solutions": reads_the_solutions,
    "prints_and_changes_its_input": prints_and_changes_its_input,
}


def students() -> dict[str, str]:
    """The text of each student's notebook."""
    texts = {"right_with_im2col": answered(NAME, "im2col"), "empty": Notebook(release(NAME))}
    texts["right_with_einsum"] = answered(NAME, "einsum")
    for student, change in CHANGES.items():
        notebook = texts[student] = answered(NAME, "loops")
        change(notebook)
    written = {student: nbformat.writes(notebook.node) for student, notebook in texts.items()}
    cut = len(written["right_with_loops"]) // 2
    return {**written, "not_a_notebook": written["right_with_loops"][:cut]}
