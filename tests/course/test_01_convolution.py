"""01_convolution: right answers pass whatever the secret, and the slides' numbers are asked."""

from itertools import cycle, islice, pairwise
from pathlib import Path
from runpy import run_path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.checks import LAYOUTS, Case, Draw
from autograder.percent import read_percent
from autograder.tolerance import expect

NAME = "01_convolution"
FOLDER = Path(__file__).parents[2] / "course" / NAME
SECRETS = [bytes([number]) * 32 for number in range(20)]
CHECKS = {check.name: check for check in run_path(FOLDER / "checks.py")["CHECKS"]}
RIGHT = sorted(path.stem for path in (FOLDER / "right").glob("*.py"))
CELLS = read_percent(FOLDER / f"{NAME}.py")
CODE = [cell.source for cell in CELLS if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def notebook():
    """What the notebook's cells define, run in their order; and the names it checked."""
    namespace, checked = {}, []
    with patch("autograder.load", lambda _: checked.append):
        for source in CODE:
            exec(compile(source, NAME, "exec"), namespace)
    return namespace, checked


@pytest.fixture(scope="module")
def answers(notebook):
    styles = {style: run_path(FOLDER / "right" / f"{style}.py") for style in RIGHT}
    return {"notebook": notebook[0], **styles}


def test_points_sum_to_100():
    assert sum(check.points for check in CHECKS.values()) == 100


def test_every_check_has_its_cell_in_the_same_order(notebook):
    assert notebook[1] == list(CHECKS)


def test_each_solution_stands_directly_before_its_check():
    for source, following in pairwise(CODE):
        if "BEGIN SOLUTION" in source:
            defined = source.removeprefix("def ").partition("(")[0]
            assert following == f'check("{defined}")'


def test_signatures_name_the_inputs_of_every_case(notebook):
    for check in CHECKS.values():
        function = notebook[0][check.defines]
        arguments = function.__code__.co_varnames[: function.__code__.co_argcount]
        for case in check.examples:
            assert tuple(case.inputs) == arguments, check.name


def test_the_text_says_what_may_not_be_called_and_where():
    text = " ".join(CELLS[0].source.split())
    numbers = [str(number) for number, check in enumerate(CHECKS.values(), 1) if check.forbidden]
    assert f"exercises {', '.join(numbers[:-1])} and {numbers[-1]} are about what" in text
    for name in {name for check in CHECKS.values() for name in check.forbidden}:
        assert f"`{name.replace('numpy', 'np')}`" in text


def test_exercises_build_on_earlier_ones():
    names = list(CHECKS)
    for place, check in enumerate(CHECKS.values()):
        assert set(check.builds_on) <= set(names[:place])


@pytest.mark.parametrize("style", ["notebook", *RIGHT])
@pytest.mark.parametrize("name", [name for name, check in CHECKS.items() if check.builds_on])
def test_an_answer_is_right_with_the_references_of_what_it_builds_on(name, style, answers, judge):
    right = answers[style][name]
    references = {other: CHECKS[other].reference for other in CHECKS[name].builds_on}
    with patch.dict(right.__globals__, references):
        assert judge(NAME, name, {name: right}, SECRETS[0]).kind == "passed"


def test_figures_exist_and_are_used():
    text = (FOLDER / f"{NAME}.py").read_text()
    drawn = {path.name for path in (FOLDER / "figures").glob("*.png")}
    assert drawn == {name for name in drawn if f"](figures/{name})" in text}
    assert text.count("](figures/") == len(drawn)


def test_students_need_numpy_alone():
    imported = {line.split()[1].partition(".")[0] for cell in CODE for line in imports(cell)}
    assert imported <= {"numpy", "autograder", "IPython", "struct", "zlib"}


def imports(source):
    return [line for line in source.splitlines() if line.startswith(("import ", "from "))]


def as_is(value):
    return value


def in_double(value):
    is_real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(np.float64) if is_real else value


def in_single(value):
    is_real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(np.float32) if is_real else value


def with_types(function, before, after):
    """The function on inputs changed by `before`, its results by `after`."""

    def changed(*args):
        result = function(*map(before, args))
        return tuple(map(after, result)) if isinstance(result, tuple) else after(result)

    return changed


PRECISIONS = {"float64": (in_double, in_double), "as it comes": (as_is, as_is)}
PRECISIONS["float32"] = (in_single, in_single)


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("style", ["notebook", *RIGHT])
@pytest.mark.parametrize("name", CHECKS)
def test_right_answers_pass_whatever_the_secret(name, style, precision, answers, judge):
    defines = CHECKS[name].defines
    right = with_types(answers[style][defines], *PRECISIONS[precision])
    for secret in SECRETS:
        verdict = judge(NAME, name, {defines: right}, secret)
        assert verdict.kind == "passed", verdict.message


@pytest.mark.parametrize("name", CHECKS)
def test_the_stub_earns_nothing(name, judge):
    def stub(*_):
        raise NotImplementedError

    verdict = judge(NAME, name, {CHECKS[name].defines: stub}, SECRETS[0])
    assert (verdict.kind, verdict.score) == ("not attempted", 0)


# The lectures' numbers, worked out by hand: check, inputs in their order, the right answer.
X5 = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
K5 = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
X4 = [[4, 1, -3, 1], [2, 0, -2, 3], [4, 2, -1, 2], [2, 1, -1, 0]]
K4 = [[2, -1, 2], [-2, 0, 1], [1, 3, 4]]
BINARY = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
CROSS = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
LETTERS = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6], [5, 4, 3, 2]]
PLACES = [[1, 10], [100, 1000]]
NINE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
STRIDED = [[2, 0, 1], [1, 0, 0], [0, 1, 1]]

SLIDES = [
    ("conv1d", ([4, 1, -3, 1], [2, -1, 2], 1), [1, 7]),
    ("conv2d", (X5, K5, (1, 1)), [[12, 12, 17], [10, 17, 19], [9, 6, 14]]),
    ("conv2d", (X4, K4, (1, 1)), [[1, 17], [-8, 4]]),
    ("conv2d", (BINARY, CROSS, (1, 1)), [[4, 3, 4], [2, 4, 3], [2, 3, 4]]),
    (
        "conv2d",
        (LETTERS, PLACES, (1, 1)),
        [[6521, 7632, 8743], [8965, 7876, 6787], [4589, 3478, 2367]],
    ),
    ("conv2d", (LETTERS, PLACES, (2, 2)), [[6521, 8743], [4589, 2367]]),
    ("output_size", (7, 3, 1, 0), 5),
    ("output_size", (7, 3, 2, 0), 3),
    ("output_size", (7, 3, 3, 0), 2),
    ("output_size", (5, 3, 2, 1), 3),
    ("output_size", (7, 3, 1, 1), 7),
    ("output_size", (7, 5, 1, 2), 7),
    ("output_size", (7, 7, 1, 3), 7),
    ("output_size", (32, 5, 1, 2), 32),
    ("conv2d_same", (X4, K4, (2, 2), (1, 1)), [[1, 2], [-1, -2]]),
    ("conv2d_same", (X5, K5, (2, 2), (1, 1)), [[6, 17, 3], [8, 17, 13], [6, 4, 4]]),
    ("conv2d_same", (X5, STRIDED, (2, 2), (1, 1)), [[0, 7, 2], [2, 6, 10], [0, 2, 4]]),
    (
        "conv2d_same",
        (LETTERS, NINE, (1, 1), (1, 1)),
        # av + bw + ey + fz = 5 + 12 + 40 + 54; au + bv + cw + ex + fy + gz = 4 + … + 63
        [[111, 178, 217, 145], [213, 296, 293, 176], [197, 250, 217, 118], [91, 104, 83, 41]],
    ),
    (
        "conv2d_same",
        (LETTERS, PLACES, (1, 1), (2, 2)),
        # aw + cx + iy + kz = 1 + 30 + 900 + 7000 stands at [1, 1], where no zero takes part
        [
            [6000, 7500, 8600, 700],
            [8020, 7931, 6842, 703],
            [4060, 3575, 2486, 307],
            [80, 79, 68, 7],
        ],
    ),
    ("find_template", (X4, K4), (0, 1)),
    ("find_mistake", (X4, K4, [[1, 5], [-8, 4]]), (0, 1, 17)),
    ("convolve2d", (LETTERS, PLACES), [[1256, 2367, 3478], [5698, 6787, 7876], [9854, 8743, 7632]]),
    ("convolve2d", (np.eye(5)[2:3].T @ np.eye(5)[2:3], STRIDED), STRIDED),
    ("edge_strength", ([[0, 20, 0], [15, 0, 0], [0, 0, 0]],), [[50]]),
]


BRIGHT = [[9, 9, 0, 0, 0, 0], [9, 9, 0, 0, 0, 0], [0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 3, 1]]

# The edges, worked out by hand too: what a function must not change, what lies apart in memory.
LAID_OUT = [
    ("conv1d", "read-only", ([3], [2], 2), [6]),
    ("conv1d", "strided", ([1, 2, 3, 4], [1, 10], 3), [21]),
    ("conv2d", "read-only", ([[3]], [[2]], (2, 1)), [[6]]),
    ("conv2d", "strided", (X5[:4], [[1, 10]], (2, 3)), [[33, 1], [13, 32]]),
    ("conv2d_same", "", ([[3]], NINE, (1, 2), (2, 1)), [[15]]),
    ("conv2d_same", "", (X5, PLACES, (3, 4), (1, 1)), [[33, 100], [202, 102]]),
    ("conv2d_same", "", (X5[:4], [[2]], (3, 2), (2, 3)), [[6, 4, 0], [4, 0, 4]]),
    ("conv2d_channels", "read-only", ([[[3]]], [[[[2]]]], [1]), [[[7]]]),
    ("convolve2d", "read-only", ([[3]], [[2]]), [[6]]),
    # 3·0 + 3·2 + 2·2 + 0·2 + 0·1 + 1·0
    ("convolve2d", "strided", ([[3, 3, 2], [0, 0, 1]], [[0, 1, 2], [2, 2, 0]]), [[10]]),
    ("edge_strength", "read-only", ([[0, 0, 0, 10, 10]] * 4,), [[0, 40, 40]] * 2),
    ("find_template", "", ([[1, 0, 2, 1], [0, 3, 1, 2]], [[1, 2, 0, 1], [0, 1, 3, 0]]), (0, 0)),
    ("find_template", "strided", (np.array(BRIGHT) / 256, [[1, 2], [3, 1]]), (2, 4)),
    ("find_mistake", "read-only", ([[1, 2, 3]], [[1, 1]], [[3, 4]]), (0, 1, 5)),
    (
        "find_mistake",
        "strided",
        # 3·0 + 3·1 + 2·2 + 0·2 + 0·2 + 1·0
        ([[3, 3, 2], [0, 0, 1]], [[0, 1, 2], [2, 2, 0]], [[8]]),
        (0, 0, 7),
    ),
]


def same(left, right):
    return np.array_equal(np.asarray(left), np.asarray(right))


EDGES = [(name, inputs, answer) for name, _, inputs, answer in LAID_OUT]


@pytest.mark.parametrize(("name", "inputs", "answer"), SLIDES + EDGES)
def test_numbers_worked_out_by_hand_are_public_cases_with_their_answers(name, inputs, answer):
    check = CHECKS[name]
    (case,) = (case for case in check.examples if all(map(same, case.inputs.values(), inputs)))
    assert case.exact
    assert case.public
    assert same(check.reference(*case.inputs.values()), answer)


@pytest.mark.parametrize(("name", "layout", "inputs", "_"), LAID_OUT)
def test_a_case_lies_in_memory_as_its_name_says(name, layout, inputs, _):
    (case,) = (
        case
        for case in CHECKS[name].examples
        if all(map(same, case.inputs.values(), inputs)) and case.layout == layout
    )
    assert ("not to be written to" in case.name) == (layout == "read-only")
    assert ("every second number" in case.name) == (layout == "strided")


@pytest.mark.parametrize("name", sorted(set(CHECKS) - {"output_size"}))
def test_every_exercise_that_gets_arrays_gets_them_in_every_layout(name):
    assert {case.layout for case in CHECKS[name].examples} == {"", *LAYOUTS}


@pytest.mark.parametrize("name", ["conv1d", "conv2d", "conv2d_channels", "convolve2d"])
def test_a_kernel_that_does_not_fit_in_one_direction_is_a_public_case(name, notebook):
    check = CHECKS[name]
    refused = []
    for case in check.examples:
        axes = 1 if name == "conv1d" else 2
        x, kernel = (case.inputs[key].shape[:axes] for key in ("x", "kernel"))
        too_large = tuple(k > n for k, n in zip(kernel, x, strict=True))
        if any(too_large):
            refused.append(too_large)
            with pytest.raises(ValueError, match="the kernel is larger than x"):
                check.reference(*case.inputs.values())
    assert sorted(refused) == ([(True,)] if axes == 1 else [(False, True), (True, False)])
    assert "ValueError: the kernel is larger than x." in notebook[0][name].__doc__


class Bits(Draw):
    """A draw from given bits, over and over: what shrinking comes to."""

    def __init__(self, bits, exact):
        super().__init__(b"", exact)
        self._given = cycle(bits)

    def _bits(self, count):
        return np.array(list(islice(self._given, count)), np.uint64)


BITS = st.lists(st.integers(0, 30) | st.integers(0, 2**64 - 1), min_size=1, max_size=40)


@pytest.mark.parametrize("name", CHECKS)
@settings(max_examples=50, deadline=None)
@given(bits=BITS, exact=st.booleans())
@example(bits=[0], exact=True)
@example(bits=[2**64 - 1], exact=False)
def test_every_source_of_bits_gives_a_case_that_can_be_answered(name, bits, exact):
    check = CHECKS[name]
    inputs = check.draw(Bits(bits, exact))
    case = Case("drawn", inputs, exact)
    expected = expect(check, case)
    assert not expected.raises or name == "output_size"
    if name == "find_mistake":
        x, kernel, printed = inputs.values()
        assert (CHECKS["conv2d"].reference(x, kernel, (1, 1)) != printed).sum() == 1
    if name == "find_template":
        (row, column), template = expected.value, inputs["template"]
        patch = inputs["image"][row:, column:][: len(template), : template.shape[1]]
        assert same(patch, template) or same(patch, 3 * template)


def test_two_kernels_of_the_slide_make_two_maps():
    case, *_ = CHECKS["conv2d_channels"].examples
    y = CHECKS["conv2d_channels"].reference(*case.inputs.values())
    np.testing.assert_array_equal(y[..., 0], [[14, 18, 22], [28, 28, 28], [26, 22, 18]])
    np.testing.assert_array_equal(y[0, :, 1], [6521, 7632, 8743])


def test_the_line_filter_answers_to_a_horizontal_line():
    _, case, *_ = CHECKS["conv2d_channels"].examples
    y = CHECKS["conv2d_channels"].reference(*case.inputs.values())
    np.testing.assert_array_equal(y[..., 0], [[-85, -85], [185, 185], [-85, -85]])


def test_six_filters_of_75_products_and_a_bias():
    _, _, case, *_ = CHECKS["conv2d_channels"].examples
    y = CHECKS["conv2d_channels"].reference(*case.inputs.values())
    assert y.shape == (28, 28, 6)
    np.testing.assert_array_equal(y[0, 0], [1, 77, 153, 229, 305, 381])


def test_channels_go_last_number_by_number():
    case, *_ = CHECKS["to_channels_last"].examples
    x, kernel = case.inputs.values()
    images, kernels = CHECKS["to_channels_last"].reference(x, kernel)
    assert (images.shape, kernels.shape) == ((2, 4, 5, 3), (1, 2, 3, 2))
    for n, c, row, column in np.ndindex(x.shape):
        assert images[n, row, column, c] == x[n, c, row, column]
    for f, c, a, b in np.ndindex(kernel.shape):
        assert kernels[a, b, c, f] == kernel[f, c, a, b]
