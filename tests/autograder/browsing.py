"""Pages in a real browser, and what they ask of a server on the loopback."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
# Nothing but this machine is there, and time passes as fast as it can.
FLAGS += " --host-resolver-rules=MAP\t*\t~NOTFOUND,EXCLUDE\t127.0.0.1 --virtual-time-budget=20000"

in_a_browser = [
    pytest.mark.slow,
    pytest.mark.skipif(not BROWSER and "CI" not in os.environ, reason="there is no Chromium"),
]

POKING = """
function poke() {
  for (const frame of document.querySelectorAll("iframe.attack"))
    for (const element of frame.contentDocument.querySelectorAll("*:not(a[href^='http'])")) {
      for (const name of ["mouseover", "focus", "toggle"]) element.dispatchEvent(new Event(name));
      element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
    }
}
window.onload = () => setTimeout(poke, 100);
"""
"""Does what a curious reader would do: clicks everywhere but on what says where it leads."""


class Listener:
    """Serves pages, and keeps the paths that are asked for.

    Attributes:
        pages: HTML by path.
        behind: an HTTP client that may use another server, whose pages are served too.
    """

    def __init__(self):
        self.behind = None
        self.pages = {}
        self.asked = []
        self.address = ""

    def script(self, number):
        """JavaScript without quotation marks or spaces that asks for `/hit/NUMBER`."""
        return f"fetch(String.fromCharCode({','.join(str(ord(c)) for c in self.url(number))}))"

    def armed(self, attack, number):
        return attack.replace("ACT", self.script(number)).replace("URL", self.url(number))

    def url(self, number):
        return f"{self.address}/hit/{number}"

    @property
    def hits(self):
        """The numbers of the attacks that acted."""
        return {int(hit[1]) for path in self.asked if (hit := re.match(r"/hit/(\d+)", path))}


@contextmanager
def listening():
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            listener.asked.append(self.path)
            page = listener.pages.get(self.path.partition("?")[0])
            if page is not None:
                self.answer(200, "text/html; charset=utf-8", page.encode())
            elif listener.behind and not self.path.startswith("/hit/"):
                came = listener.behind.get(self.path, follow_redirects=True)
                self.answer(came.status_code, came.headers["Content-Type"], came.content)
            else:
                self.send_error(404)

        def answer(self, status, kind, data):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        listener.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield listener
        server.shutdown()


def dump(address, folder):
    """A page's elements once everything has been loaded and run."""
    flags = [flag.replace("\t", " ") for flag in FLAGS.split(" ")]
    command = [BROWSER, *flags, "--dump-dom", f"--user-data-dir={folder}", address]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode()


def framed(bodies):
    """A page that shows each body in a frame of its own, and then clicks everywhere."""
    frames = [f'<iframe class="attack" srcdoc="{escape(body)}"></iframe>' for body in bodies]
    return f"<!doctype html><meta charset=utf-8>{''.join(frames)}<script>{POKING}</script>"
