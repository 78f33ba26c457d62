"""Mutants are the mistakes that one makes with arrays, and nothing else."""

import pytest

from autograder.authoring.audit.mutating import mutants

CELL = '''\
def answer(x, kernel, strides):
    """Same as np.zeros(1)."""
    {outside}
    ### BEGIN SOLUTION
    {line}
    ### END SOLUTION
'''


def changed(line, outside="pass"):
    return {one.becomes for one in mutants(CELL.format(line=line, outside=outside))}


@pytest.mark.parametrize(
    ("line", "mistakes"),
    [
        ("y = a + b", ["y = a - b", "y = a", "y = b", "y = None", "pass"]),
        ("y = x @ w", ["y = (x * w)"]),
        ("y = n // s", ["y = n / s", "y = (-((-n) // s))", "y = n"]),
        ("y = -(-n // s)", ["y = -(n // s)"]),
        ("y = x[3]", ["y = x[4]", "y = x[2]"]),
        (
            "y = x[a:b]",
            ["y = x[a + 1:b]", "y = x[a:b - 1]", "y = x[a:b + 1]", "y = x[:b]", "y = x"],
        ),
        ("y = x[:, ::2]", ["y = x[:, ::1]", "y = x[:]"]),
        ("y = k[::-1, ::-1]", ["y = k[::1, ::-1]", "y = k[::-1, ::1]", "y = k[::-1]"]),
        ("y = x.shape[0]", ["y = x.shape[1]"]),
        ("y = x.shape[-1]", ["y = x.shape[0]"]),
        ("y = np.transpose(x, (0, 2, 3, 1))", ["y = np.transpose(x, (0, 3, 2, 1))", "y = x"]),
        ("y = f(x, kernel)", ["y = f(kernel, x)"]),
        ("(kh, kw) = kernel.shape", ["(kw, kh) = kernel.shape"]),
        ("if a < b: y = 1", ["if a <= b: y = 1", "if not (a < b): y = 1", "pass"]),
        ("y = np.sum(x)", ["y = np.mean(x)", "y = x"]),
        ("y = x.sum()", ["y = x"]),
        ("y = range(n)", ["y = range(n - 1)", "y = range(1, n)"]),
        ("y = Conv2D(8, padding='same')", ["y = Conv2D(8, padding='valid')", "y = Conv2D(8, )"]),
        ("y = [a(1), b(2)]", ["y = [a(1)]", "y = [b(2)]", "y = [b(2), a(1)]"]),
        ("memory.assign(value)", ["pass"]),
        ("y += x", ["y -= x", "y = x"]),
        ("m.fit(x, epochs=15)", ["m.fit(x, epochs=0)", "pass"]),
    ],
)
def test_the_mistakes_that_one_makes_are_made(line, mistakes):
    assert set(mistakes) <= changed(line)


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("raise ValueError(f'{n} is 3 too many')", {"pass"}),
        ("w = add(name='w', initializer='zeros')", {"w = None", "pass"}),
        ("w = keras.initializers.Constant(1 / n)", {"w = None", "pass"}),
        ("y = max(a, b)", None),
        ("m.fit(x, epochs=15)", None),
    ],
)
def test_what_changes_no_answer_is_no_mutant(line, same):
    found = changed(line)
    assert found == same if same else not found & {"y = max(b, a)", "m.fit(x, epochs=16)"}


def test_nothing_outside_of_the_region_is_changed():
    assert changed("pass", outside="n = 3 + x.shape[0]") == set()


def test_every_mutant_is_python_and_none_is_there_twice():
    found = mutants(
        CELL.format(line="return x[1:] + (x[:-1] * 2 if x is None else 3)", outside="0")
    )
    assert len({one.source for one in found}) == len(found) > 10
    for one in found:
        compile(one.source, "mutant", "exec")


def test_a_mutant_keeps_its_name_where_lines_move():
    before = CELL.format(line="y = a + b", outside="pass")
    after = CELL.format(line="y = a + b", outside="pass\n    pass\n\n    pass")
    assert {one.change for one in mutants(before)} == {one.change for one in mutants(after)}
