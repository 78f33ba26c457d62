"""06_lenet: right answers pass whatever the secret, and the references are what Keras computes."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from itertools import pairwise
from pathlib import Path
from runpy import run_path
from unittest.mock import patch

import keras
import numpy as np
import pytest

from autograder.checks import LAYOUTS, Draw
from autograder.percent import read_percent
from cnncourse import models
from cnncourse.tables import summarize

NAME = "06_lenet"
FOLDER = Path(__file__).parents[2] / "course" / NAME
SECRETS = [bytes([number]) * 32 for number in range(6)]
MODULE = run_path(FOLDER / "checks.py")
CHECKS = {check.name: check for check in MODULE["CHECKS"]}
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
    assert sum(check.max_score for check in CHECKS.values()) == 100


def test_every_check_has_its_cell_in_the_same_order(notebook):
    assert notebook[1] == list(CHECKS)


def test_each_solution_stands_directly_before_its_check():
    for source, following in pairwise(CODE):
        if "BEGIN SOLUTION" in source:
            defined = source.split()[1].partition("(")[0]
            assert following == f'check("{defined}")'


def test_signatures_name_the_inputs_of_every_case(notebook):
    for check in CHECKS.values():
        code = notebook[0][check.defines]
        code = (code.__init__ if isinstance(code, type) else code).__code__
        arguments = set(code.co_varnames[: code.co_argcount]) - {"self"}
        given = {"x", "weights", *check.weights, "training"}
        given |= {"test_images", "test_labels", "shapes"}
        cases = [*check.examples, *([] if check.draw is None else [drawn(check)])]
        for inputs in (getattr(case, "inputs", case) for case in cases):
            assert set(inputs) - given == arguments, check.name


def drawn(check, seed=b"", exact=False):
    return check.draw(Draw(seed, exact))


def test_figures_exist_and_are_used():
    text = (FOLDER / f"{NAME}.py").read_text()
    made = {path.name for path in (FOLDER / "figures").glob("*.png")}
    assert made == {name for name in made if f"](figures/{name})" in text}
    assert text.count("](figures/") == len(made)


def test_students_need_keras_and_scikit_learn_alone():
    imported = {line.split()[1].partition(".")[0] for cell in CODE for line in imports(cell)}
    drawing, guarded = {"IPython", "struct", "zlib"}, {"tensorflow_datasets"}
    assert imported == {"keras", "numpy", "sklearn", "autograder"} | drawing | guarded


def imports(source):
    return [line for line in source.splitlines() if line.strip().startswith(("import ", "from "))]


QUICK = [name for name in CHECKS if name != "train"]


@pytest.mark.parametrize("style", ["notebook", *RIGHT])
@pytest.mark.parametrize("name", QUICK)
def test_right_answers_pass_whatever_the_secret(name, style, answers, judge):
    for secret in SECRETS[:3]:
        verdict = judge(NAME, name, answers[style], secret)
        assert verdict.score == verdict.max_score, verdict.message


@pytest.mark.slow
@pytest.mark.parametrize("style", ["notebook", *RIGHT])
def test_every_recipe_trains_well_enough(style, answers, judge):
    verdict = judge(NAME, "train", answers[style], SECRETS[0])
    assert verdict.score == verdict.max_score, verdict.message


@pytest.mark.parametrize("name", CHECKS)
def test_the_stub_earns_nothing(name, judge):
    def stub(*_, **__):
        raise NotImplementedError

    class Stub(keras.Layer):
        def __init__(self, **_):
            raise NotImplementedError

    written = {name: Stub if CHECKS[name].kind == "layer" else stub}
    verdict = judge(NAME, name, written, SECRETS[0])
    assert (verdict.kind, verdict.score) == ("not attempted", 0)


def test_the_part_of_a_layer_that_is_written_earns_its_points(answers, judge):
    """Without get_config, weights, output and gradients are as right as with it."""

    def get_config(_):
        raise NotImplementedError

    written = type("Subsampling", (answers["notebook"]["Subsampling"],), {"get_config": get_config})
    verdict = judge(NAME, "Subsampling", {"Subsampling": written}, SECRETS[0])
    assert {part.name for part in verdict.parts if part.score} == {
        "weights",
        "forward",
        "gradients",
    }


class Constant(Draw):
    """Draws whose every random number is the same, as shrinking a case may leave them."""

    def __init__(self, bits, exact):
        super().__init__(b"", exact)
        self.bits = bits

    def _bits(self, count):
        return np.full(count, self.bits, np.uint64)


BITS = [0, 1, 2**64 - 1]


@pytest.mark.parametrize("bits", BITS)
@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("name", QUICK)
def test_whatever_is_drawn_the_reference_has_finite_answers(name, exact, bits):
    inputs = CHECKS[name].draw(Constant(bits, exact))
    answer = CHECKS[name].reference(**inputs)
    for value in answer if isinstance(answer, tuple) else (answer,):
        assert np.isfinite(value).all()


@pytest.mark.parametrize("bits", BITS)
def test_whatever_is_drawn_no_two_classes_are_equally_probable(bits):
    ordered = np.sort(CHECKS["accuracy"].draw(Constant(bits, exact=True))["probabilities"])
    assert np.diff(ordered).min() > 1e-3


@pytest.mark.parametrize("name", ["prepare", "accuracy"])
def test_functions_of_arrays_get_them_in_every_layout(name):
    assert {case.layout for case in CHECKS[name].examples} == set(LAYOUTS)


@pytest.mark.parametrize("name", ["lenet_params", "build_lenet", "build_mnist_cnn"])
def test_drawn_pictures_are_pooled_to_unlike_heights_and_widths(name):
    for seed in [*SECRETS, *map(bytes, range(6))]:
        height, width, _ = drawn(CHECKS[name], seed)["input_shape"]
        rounds = 1 if name == "build_mnist_cnn" else 2
        for _ in range(rounds):
            height, width = (height - 4) // 2, (width - 4) // 2
        assert height != width


# References against Keras, and against numbers worked out by hand


def as_arrays(*values):
    return [np.asarray(value, np.float64) for value in values]


def test_subsampling_is_a_loop_over_windows():
    for seed in SECRETS:
        *arrays, (height, width) = drawn(CHECKS["Subsampling"], seed).values()
        x, coefficient, bias = as_arrays(*arrays)
        y = CHECKS["Subsampling"].reference(x, coefficient, bias, (height, width))
        assert y.shape == (len(x), x.shape[1] // height, x.shape[2] // width, x.shape[3])
        for n, i, j, c in np.ndindex(y.shape):
            window = x[n, i * height : (i + 1) * height, j * width : (j + 1) * width, c]
            assert y[n, i, j, c] == pytest.approx(coefficient[c] * window.sum() + bias[c])


def test_subsampling_of_the_slides_picture():
    case, *_ = CHECKS["Subsampling"].examples
    y = CHECKS["Subsampling"].reference(*case.inputs.values())
    np.testing.assert_array_equal(y[0, ..., 0], [[4.25, 6.25], [3, 3]])
    np.testing.assert_array_equal(y[0, ..., 1], [[0, 8], [32, 40]])


@pytest.mark.parametrize(("maps", "weights"), [(6, 12), (16, 32)])
def test_subsampling_has_as_many_weights_as_the_papers_s2_and_s4(maps, weights, notebook):
    layer = notebook[0]["Subsampling"]((2, 2))
    layer.build((None, 14, 14, maps))
    assert layer.count_params() == weights


@pytest.mark.parametrize("training", [True, False])
def test_standardize_is_keras_batch_normalization_without_scale_and_offset(training):
    for seed in SECRETS:
        inputs = drawn(CHECKS["Standardize"], seed) | {"training": training}
        x, mean, variance, momentum, epsilon, _ = inputs.values()
        layer = keras.layers.BatchNormalization(
            momentum=momentum, epsilon=epsilon, center=False, scale=False
        )
        layer.build(x.shape)
        layer.set_weights([mean, variance])
        found = (layer(x, training=training).numpy(), *layer.get_weights())
        wanted = CHECKS["Standardize"].reference(*inputs.values())
        for one, other in zip(found, wanted if training else (wanted,), strict=False):
            np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)


def test_standardize_by_hand():
    learning, afterwards, _ = (case.inputs.values() for case in CHECKS["Standardize"].examples)
    y, mean, variance = CHECKS["Standardize"].reference(*learning)
    np.testing.assert_array_equal(y, [[-0.5], [0.5]])
    assert (mean, variance) == (8, 4)
    np.testing.assert_array_equal(CHECKS["Standardize"].reference(*afterwards), [[-3], [-2]])


MODELS = [("build_lenet", "lenet"), ("build_mnist_cnn", "mnist_cnn")]


def table(model):
    """Keras's summary as rows, without the input, which Sequential models do not show."""
    rows = [(row.layer_type, row.output_shape, row.params) for row in summarize(model).rows]
    return [row for row in rows if row[0] != "InputLayer"]


def published(check, name):
    """The model of cnncourse that the check's example describes, under the example's weights."""
    case, *_ = CHECKS[check].examples
    model = models.build(name)
    model.set_weights(case.inputs["weights"])
    return model, dict(case.inputs)


@pytest.mark.parametrize(("check", "name"), MODELS)
def test_the_example_is_the_published_model(check, name):
    model, inputs = published(check, name)
    x, weights = inputs.pop("x"), as_arrays(*inputs.pop("weights"))
    assert CHECKS[check].rows(**inputs) == table(model)
    wanted = CHECKS[check].reference(x.astype(np.float64), weights, **inputs)
    np.testing.assert_allclose(model(x, training=False), wanted, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("style", ["notebook", *RIGHT])
@pytest.mark.parametrize("check", [check for check, _ in MODELS])
def test_summaries_are_those_of_keras_whatever_the_arguments(check, style, answers):
    for seed in SECRETS:
        inputs = drawn(CHECKS[check], seed)
        del inputs["x"], inputs["weights"]
        assert CHECKS[check].rows(**inputs) == table(answers[style][check](**inputs))


@pytest.mark.parametrize("check", [check for check, _ in MODELS])
def test_probabilities_are_neither_flat_nor_certain(check):
    for seed in SECRETS:
        inputs = drawn(CHECKS[check], seed)
        p = CHECKS[check].reference(**inputs)
        assert p.shape == (3, inputs["classes"])
        assert np.ptp(p, axis=1).min() > 0.03
        assert min(abs(p[i] - p[j]).max() for i, j in ((0, 1), (0, 2), (1, 2))) > 0.01


@pytest.mark.parametrize(
    ("name", "total"), [("lenet", 61_706), ("lenet_valid", 44_426), ("lenet_rgb", 62_006)]
)
def test_the_published_counts_are_public_cases(name, total):
    variant = models.registry.FAMILY_OF[name].VARIANTS[name]
    (case,) = (
        case
        for case in CHECKS["lenet_params"].examples
        if case.inputs["input_shape"] == variant.input_shape
    )
    assert sum(CHECKS["lenet_params"].reference(**case.inputs)) == total == variant.params
    assert f"{total:,}" in case.name


def test_the_slides_numbers_come_scaled_with_a_channel():
    first, second, *_ = CHECKS["prepare"].examples
    y = CHECKS["prepare"].reference(**first.inputs)
    np.testing.assert_array_equal(y[0, ..., 0], [[0, 0.25], [0.5, 1]])
    np.testing.assert_allclose(
        CHECKS["prepare"].reference(**second.inputs), [[[[0], [0.2], [1]]]], rtol=1e-12
    )


def test_accuracy_of_the_example_in_the_text():
    case, *_ = CHECKS["accuracy"].examples
    assert CHECKS["accuracy"].reference(**case.inputs) == pytest.approx(2 / 3)


# Training


def sklearn_digits():
    from sklearn.datasets import load_digits

    return load_digits().images / 16


def whole(inputs):
    return np.concatenate([inputs["images"], inputs["test_images"]])[..., 0]


def test_the_evaluator_is_the_model_of_the_table(notebook):
    with patch("keras.Sequential.fit", lambda model, *_, **__: model.build((None, 8, 8, 1))):
        model = notebook[0]["train"](None, None)
    rng = np.random.default_rng(0)
    weights = [rng.normal(0, 0.4, weight.shape) for weight in model.weights]
    model.set_weights(weights)
    images = rng.random((5, 8, 8, 1))
    assert [weight.shape for weight in weights] == MODULE["SHAPES_8X8"]
    scores = CHECKS["train"].reference(as_arrays(*model.get_weights()), images)
    np.testing.assert_allclose(model(images), scores, rtol=1e-4, atol=1e-6)
    text = (FOLDER / f"{NAME}.py").read_text()
    assert all(f"| {layer.count_params()} |" in text for layer in model.layers if layer.weights)


def test_all_digits_are_used_once_turned_mirrored_or_shifted():
    """Each image is one of scikit-learn's, changed as all the others are."""
    original = sklearn_digits()
    for seed in SECRETS:
        inputs = drawn(CHECKS["train"], seed)
        images = whole(inputs)
        assert (len(inputs["images"]), len(images)) == (1200, len(original))
        pixels = [np.sort(picture.ravel()) for picture in images]
        assert {p.tobytes() for p in pixels} == {
            np.sort(picture.ravel()).astype(np.float32).tobytes() for picture in original
        }
        assert len({picture.tobytes() for picture in images}) == len(
            {picture.tobytes() for picture in original}
        )


def test_classes_have_new_numbers_in_every_case():
    names = []
    for seed in SECRETS:
        inputs = drawn(CHECKS["train"], seed)
        labels = np.concatenate([inputs["labels"], inputs["test_labels"]])
        assert np.bincount(labels).min() > 170
        names.append(tuple(np.bincount(labels)))
    assert len(set(names)) == len(names)


@pytest.mark.slow
def test_weights_that_know_the_digits_as_they_are_earn_nothing(notebook, judge):
    """Trained on all of scikit-learn's digits, upright and under their own names."""
    digits = notebook[0]["digits"]
    model = notebook[0]["train"](notebook[0]["prepare"](digits.images, 16), digits.target)
    for secret in SECRETS:
        verdict = judge(NAME, "train", {"train": lambda *_: model}, secret)
        assert verdict.score == 0


@pytest.mark.slow
def test_mnist_where_it_is_not_is_told_and_where_it_is_is_learnt(notebook, capsys, monkeypatch):
    source = next(source for source in CODE if "tensorflow_datasets" in source)
    here = Path(__file__).parents[3] / "shared" / "data" / "tensorflow_datasets"
    monkeypatch.setenv("TFDS_DATA_DIR", "/nowhere")
    assert len(imports(source)) == 1
    pytest.importorskip("tensorflow_datasets")
    import tensorflow_datasets as tfds

    exec(source, dict(notebook[0]))
    assert "MNIST cannot be loaded here" in capsys.readouterr().out
    if not here.exists():
        pytest.skip("MNIST is not at hand")
    load = tfds.load
    with patch("tensorflow_datasets.load", lambda *a, **k: load(*a, data_dir=here, **k)):
        exec(source, dict(notebook[0]))
    assert "% of 1000 are recognised" in capsys.readouterr().out
