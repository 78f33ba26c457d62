"""What Keras computes with behind the wall: what an assignment names, or KERAS_BACKEND."""

import os
from collections.abc import Sequence
from importlib import metadata

from autograder.distributions import BACKENDS, closure, distribution_of
from autograder.sandbox.errors import SandboxError


def choose(packages: Sequence[str]) -> str:
    """The backend of an assignment that allows these packages, or "".

    Raises:
        SandboxError: KERAS_BACKEND is unknown, not installed or not among the backends named.
    """
    allowed = closure(packages)
    named = [backend for backend in BACKENDS if distribution_of(backend) in allowed]
    if "keras" not in allowed:
        return named[0] if named else ""
    wanted = os.environ.get("KERAS_BACKEND", "")
    if wanted and named and wanted not in named:
        line = f"KERAS_BACKEND is {wanted!r}, but the assignment's packages name"
        raise SandboxError(f"{line} {' and '.join(named)}: unset it, or let them name keras alone")
    return _installed(wanted or (named or BACKENDS)[0])


def _installed(backend: str) -> str:
    if backend not in BACKENDS:
        raise SandboxError(f"KERAS_BACKEND is {backend!r}, expected {', '.join(BACKENDS)}")
    try:
        metadata.distribution(distribution_of(backend))
    except metadata.PackageNotFoundError:
        line = f"Keras needs {backend}, which is not installed"
        advice = f"install it with pip install {backend}, or set KERAS_BACKEND to another backend"
        raise SandboxError(f"{line}: {advice}") from None
    return backend
