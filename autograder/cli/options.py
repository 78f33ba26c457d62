"""Arguments and options that several commands share."""

import os
from pathlib import Path
from typing import Annotated

import typer

from autograder.isolation import Isolation

CORES = os.cpu_count() or 1

CourseFolder = Annotated[
    Path, typer.Option("--course", help="A course folder: the one with course.toml.")
]
Name = Annotated[str, typer.Argument(help="The assignment, such as 01_convolution.")]
Names = Annotated[
    list[str] | None, typer.Argument(help="The assignments; by default all of the course.")
]
Source = Annotated[
    Path,
    typer.Option(
        help="STUDENT/ASSIGNMENT/*.ipynb, STUDENT.ipynb, or what Moodle or Canvas exports."
    ),
]
Keeping = Annotated[
    Isolation | None,
    typer.Option(help="How students' code is kept in; by default as well as this machine can."),
]
