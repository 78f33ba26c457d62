"""A figure shows wherever a notebook is read: asked of the renderers themselves."""

from base64 import b64encode

import pytest
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from autograder.authoring.figures import embed

# VS Code renders with the JavaScript markdown-it, of which this is a port with the same rules.
VS_CODE = MarkdownIt("js-default", {"html": True}).render
RENDERERS = {"VS Code": VS_CODE, "nbconvert": markdown2html_mistune}

WRITTEN = {
    "Markdown": "![A dot](figures/dot.png)",
    "with a title": '![A dot](figures/dot.png "One dot")',
    "between words": "A dot ![A dot](figures/dot.png) here.",
    "HTML": '<img src="figures/dot.png" width="300" alt="A dot">',
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "dot.png").write_bytes(b"a dot")
    return tmp_path


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_figure_shows(folder, written, renderer):
    shown = RENDERERS[renderer](embed(WRITTEN[written], folder))
    assert f'src="data:image/png;base64,{b64encode(b"a dot").decode()}"' in shown


def test_an_svg_would_not_show_in_vs_code():
    """Why `embed` refuses it."""
    assert "<img" not in VS_CODE("![A dot](data:image/svg+xml;base64,PHN2Zz4=)")


def test_other_links_stay(folder):
    text = "[a page](https://example.org/figures/dot.png) and `figures/dot.png`"
    assert embed(text, folder) == text
