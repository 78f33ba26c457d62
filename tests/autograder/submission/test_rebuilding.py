"""The student's cells in the release's notebook: what is kept, put back, dropped and run."""

import copy
import json
import tokenize
from collections.abc import Callable, Iterator

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.submission import Rebuilt, Unreadable, parse, rebuild
from autograder.submission.release import Part, Role, parts_of
from autograder.submission.repairs import Mended, Repairs

TASK = "01_convolution"
ANSWER = "def conv1d(x):\n    return x"
OTHER = "def conv1d(x):\n    return 2 * x"
OWN = "helper = 3"

Edit = Callable[[list[NotebookNode]], object]


def at(cells: list[NotebookNode], grade_id: str) -> int:
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    return ids.index(grade_id)


def handed_in(release: NotebookNode, *edits: Edit) -> Rebuilt:
    """What becomes of the release after the student's edits."""
    student = copy.deepcopy(release)
    for edit in edits:
        edit(student.cells)
    rebuilt = rebuild(parse(json.dumps(student).encode(), "eve.ipynb"), release, TASK)
    nbformat.validate(rebuilt.notebook)
    return rebuilt


def ran(rebuilt: Rebuilt) -> list[tuple[str | None, str]]:
    """What of the student's is run: grade id and last line of each cell."""
    return [(c.grade_id, c.source.splitlines()[-1]) for c in rebuilt.cells if not c.ours]


def order(rebuilt: Rebuilt) -> list[str]:
    cells = rebuilt.notebook.cells
    return [c.metadata.get("nbgrader", {}).get("grade_id", "own") for c in cells]


def write(grade_id: str, source: str) -> Edit:
    return lambda cells: cells[at(cells, grade_id)].update(source=source)


def delete(grade_id: str) -> Edit:
    return lambda cells: cells.pop(at(cells, grade_id))


def duplicate(grade_id: str, source: str, kind: str = "code") -> Edit:
    """A copy behind all others."""

    def edit(cells: list[NotebookNode]) -> None:
        copied = copy.deepcopy(cells[at(cells, grade_id)])
        cells.append(copied)
        copied.update(source=source, cell_type=kind, id=f"copy-{len(cells)}")

    return edit


def retype(grade_id: str, kind: str) -> Edit:
    return lambda cells: cells[at(cells, grade_id)].update(cell_type=kind)


def rename(grade_id: str, new: str) -> Edit:
    return lambda cells: cells[at(cells, grade_id)].metadata.nbgrader.update(grade_id=new)


def claim(grade_id: str, **claims: object) -> Edit:
    return lambda cells: cells[at(cells, grade_id)].metadata.nbgrader.update(claims)


def add(source: str, place: int = 100) -> Edit:
    return lambda cells: cells.insert(place, new_code_cell(source))


def move(grade_id: str, place: int) -> Edit:
    return lambda cells: cells.insert(place, cells.pop(at(cells, grade_id)))


def strip(grade_id: str, own_id: str = "") -> Edit:
    """Without nbgrader's metadata, perhaps with another id too."""

    def edit(cells: list[NotebookNode]) -> None:
        cell = cells[at(cells, grade_id)]
        cell.metadata = NotebookNode()
        cell.id = own_id or cell.id

    return edit


STUB_1 = ("conv1d-solution", "    raise NotImplementedError()")
STUB_2 = ("conv2d-solution", "    raise NotImplementedError()")
DONE_1 = ("conv1d-solution", "    return x")
ORDER = ["intro", "setup", "conv1d-solution", "conv1d", "conv2d-solution", "conv2d", "why"]
did = write("conv1d-solution", ANSWER)

# the edits → what is run of the student's, and the only repair
CASES: dict[str, tuple[list[Edit], list[tuple[str | None, str]], str]] = {
    "nothing": ([], [STUB_1, STUB_2], ""),
    "an answer": ([did], [DONE_1, STUB_2], ""),
    "a cell of one's own": ([add(OWN, 2), did], [(None, OWN), DONE_1, STUB_2], ""),
    "an empty cell of one's own": ([add("\n# later")], [STUB_1, STUB_2], ""),
    "a solution deleted": (
        [delete("conv1d-solution")],
        [STUB_2],
        "the cell 'conv1d-solution' had been deleted; the empty one was put back",
    ),
    "a solution deleted, and written elsewhere": (
        [delete("conv1d-solution"), add(ANSWER)],
        [STUB_2, DONE_1],
        "the cell 'conv1d-solution' was recognised by what it defines (conv1d)",
    ),
    "a solution deleted, and another name defined in its place": (
        [delete("conv1d-solution"), add("convolve = 1", 2)],
        [("conv1d-solution", "convolve = 1"), STUB_2],
        "the cell 'conv1d-solution' was recognised by its place",
    ),
    "a solution deleted, and two cells in its place": (
        [delete("conv1d-solution"), add("a = 1", 2), add("b = 1", 3)],
        [(None, "a = 1"), (None, "b = 1"), STUB_2],
        "the cell 'conv1d-solution' had been deleted; the empty one was put back",
    ),
    "words deleted, and written in their place": (
        [delete("why"), lambda cells: cells.append(new_markdown_cell("because"))],
        [STUB_1, STUB_2],
        "the cell 'why' was recognised by its place",
    ),
    "marks lost": (
        [did, strip("conv1d-solution")], [DONE_1, STUB_2],
        "the cell 'conv1d-solution' was recognised by its id; nbgrader's marks were gone",
    ),
    "marks and id lost": (
        [did, strip("conv1d-solution", "another")], [DONE_1, STUB_2],
        "the cell 'conv1d-solution' was recognised by what it defines (conv1d)",
    ),
    "a check's marks and id lost": ([strip("conv1d", "another")], [STUB_1, STUB_2], ""),
    "an answer in a cell of one's own, before the stub": (
        [add(ANSWER, 2)],
        [DONE_1, STUB_2],
        "the cell 'conv1d-solution' was empty; your own cell that defines it stands for it",
    ),
    "an answer split": (
        [write("conv1d-solution", "half = 2"), add(ANSWER, 3)],
        [("conv1d-solution", "half = 2"), (None, "    return x"), STUB_2],
        "the cell 'conv1d-solution' had been split; the cell that defines what is asked for runs",
    ),
    "an answer moved": (
        [did, move("conv1d-solution", 6)],
        [STUB_2, DONE_1],
        "the cell 'conv1d-solution' had been moved; it runs where you put it",
    ),
    "the setup moved": (
        [move("setup", 6)],
        [STUB_1, STUB_2],
        "the cell 'setup' had been moved; it is back before the answers that need it",
    ),
    "text moved": ([move("intro", 5)], [STUB_1, STUB_2], ""),
    "a check moved": ([move("conv1d", 6)], [STUB_1, STUB_2], ""),
    "the setup deleted": (
        [delete("setup")], [STUB_1, STUB_2], "the cell 'setup' had been deleted; it was put back",
    ),
    "a check deleted": (
        [delete("conv2d")], [STUB_1, STUB_2], "the cell 'conv2d' had been deleted; it was put back",
    ),
    "text deleted": (
        [delete("intro")], [STUB_1, STUB_2], "a cell of the assignment's text had been deleted",
    ),
    "a check changed": (
        [write("conv1d", "check.score = 1")],
        [STUB_1, STUB_2],
        "the cell 'conv1d' had been changed; the original was put back",
    ),
    "an answer and its copy": (
        [did, duplicate("conv1d-solution", OTHER)],
        [(None, "    return x"), STUB_2, ("conv1d-solution", "    return 2 * x")],
        "the cell 'conv1d-solution' was there 2 times; the last answer stands for it",
    ),
    "an answer, and the stub once more": (
        [duplicate(STUB_1[0], "def conv1d(x):  # todo\n    raise NotImplementedError()"), did],
        [DONE_1, STUB_2],
        "was there 2 times; the copies without anything of yours were left out",
    ),
    "an answer behind the stub": (
        [duplicate("conv1d-solution", ANSWER)], [STUB_2, DONE_1], "was there 2 times; the copies",
    ),
    "an answer, and an older one put away as text": (
        [did, duplicate("conv1d-solution", OTHER, "raw")], [DONE_1, STUB_2], "was there 2 times",
    ),
    "a check copied and rewritten": (
        [duplicate("conv1d", "print(conv1d(3))")],
        [STUB_1, STUB_2, (None, "print(conv1d(3))")],
        "the changed copies count as cells of your own",
    ),
    "a check copied": (
        [duplicate("conv1d", 'check("conv1d")')], [STUB_1, STUB_2], "were left out",
    ),
    "an answer made text": (
        [did, retype("conv1d-solution", "markdown")],
        [DONE_1, STUB_2],
        "the cell 'conv1d-solution' had been made markdown; it is code again",
    ),
    "an answer made raw": ([did, retype("conv1d-solution", "raw")], [DONE_1, STUB_2], "code again"),
    "words made code": ([retype("why", "code")], [STUB_1, STUB_2], "it is markdown again"),
    "more points": (
        [claim("conv1d", points=1000)], [STUB_1, STUB_2], "'conv1d' has other points or locks",
    ),
    "a lock taken off": ([claim("conv1d", locked=False)], [STUB_1, STUB_2], "points or locks"),
    "a check made a solution": (
        [claim("conv1d", solution=True)], [STUB_1, STUB_2], "points or locks",
    ),
    "a solution made a check": (
        [did, claim("conv1d-solution", grade=True, points=9)], [DONE_1, STUB_2], "points or locks",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "wanted", "repair"), CASES.values(), ids=CASES)
def test_what_counts_is_the_release_with_the_students_code(
    release: NotebookNode, edits: list[Edit], wanted: list[tuple[str | None, str]], repair: str
) -> None:
    rebuilt = handed_in(release, *edits)
    assert ran(rebuilt) == wanted
    assert len(rebuilt.repairs) == bool(repair)
    assert repair in "".join(rebuilt.repairs)
    known = [c for c in rebuilt.notebook.cells if "nbgrader" in c.metadata]
    assert len(known) == len(release.cells)
    for cell in release.cells:
        (same,) = [c for c in known if c.id == cell.id]
        assert (same.metadata, same.cell_type) == (cell.metadata, cell.cell_type)


def test_a_renamed_cell_is_recognised(release: NotebookNode) -> None:
    rebuilt = handed_in(release, did, rename("conv1d-solution", "mine"))
    assert ran(rebuilt) == [DONE_1, STUB_2]
    line = "was recognised by its id; nbgrader's marks were gone or said another name"
    assert rebuilt.repairs == (f"the cell 'conv1d-solution' {line}",)


def test_what_had_happened_to_many_cells_is_said_once(release: NotebookNode) -> None:
    edits = [edit(name) for name in ("conv1d", "conv2d") for edit in FORGED]
    answers = [strip("conv1d-solution"), strip("conv2d-solution")]
    rebuilt = handed_in(release, *answers, *edits, delete("intro"))
    later = "has other points or locks than the assignment has now; the assignment's count"
    assert set(rebuilt.repairs[:-1]) == {
        "2 cells (conv1d-solution, conv2d-solution) were recognised by their ids; "
        "nbgrader's marks were gone or said another name",
        "2 check cells (conv1d, conv2d) had been changed; the originals were put back",
        f"2 check cells (conv1d, conv2d) {later.replace('has', 'have', 1)}",
    }
    assert rebuilt.repairs[-1].startswith("a cell of the assignment's text had been deleted; it")


FORGED = (lambda name: write(name, "check.score = 1"), lambda name: claim(name, points=1000))


@pytest.mark.parametrize("count", [6, 7, 200])
def test_few_of_many_cells_are_named(count: int) -> None:
    repairs = Repairs()
    for number in range(count):
        cell = new_code_cell("check()")
        repairs.add(Part(f"c{number}", Role.CHECK, cell), Mended("was gone", "", were="were gone"))
    more = ", …" if count > 6 else ""
    assert repairs.all() == (f"{count} check cells (c0, c1, c2, c3, c4, c5{more}) were gone",)


def test_a_cell_of_another_assignment_is_ones_own(release: NotebookNode) -> None:
    rebuilt = handed_in(release, duplicate("conv1d-solution", "x = 1"), rename_last("other"))
    assert ran(rebuilt) == [STUB_1, STUB_2, (None, "x = 1")]
    line = "the cell 'other' is not the assignment's; it counts as your own"
    assert rebuilt.repairs == (line,)


def test_a_flood_of_strange_cells_is_told_of_in_a_few_lines(release: NotebookNode) -> None:
    strange = [
        new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": str(i)}}) for i in range(50)
    ]
    rebuilt = handed_in(release, lambda cells: cells.extend(strange))
    assert len(rebuilt.repairs) == 6
    last = "the cells of 45 more ids are not the assignment's; they count as your own"
    assert rebuilt.repairs[-1] == last


def test_each_cell_is_compared_once_however_many_of_ours_are_missing(
    release: NotebookNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def counted(readline: Callable[[], str]) -> Iterator[tokenize.TokenInfo]:
        read.append(readline)
        return generate(readline)

    generate = tokenize.generate_tokens
    monkeypatch.setattr(tokenize, "generate_tokens", counted)
    cells = [new_code_cell(f"x = {i}") for i in range(100)]
    handed_in(release, lambda ours: ours.__setitem__(slice(None), cells))
    assert len(read) <= 2 * len(cells)


def rename_last(new: str) -> Edit:
    return lambda cells: cells[-1].metadata.nbgrader.update(grade_id=new)


def test_the_students_order_is_kept_and_ours_comes_first(release: NotebookNode) -> None:
    rebuilt = handed_in(release, lambda cells: cells.reverse())
    assert order(rebuilt) == [
        "why", "conv2d", "setup", "conv2d-solution", "conv1d", "conv1d-solution", "intro",
    ]  # fmt: skip
    assert [cell.grade_id for cell in rebuilt.cells] == [
        "setup", "conv2d-solution", "conv1d-solution",
    ]  # fmt: skip
    assert rebuilt.repairs[0].startswith("the cell 'setup' had been moved; it is back before")
    assert len(rebuilt.repairs) == 2  # one of the two answers stays where it is


@pytest.mark.parametrize("missing", ORDER)
def test_what_is_missing_goes_behind_its_predecessor(release: NotebookNode, missing: str) -> None:
    assert order(handed_in(release, delete(missing))) == ORDER


def test_neighbours_that_are_missing_keep_their_order(release: NotebookNode) -> None:
    edits = [delete(grade_id) for grade_id in ("intro", "setup", "conv1d", "conv2d-solution")]
    rebuilt = handed_in(release, *edits, add(OWN, 0), add("", 2))
    assert order(rebuilt) == ["intro", "setup", "own", ORDER[2], *ORDER[3:5], "own", *ORDER[5:]]


def test_cells_say_where_they_are_and_whose(release: NotebookNode) -> None:
    rebuilt = handed_in(release, did, add(OWN, 0))
    seen = [(cell.index, cell.grade_id, cell.ours) for cell in rebuilt.cells]
    assert seen == [
        (0, None, False),
        (2, "setup", True),
        (3, "conv1d-solution", False),
        (5, "conv2d-solution", False),
    ]
    for cell in rebuilt.cells:
        assert rebuilt.notebook.cells[cell.index].source == cell.source


UNTOUCHED = {
    "spacing": ("def conv1d( x ):\n\n  raise NotImplementedError( )\n", True),
    "comments": ("# mine\ndef conv1d(x):\n    raise NotImplementedError()  # todo", True),
    "nothing": ("", True),
    "only comments": ("# I give up\n", True),
    "a docstring": ('def conv1d(x):\n    "mine"\n    raise NotImplementedError()', False),
    "a magic": ("%time\ndef conv1d(x):\n    raise NotImplementedError()", False),
    "no Python": ("def conv1d(x:\n  '''", False),
    "no characters": ("\0\x0c \ufeff(", False),
    "another value": ("def conv1d(x):\n    raise NotImplementedError(0)", False),
    "a megabyte": ("(" * 1_000_000, False),
}


@pytest.mark.parametrize(("source", "untouched"), UNTOUCHED.values(), ids=UNTOUCHED)
def test_spacing_and_comments_leave_a_stub_untouched(
    release: NotebookNode, source: str, untouched: bool
) -> None:
    assert parts_of(release)["conv1d-solution"].is_untouched(source) is untouched


def test_a_released_cell_to_try_things_in_runs(release: NotebookNode) -> None:
    playground = copy.deepcopy(release)
    playground.cells.append(new_code_cell("conv1d(3)"))
    assert ran(handed_in(playground))[-1] == (None, "conv1d(3)")


def test_a_check_judges_the_solutions_since_the_one_before(release: NotebookNode) -> None:
    changed = copy.deepcopy(release)
    extra, again = copy.deepcopy(release.cells[4]), copy.deepcopy(release.cells[5])
    extra.metadata.nbgrader.grade_id, extra.id = "extra", "extra"
    again.metadata.nbgrader.grade_id, again.id = "again", "again"
    changed.cells[5:6] = [extra, release.cells[5], again]
    solutions = handed_in(changed).solutions
    both = ("conv2d-solution", "extra")
    assert solutions == {"conv1d": ("conv1d-solution",), "conv2d": both, "again": both}


def test_words_and_their_pictures_are_kept(release: NotebookNode) -> None:
    picture = {"a.png": {"image/png": "Q"}}
    change = {"source": "because ![](attachment:a.png)", "attachments": picture}
    rebuilt = handed_in(release, lambda cells: cells[-1].update(change))
    assert rebuilt.notebook.cells[-1].source == change["source"]
    assert rebuilt.notebook.cells[-1].attachments == picture


def test_outputs_scores_and_ids_that_were_forged_are_gone(release: NotebookNode) -> None:
    def forge(cells: list[NotebookNode]) -> None:
        for cell in cells:
            cell.id = "conv1d"
            cell.metadata.score = cell.metadata.nbgrader.score = 100
        cells[1].update(outputs=[{"output_type": "stream", "name": "stdout", "text": "100"}])
        cells[1].update(execution_count=7)

    rebuilt = handed_in(release, did, forge, add(OWN))
    assert "100" not in json.dumps(rebuilt.notebook)
    assert [cell.id for cell in rebuilt.notebook.cells] == [
        *(cell.id for cell in release.cells),
        "student-1",
    ]
    assert rebuilt.notebook.cells[1].execution_count is None


def without_marks(cells: list[NotebookNode]) -> None:
    for number, cell in enumerate(cells):
        cell.metadata.clear()
        cell.id = f"new-{number}"


def test_a_notebook_without_any_marks_is_recognised(release: NotebookNode) -> None:
    rebuilt = handed_in(release, did, without_marks)
    assert order(rebuilt) == ORDER
    assert ran(rebuilt) == [DONE_1, STUB_2]
    line = "the cell 'conv1d-solution' was recognised by what it defines (conv1d)"
    assert rebuilt.repairs == (line,)


def test_another_notebook_with_the_same_functions_is_graded(release: NotebookNode) -> None:
    student = new_notebook(cells=[new_code_cell("import numpy as np\n" + ANSWER)])
    rebuilt = rebuild(parse(json.dumps(student).encode(), "eve.ipynb"), release, TASK)
    assert ran(rebuilt) == [DONE_1]
    assert "recognised by what it defines" in rebuilt.repairs[0]


def test_a_notebook_without_anything_of_the_assignment_runs_as_ones_own(
    release: NotebookNode,
) -> None:
    student = new_notebook(cells=[new_code_cell("x = 1")])
    rebuilt = rebuild(parse(json.dumps(student).encode(), "eve.ipynb"), release, TASK)
    assert rebuilt.repairs == (
        "no cell of 01_convolution was recognised; all were put back around your own",
    )
    assert ran(rebuilt) == [(None, "x = 1")]
    assert {cell.grade_id for cell in rebuilt.cells} == {"setup", None}


@pytest.mark.parametrize("cells", [[], [new_markdown_cell("hi")], [new_code_cell("# nothing")]])
def test_another_notebook_is_refused(release: NotebookNode, cells: list[NotebookNode]) -> None:
    data = json.dumps(new_notebook(cells=cells)).encode()
    with pytest.raises(Unreadable) as refused:
        rebuild(parse(data, "eve.ipynb"), release, TASK)
    assert str(refused.value) == (
        "eve.ipynb has none of the cells of 01_convolution; was another notebook handed in?"
    )


def test_what_was_repaired_before_comes_first(release: NotebookNode) -> None:
    student = copy.deepcopy(release)
    student.nbformat_minor = 6
    student.cells.pop(1)
    rebuilt = rebuild(parse(json.dumps(student).encode(), "eve.ipynb"), release, TASK)
    assert [line.split()[0:2] for line in rebuilt.repairs] == [
        ["the", "notebook's"],
        ["the", "cell"],
    ]


def test_an_ambiguous_release_is_our_own_mistake(release: NotebookNode) -> None:
    double = copy.deepcopy(release)
    double.cells.append(copy.deepcopy(double.cells[1]))
    with pytest.raises(ValueError, match="two cells 'setup'"):
        rebuild(parse(json.dumps(release).encode(), "eve.ipynb"), double, TASK)
