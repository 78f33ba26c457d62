"""What the worker's tree holds, and why bubblewrap is not used."""

import importlib.metadata
from pathlib import Path

import pytest

from autograder.distributions import BACKENDS, closure, distribution_of, entries, modules
from autograder.sandbox import Isolation, SandboxError, backends, bubblewrap, start
from autograder.sandbox.tree import plan


def test_a_numpy_assignment_gets_numpy_and_what_the_worker_needs():
    names = set(plan(["numpy"]).entries)
    assert {"numpy", "numpy.libs", "IPython", "matplotlib", "autograder/worker"} <= names
    assert {"autograder/worker", "autograder/protocol.py"} == {
        name for name in names if name.startswith("autograder")
    }
    assert not names & {"scipy", "sklearn", "keras", "tensorflow", "nbgrader", "cnncourse", "pip"}


def test_all_that_the_tree_names_exists():
    assert all(path.exists() for path in plan(["numpy"]).entries.values())


def test_extras_and_other_platforms_are_left_out():
    names = closure(["ipython"])
    assert "matplotlib-inline" in names
    assert not set(names) & {"colorama", "ipykernel", "pytest", "sphinx", "win32-setctime"}


@pytest.mark.parametrize(
    ("package", "distribution", "imported"),
    [
        ("numpy", "numpy", ["numpy"]),
        ("PIL", "pillow", ["PIL"]),
        ("python-dateutil", "python-dateutil", ["dateutil"]),
        ("matplotlib-inline", "matplotlib-inline", ["matplotlib_inline"]),
    ],
)
def test_a_package_is_named_by_distribution_or_module(package, distribution, imported):
    assert distribution_of(package) == distribution
    assert modules(package) == imported


def test_a_distribution_is_its_own_entries_only():
    assert set(entries(importlib.metadata.distribution("matplotlib-inline"))) == {
        "matplotlib_inline",
        f"matplotlib_inline-{importlib.metadata.version('matplotlib-inline')}.dist-info",
    }


def found(packages):
    """The backends in the tree of these packages."""
    tree = plan(packages)
    assert tree.backend in ("", *tree.modules)
    return tree.backend, {*BACKENDS} & {*tree.entries}


def test_without_keras_there_is_no_backend(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    assert found(["numpy"]) == ("", set())


def test_keras_alone_gets_the_backend_that_the_environment_names(backend, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", backend)
    assert found(["numpy", "keras"]) == (backend, {backend})


@pytest.mark.parametrize("packages", [["keras"], ["tensorflow"], ["keras", "tensorflow"]])
def test_else_it_is_tensorflow(packages, monkeypatch):
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    assert found(packages) == ("tensorflow", {"tensorflow"})


def test_a_backend_that_is_named_needs_no_variable(backend, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "")
    assert found(["keras", backend]) == (backend, {backend})
    assert found([backend]) == (backend, {backend})


def test_among_several_that_are_named_the_variable_chooses(backend, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", backend)
    assert found(["keras", "tensorflow", backend]) == (backend, {"tensorflow", backend})


@pytest.mark.parametrize(
    ("packages", "variable", "line"),
    [
        (["keras"], "theano", "KERAS_BACKEND is 'theano', expected tensorflow, jax, torch"),
        (
            ["keras", "tensorflow"],
            "jax",
            "is 'jax', but the assignment's packages name tensorflow",
        ),
    ],
)
def test_a_backend_that_cannot_be_is_told_in_one_line(packages, variable, line, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", variable)
    with pytest.raises(SandboxError, match=line):
        plan(packages)


def test_a_backend_that_is_not_installed_is_told_in_one_line(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setattr(backends, "distribution_of", lambda package: f"{package}-nowhere")
    with pytest.raises(SandboxError, match=r"needs jax, which is not installed: .* jax"):
        plan(["keras"])


def test_without_bubblewrap_full_isolation_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxError, match=r"bubblewrap is not installed: `autograder doctor`"):
        start(["numpy"], Isolation.FULL)


def test_a_bubblewrap_that_fails_says_why_and_what_to_do(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "program", lambda: str(fake))
    with pytest.raises(SandboxError) as error:
        start(["numpy"], Isolation.FULL)
    assert "uid map: Permission denied; see what `autograder doctor` says" in str(error.value)


def test_the_interpreters_own_packages_are_hidden(tmp_path):
    (tmp_path / "python3.11" / "site-packages").mkdir(parents=True)
    hidden = [mount[-1] for mount in bubblewrap.hidden(Path(tmp_path))]
    assert str(tmp_path / "python3.11" / "site-packages") in hidden
