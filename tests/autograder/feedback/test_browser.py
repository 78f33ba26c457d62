"""The pages in a real browser: they are shown, ask for nothing else and run nothing."""

from dataclasses import replace

import pytest

from autograder.feedback import write_class, write_student
from tests.autograder.browsing import dump, in_a_browser, listening

pytestmark = in_a_browser


@pytest.fixture
def listener():
    with listening() as listener:
        yield listener


def test_a_page_is_shown_and_asks_for_nothing(tmp_path, every_kind, listener):
    tempting = f'<img src="{listener.address}/x"><script>document.title = "run"</script>'
    result = replace(every_kind, repairs=(tempting,), student="ada & bob")
    for path in (write_student(tmp_path, result), write_class(tmp_path, "01", [result])):
        seen = dump(path.as_uri(), tmp_path / "profile")
        assert "<title>" in seen
        assert "<title>run" not in seen
        assert "ada &amp; bob" in seen
    assert not listener.asked


@pytest.mark.parametrize("of", ["student", "class"])
def test_the_policy_holds_even_if_an_element_came_through(tmp_path, every_kind, listener, of):
    """Each layer is tested by removing the other: here the escaping is undone."""
    broken = replace(every_kind, repairs=("HERE",), student="HERE" if of == "class" else "ada")
    write = {"student": write_student, "class": lambda out, one: write_class(out, "01", [one])}
    path = write[of](tmp_path, broken)
    attack = (
        f'<form action="{listener.address}/a"><button autofocus onfocus="form.submit()">x</form>'
        f'<img src="{listener.address}/i"><link rel="stylesheet" href="{listener.address}/s">'
        f"<style>body {{ background: url({listener.address}/b) }}</style>"
        f'<script>document.title = "run"; fetch("{listener.address}/f")</script>'
        f'<iframe src="{listener.address}/p"></iframe><body onload="document.title = 1">'
    )
    page = path.read_text(encoding="utf-8")
    before, _, after = page.partition("</title>")
    path.write_text(f"{before}</title>{after.replace('HERE', attack)}", encoding="utf-8")
    seen = dump(path.as_uri(), tmp_path / "profile")
    assert f"{before[before.index('<title>') :]}</title>" in seen
    assert f"{listener.address}/f" in seen
    assert not listener.asked
