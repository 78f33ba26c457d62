"""What is wrong with an input, in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIGINT

import typer


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Tell an error on standard error, and end with exit status 2; or with that of a signal."""
    try:
        yield
    except KeyboardInterrupt as stop:
        typer.echo(f"stopped: {stop}" if str(stop) else "stopped", err=True)
        raise typer.Exit(128 + getattr(stop, "number", SIGINT)) from None
    except Exception as error:
        if not _is_expected(error):
            raise
        typer.echo(f"autograder: {error}", err=True)
        raise typer.Exit(2) from None


def _is_expected(error: Exception) -> bool:
    """Whether an error is one of ours, worded for the person at the terminal."""
    return type(error).__module__.startswith("autograder.")
