"""A student's Markdown, judged by what nbconvert makes of it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters import markdown2html, strip_files_prefix

from autograder.nbgrader.markdown import harmless, quoted
from tests.autograder.nbgrader.attacks import ATTACKS as TABLE

ATTACKS = [
    attack.replace("ACT", "alert(1)").replace("URL", "https://example.org") for attack in TABLE
]

ALLOWED = {
    *("p", "a", "em", "strong", "del", "code", "pre", "span", "div", "blockquote", "hr", "br"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "input", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


class Audit(HTMLParser):
    """Lists what a page must not hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.complaints: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.complaints.append(tag)
        for name, value in attrs:
            safe = (value or "").startswith(("http://", "https://", "#"))
            if name not in ("class", "id", "style", "href", "type", "disabled", "checked") or (
                name == "href" and not safe
            ):
                self.complaints.append(f"{tag} {name}={value}")
            if name == "style" and not (value or "").startswith("text-align:"):
                self.complaints.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.complaints.append(f"comment {data}")

    handle_decl = unknown_decl = handle_pi = handle_comment


def page(source: str) -> str:
    return strip_files_prefix(markdown2html(source))


def complaints(source: str) -> list[str]:
    return Audit(page(source)).complaints


@pytest.mark.parametrize("tag", ["<script>", "](x) ", r"\href"])
def test_what_is_harmless_and_short_enough_stays_as_it_is(tag):
    once = harmless(tag * 6000)
    assert harmless(once) == once


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives(attack):
    assert complaints(harmless(attack)) == []
    for command in ("href", "style", "bbox", "mmlToken", "require"):
        assert f"\\{command}" not in harmless(attack)


def test_the_audit_sees_what_nbconvert_lets_through():
    seen = [
        attack for attack in ATTACKS if attack.startswith(("<script", "<img src=x", "[x](java"))
    ]
    assert all(complaints(attack) for attack in seen)


PIECES = st.sampled_from(
    [
        *ATTACKS,
        *"<>[](){}:!`~$\\#*_-|&;\"'/= \n\t",
        "x",
        "script",
        "javascript:",
        "&#60;",
        "mermaid",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_mixture_of_attacks_survives(source):
    assert complaints(harmless(source)) == []
    assert complaints(quoted(source)) == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("where a < b and b <= c", "a &lt; b and b &lt;= c"),
        ("`a < b`, `x[i]`", "<code>a &lt; b</code>, <code>x[i]</code>"),
        ("$a < b$", "$a &lt; b$"),
        ("$x_{<t}$", "$x_{&lt; t}$"),
        ("**bold** and *not*", "<strong>bold</strong> and <em>not</em>"),
        ("see https://keras.io/api", '<a href="https://keras.io/api">'),
        ("[Keras](https://keras.io)", "[Keras] ("),
        ("```python\nif a<b:\n    x[0](1)\n```", '<span class="k">if</span>'),
    ],
)
def test_text_code_and_formulas_stay_readable(source, shown):
    assert shown in page(harmless(source))


def test_a_quoted_text_is_shown_as_it_is():
    text = "raised <ValueError>\n\n# $x$ [a](b)\r\u2028**c**"
    shown = page(quoted(text))
    assert shown.count("<code>") == 1
    assert "raised &lt;ValueError&gt;\n\n# $x$ [a](b)\n\n**c**" in shown


def test_a_long_text_is_cut():
    assert len(harmless("x" * 1_000_000)) < 21_000
