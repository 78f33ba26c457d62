"""What an assignment allows must be there, or nobody can grade it."""

from importlib import metadata

from autograder.authoring.errors import BuildError
from autograder.course import Assignment


def refuse_missing(assignment: Assignment) -> None:
    """Complain of a package that is not installed.

    Raises:
        BuildError: there is one; the line says how to get it.
    """
    for package in assignment.packages:
        if not _installed(package):
            line = f"{assignment.name} allows the package {package}, which is not installed"
            remedy = f"install it with pip install {package}, or take it out of course.toml"
            raise BuildError(f"{line}: {remedy}")


def _installed(package: str) -> bool:
    """Whether there is a distribution of that name, or one with a module of that name."""
    try:
        metadata.distribution(package)
    except (metadata.PackageNotFoundError, ValueError):
        return package in metadata.packages_distributions()
    return True
