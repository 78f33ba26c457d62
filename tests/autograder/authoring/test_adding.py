"""An entry is added to a list where a person would have put it."""

from runpy import run_path

import pytest

from autograder.authoring.scaffold.adding import bound, with_entry, with_imports

DEFINITIONS = "def new():\n    return 3\n"
ENTRY = "    new(),"

LISTS = {
    "empty": ("ALL = []", [3]),
    "one line": ("ALL = [1, 2]", [1, 2, 3]),
    "a line each": ("ALL = [\n    1,\n    2,\n]", [1, 2, 3]),
    "no last comma, and a comment with one": ("ALL = [\n    1,\n    2  # two, 2\n]", [1, 2, 3]),
    "a comma and a comment": ("ALL = [\n    1,\n    2,  # two\n    # last\n]", [1, 2, 3]),
    "a type": ("ALL: list[int] = [\n    1\n]", [1, 3]),
    "more than once": ("ALL = [1]\n\nALL = [*ALL, 2]", [1, 2, 3]),
    "added to": ("ALL = [1]\nALL += [2]", [1, 2, 3]),
    "something else behind it": ("ALL = [1]\nother = [5]", [1, 3]),
    "letters that are no ASCII": ("größe = 'ü'; ALL = [len('ü'), len(größe)]", [1, 1, 3]),
}


@pytest.mark.parametrize(("text", "wanted"), LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("head", ["", '"""Words."""\n\nimport math\n\n'])
def test_the_list_has_one_entry_more(text, wanted, head, tmp_path):
    path = tmp_path / "module.py"
    made = with_entry(f"{head}{text}\n", "ALL", DEFINITIONS, ENTRY.rstrip(","))
    path.write_text(made, encoding="utf-8")
    assert run_path(str(path))["ALL"] == wanted
    for line in text.splitlines():
        assert line.partition("#")[2] in made


def test_comments_above_the_list_stay_above_it():
    made = with_entry("x = 1\n# All.\nALL = [\n    1,\n]\n", "ALL", DEFINITIONS, "    3")
    assert made == f"x = 1\n\n\n{DEFINITIONS}\n\n# All.\nALL = [\n    1,\n    3,\n]\n"


@pytest.mark.parametrize("text", ["ALL = (1, 2)", "ALL = f()", "x = 1", "def ALL(:", ""])
def test_where_there_is_no_such_list_nothing_is_added(text):
    with pytest.raises((SyntaxError, ValueError)):
        with_entry(text, "ALL", DEFINITIONS, ENTRY)


def test_names_are_those_that_a_program_binds_at_its_top():
    text = "import a.b\nfrom c import d as e\nf = g\nclass h: i = 1\ndef j(k): l = 1\n"
    assert bound(text) == {"a", "e", "f", "h", "j"}
    assert bound("%matplotlib inline") == set()


def test_imports_are_added_once():
    text = with_imports('"""Words."""\n\nx = 1\n', ["import numpy as np"])
    assert text == '"""Words."""\n\nimport numpy as np\n\nx = 1\n'
    assert with_imports(text, ["import numpy as np"]) == text
