"""What a browser would act on in a page."""

import re
from collections import Counter
from html.parser import HTMLParser


class Page(HTMLParser):
    """What a browser would act on: elements that run or load, handlers, addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.active: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "svg", "img", "link", "form", "meta"):
            self.active[tag] += 1
        self.active.update(f"{tag} {name}" for name, _ in attrs if name.startswith("on"))
        addresses = [value or "" for name, value in attrs if name in ("href", "src")]
        self.active.update(f"{tag} {it}" for it in addresses if re.match(r"(?i)\s*(java|data)", it))

    def handle_comment(self, data: str) -> None:
        if "[if" not in data:
            self.active["comment"] += 1
