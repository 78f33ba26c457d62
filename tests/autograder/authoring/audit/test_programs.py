"""Before an answer runs what it uses, and nothing that it does not."""

from autograder.authoring.audit.programs import defined, read_book
from autograder.authoring.text import TextCell

CELLS = [
    "import numpy as np\nimport autograder\ncheck = autograder.load('01')",
    "WIDTH = 3\npicture = np.zeros(WIDTH)",
    "%matplotlib inline\nWIDTH = 4",
    "def first(x):\n    ### BEGIN SOLUTION\n    return helper(x)\n    ### END SOLUTION",
    "def helper(x):\n    picture = x * WIDTH\n    return picture",
    "check('first')",
    "def second(x):\n    ### BEGIN SOLUTION\n    return first(np.flip(x))\n    ### END SOLUTION",
    "check('second')",
    "print(second(picture))",
]
# A statement ends before the comment that follows it.
FIRST, SECOND = (CELLS[i].removesuffix("\n    ### END SOLUTION") for i in (3, 6))
BOOK = read_book([TextCell(i, "code", source.strip(), {}) for i, source in enumerate(CELLS, 1)])


def test_each_check_has_the_answer_before_it():
    assert BOOK.answers == {"first": CELLS[3], "second": CELLS[6]}


def test_what_an_answer_uses_comes_before_it_in_the_notebooks_order():
    before = BOOK.before(BOOK.answers["second"])
    assert before == "\n\n".join(["import numpy as np", "WIDTH = 3", FIRST, CELLS[4]])


def test_what_an_answer_defines_itself_does_not_come_before_it():
    source = "def first(x):\n    return second(x)\n\n\ndef helper(x):\n    return 1"
    assert BOOK.before(source) == "\n\n".join(["import numpy as np", SECOND])


def test_the_names_that_a_program_defines_are_those_at_its_top():
    source = (
        "import os\nfrom a import b as c\nx, y = 1, 2\n\ndef f():\n    z = 1\n\nclass G:\n    h = 1"
    )
    assert defined(source) == {"os", "c", "x", "y", "f", "G"}
