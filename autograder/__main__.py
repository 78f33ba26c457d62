"""`python -m autograder`, where the command is not on the path."""

from autograder.cli import app

app(prog_name="autograder")
