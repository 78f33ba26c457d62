"""The pages in a real browser: they are shown, ask for nothing else and run nothing."""

import os
import shutil
import subprocess
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from autograder.feedback import write_class, write_student

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER and "CI" not in os.environ, reason="there is no Chromium"),
]


@pytest.fixture
def requests():
    """The paths that are asked of a server on the loopback, whose address is `.address`."""

    class Requests(list):
        address = ""

    asked = Requests()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        asked.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield asked
        server.shutdown()


def dump(path, folder):
    """The page's elements once everything has been loaded and run."""
    command = [BROWSER, *FLAGS.split(), "--dump-dom", f"--user-data-dir={folder}", path.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    return done.stdout.decode()


def test_a_page_is_shown_and_asks_for_nothing(tmp_path, every_kind, requests):
    tempting = f'<img src="{requests.address}/x"><script>document.title = "run"</script>'
    result = replace(every_kind, repairs=(tempting,), student="ada & bob")
    for path in (write_student(tmp_path, result), write_class(tmp_path, "01", [result])):
        seen = dump(path, tmp_path / "profile")
        assert "<title>" in seen
        assert "<title>run" not in seen
        assert "ada &amp; bob" in seen
    assert not requests


@pytest.mark.parametrize("of", ["student", "class"])
def test_the_policy_holds_even_if_an_element_came_through(tmp_path, every_kind, requests, of):
    """Each layer is tested by removing the other: here the escaping is undone."""
    broken = replace(every_kind, repairs=("HERE",), student="HERE" if of == "class" else "ada")
    write = {"student": write_student, "class": lambda out, one: write_class(out, "01", [one])}
    path = write[of](tmp_path, broken)
    attack = (
        f'<form action="{requests.address}/a"><button autofocus onfocus="form.submit()">x</form>'
        f'<img src="{requests.address}/i"><link rel="stylesheet" href="{requests.address}/s">'
        f"<style>body {{ background: url({requests.address}/b) }}</style>"
        f'<script>document.title = "run"; fetch("{requests.address}/f")</script>'
        f'<iframe src="{requests.address}/p"></iframe><body onload="document.title = 1">'
    )
    page = path.read_text(encoding="utf-8")
    before, _, after = page.partition("</title>")
    path.write_text(f"{before}</title>{after.replace('HERE', attack)}", encoding="utf-8")
    seen = dump(path, tmp_path / "profile")
    assert f"{before[before.index('<title>') :]}</title>" in seen
    assert f"{requests.address}/f" in seen
    assert not requests
