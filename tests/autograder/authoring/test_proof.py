"""A build is refused where an answer does not pass, or a check passes without one."""

import pytest

from autograder.authoring import BuildError

MISTAKES = [
    (
        "01_small.py",
        "np.add(x, x)",
        "np.add(x, 1)",
        "the solution of double does not pass its check",
    ),
    ("01_small.py", "def triple(x)", "def tripel(x)", "triple is not defined"),
    ("checks.py", '("x",)', '("y",)', "multilinear names y, expected some of the inputs x"),
    ("checks.py", "lambda x: 3 * x", "lambda x: 4 * x", "the solution of triple does not pass"),
]


@pytest.mark.parametrize(("file", "old", "new", "complaint"), MISTAKES)
def test_an_answer_that_does_not_pass_is_refused(copy, file, old, new, complaint):
    before = {path: path.read_bytes() for path in copy.root.rglob("*") if path.is_file()}
    copy.replace(copy.folder / file, old, new)
    before[copy.folder / file] = (copy.folder / file).read_bytes()
    with pytest.raises(BuildError) as error:
        copy.build()
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)
    assert {path: path.read_bytes() for path in copy.root.rglob("*") if path.is_file()} == before


def test_an_answer_that_students_would_get_is_refused(copy):
    text = (copy.folder / "01_small.py").read_text()
    given = text.replace(
        "    ### BEGIN SOLUTION\n    return np.add(x, x)\n    ### END SOLUTION\n",
        "    return x + x\n",
    )
    (copy.folder / "01_small.py").write_text(
        given.replace(
            'check("double")', '### BEGIN SOLUTION\n1\n### END SOLUTION\n\n# %%\ncheck("double")'
        )
    )
    with pytest.raises(BuildError, match="double passes without an answer; put it between"):
        copy.build()
