"""A verdict in a student's notebook: as text, and as HTML that suits light and dark themes.

Notebooks put a cell's HTML on a page of their own colours and may drop style sheets, so every style
stands on its element, text keeps the notebook's colour and tints are translucent. Elements are
built as a tree; serialising it escapes whatever a student's code has put into a text.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from autograder.feedback import products
from autograder.feedback.marks import is_array
from autograder.feedback.panels import Panel, kind
from autograder.feedback.signs import SIGNS, advice, points, readable
from autograder.results import Difference, Verdict

COLOURS = {
    "good": "#1a7f37",
    "part": "#8a5300",
    "bad": "#b3261e",
    "none": "#5f6368",
    "loud": "#8a3ffc",
}
"""Dark enough for white letters on them."""

CARD = "border-left:4px solid {};padding:2px 0 2px 12px;margin:4px 0;line-height:1.5"
BADGE = "background:{};color:#fff;border-radius:4px;padding:1px 8px;font-weight:600"
CELL = "padding:1px 7px;text-align:right;font-variant-numeric:tabular-nums;border:none"
TERM = ";background:rgba(31,111,235,.14);box-shadow:inset 0 0 0 1px rgba(31,111,235,.75)"
FACTOR = "opacity:.75;font-size:85%"
WRONG = ";background:rgba(214,48,38,.25);font-weight:700;text-decoration:underline"
MARKS = {"wrong": WRONG, "term": TERM}
PANELS = "display:flex;flex-wrap:wrap;gap:8px 20px;align-items:flex-start;margin-top:8px"
PICTURE = "display:block;width:170px;max-width:100%;image-rendering:pixelated"
FRAME = "border-collapse:collapse;border:1px solid rgba(128,128,128,.4);margin:0"

UNTYPESET = "tex2jax_ignore mathjax_ignore"
"""What has MathJax leave text as it is: a student's could be a link, or a style."""


def text(verdict: Verdict) -> str:
    """A verdict as a few lines of text."""
    head = f"{SIGNS[verdict.kind].symbol} {verdict.check}: {verdict.kind}, {points(verdict)}"
    difference = verdict.difference
    told = (readable(verdict.message), products.line(difference), types(difference))
    lines = [*told, *advice(verdict)]
    return readable("\n  ".join([head, *filter(None, lines)]))


def html(verdict: Verdict, panels: Sequence[Panel] = ()) -> str:
    """A verdict as one element of HTML."""
    sign = SIGNS[verdict.kind]
    card = Element("div", {"class": UNTYPESET}, style=CARD.format(COLOURS[sign.tone]))
    head = SubElement(card, "div")
    badge = SubElement(head, "span", style=BADGE.format(COLOURS[sign.tone]))
    badge.text = f"{sign.symbol} {verdict.kind}"
    SubElement(head, "code", style="margin:0 8px;font-weight:600").text = verdict.check
    SubElement(head, "span").text = points(verdict)
    # Each panel is captioned with its type and shape.
    kinds = "" if panels else types(verdict.difference)
    told = (readable(verdict.message), products.line(verdict.difference), kinds)
    for line in filter(None, (*told, *advice(verdict))):
        SubElement(card, "div", style="white-space:pre-wrap").text = line
    if panels:
        row = SubElement(card, "div", style=PANELS)
        for panel in panels:
            row.append(_figure(panel))
    markup = tostring(card, encoding="unicode", method="html")
    return readable(markup, len(markup))


def types(difference: Difference | None) -> str:
    """Types and shapes of what went in and came out, in one line."""
    if difference is None:
        return ""
    arrays = [f"{name} {kind(v)}" for name, v in difference.inputs.items() if is_array(v)]
    wanted = difference.expected
    expected = f"shape {wanted.shape}" if is_array(wanted) else kind(wanted)
    came = f"yours {kind(difference.observed)}, expected {expected}"
    return f"{', '.join(arrays)} → {came}" if arrays else came


def _figure(panel: Panel) -> Element:
    figure = Element("figure", style="margin:0;max-width:100%;overflow-x:auto")
    caption = SubElement(figure, "figcaption")
    SubElement(caption, "b").text = panel.title
    small = SubElement(caption, "div", style="opacity:.75;font-size:85%")
    small.text = panel.caption
    if panel.picture:
        alt = f"{panel.title}, {panel.caption}"
        SubElement(figure, "img", src=panel.address, alt=alt, style=f"{FRAME};{PICTURE}")
    elif panel.rows:
        figure.append(_table(panel))
    else:
        SubElement(figure, "code").text = panel.text
    return figure


def _table(panel: Panel) -> Element:
    table = Element("table", style=FRAME)
    for entries in panel.rows:
        row = SubElement(table, "tr", style="background:none")
        for entry in entries:
            cell = SubElement(row, "td", style=CELL + MARKS.get(entry.mark, ""))
            cell.text = entry.text
            if entry.factor:
                SubElement(cell, "span", style=FACTOR).text = entry.factor
    return table
