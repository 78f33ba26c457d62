"""A built notebook as a file."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode


def as_bytes(notebook: NotebookNode) -> bytes:
    """The file of a notebook."""
    return f"{nbformat.writes(notebook)}\n".encode()


def read(path: Path) -> NotebookNode:
    """The notebook in a file that nbgrader or this package wrote."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def as_json(notebook: NotebookNode) -> dict[str, Any]:
    """What the file of a notebook holds."""
    return dict(json.loads(as_bytes(notebook)))


def read_json(path: Path) -> Any:
    """What the file holds; None where it is missing or no JSON."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def digest(content: Any) -> str:
    """The hash of what a notebook's file holds, however it is laid out."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()
