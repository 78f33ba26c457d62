"""The pages that are made from docstrings."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    command = [sys.executable, ROOT / "scripts" / "make_api_docs.py", folder]
    environment = os.environ | {"KERAS_BACKEND": "tensorflow"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return folder / "cnncourse"


@pytest.mark.parametrize("name", ["arithmetic", "layers", "models", "reference", "tables"])
def test_all_that_is_exported_is_there(pages, name):
    page = (pages / f"{name}.html").read_text()
    exported = importlib.import_module(f"cnncourse.{name}").__all__
    assert [one for one in exported if f'id="{one}"' not in page] == []


def test_shapes_are_listed_like_arguments(pages):
    page = (pages / "reference.html").read_text()
    assert "<li><strong>padding:</strong>" in page
    assert "<li><strong>output:</strong>" in page


def test_types_are_short(pages):
    page = (pages / "reference.html").read_text()
    assert "ArrayLike" in page
    assert "_SupportsArray" not in page
