"""docs/profile.md shows what the command prints."""

import re

from typer.testing import CliRunner

from cnncourse.cli import app
from tests.conftest import ROOT


def test_the_table_is_what_the_command_prints():
    text = (ROOT / "docs" / "profile.md").read_text(encoding="utf-8")
    command, shown, *_ = re.findall(r"```\n(.*?)\n```", text, re.DOTALL)
    program, *arguments = command.split()
    assert program == "cnncourse"
    printed = CliRunner().invoke(app, arguments).stdout
    assert squeezed(printed) == squeezed(shown)


def squeezed(table: str) -> list[str]:
    """Without spaces and lines: the input's name counts on in a process, and widens its column."""
    cells = re.sub(r"input_layer_\d+", "input_layer", table)
    return [line for line in re.sub(r"[ ┏━┳┓┡╇┩└─┴┘]", "", cells).splitlines() if line]
