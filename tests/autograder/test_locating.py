"""Where a bundle is looked for, and what is said where it is not found."""

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

import autograder
from autograder import bundle, locating
from autograder.asking import ask
from autograder.bundle import BundleError
from autograder.checks import Case, Check

NAME = "01_test"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty working folder, without addresses in the environment."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", locating.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    working = tmp_path / "working"
    working.mkdir()
    monkeypatch.chdir(working)
    return working


def put(path, check, assignment=NAME):
    """Write a bundle whose one check tells where it came from."""
    question = ask(Check(check, 1, abs, [Case("one", {"x": 1})]), assignment)
    path.parent.mkdir(exist_ok=True)
    bundle.write(bundle.bundle(assignment, [question]), path)
    return path


@dataclass
class Site:
    """What a server on the loopback gives: a body or an address to go on to, by path."""

    address: str = ""
    bodies: dict = field(default_factory=dict)
    redirects: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)


@pytest.fixture
def site(monkeypatch):
    """A server whose address is configured as the course's."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(self.path)
            if self.path in site.redirects:
                self.send_response(302)
                self.send_header("Location", site.redirects[self.path])
                self.end_headers()
            elif self.path in site.bodies:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(site.bodies[self.path])
            else:
                self.send_error(404)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}/course"
        monkeypatch.setenv(locating.VARIABLE, site.address + "/")
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield site
        server.shutdown()


@pytest.fixture
def offered(site, tmp_path):
    """The server with a bundle to download."""
    path = put(tmp_path / "elsewhere.npz", "downloaded")
    site.bodies[f"/course/{NAME}.npz"] = path.read_bytes()
    return site


def test_the_working_folder_comes_before_the_address(folder, offered):
    put(folder / f"{NAME}.npz", "beside")
    assert "beside" in repr(autograder.load(NAME))
    assert not offered.asked


def test_a_path_that_is_given_comes_first(folder, tmp_path):
    put(folder / f"{NAME}.npz", "beside")
    file = put(tmp_path / "other" / f"{NAME}.npz", "given")
    for path in (file, file.parent, str(file), str(file.parent)):
        assert "given" in repr(autograder.load(NAME, path))
    assert "beside" in repr(autograder.load(NAME, tmp_path / "nowhere"))


def test_a_download_is_kept_beside_the_notebook(folder, offered):
    assert "downloaded" in repr(autograder.load(NAME))
    assert [path.name for path in folder.iterdir()] == [f"{NAME}.npz"]
    autograder.load(NAME)
    assert len(offered.asked) == 1


def test_a_redirect_is_followed(site, offered):
    site.redirects[f"/course/{NAME}.npz"] = "/moved"
    site.bodies["/moved"] = offered.bodies[f"/course/{NAME}.npz"]
    assert "downloaded" in repr(autograder.load(NAME))


def refused(match, name=NAME, path=None):
    with pytest.raises(BundleError, match=match) as error:
        autograder.load(name, path)
    assert "\n" not in str(error.value)


def test_where_there_is_none_it_says_where_it_looked_and_what_to_do(folder):
    refused(rf"looked for .*{folder.name}/01_test.npz\); put it beside the notebook, or set AUTO")
    refused(r"looked for /nowhere, .*01_test.npz", path="/nowhere")


@pytest.mark.parametrize("name", ["../01_test", "a/b", "", ".hidden", "C:\\x", 3, None, "a\nb"])
def test_a_name_that_leads_elsewhere_is_refused(name):
    refused("is no name of an assignment; expected one like 01_convolution", name)


def test_what_the_server_lacks_is_said(site, folder):
    refused(rf"{site.address}/01_test.npz did not give it \(Not Found\); check the address")
    assert not list(folder.iterdir())


def test_a_server_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setenv(locating.VARIABLE, "http://127.0.0.1:1")
    refused("did not give it .*refused.*; check the address and the network")


@pytest.mark.parametrize(
    "address", ["file:///etc", "ftp://127.0.0.1/x", "course.example", "data:,x"]
)
def test_other_addresses_than_of_the_web_are_refused(monkeypatch, address):
    monkeypatch.setenv(locating.VARIABLE, address)
    refused("expected an https:// address")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x"])
def test_a_redirect_out_of_the_web_is_refused(site, target, folder):
    site.redirects[f"/course/{NAME}.npz"] = target
    refused("did not give it")
    assert not list(folder.iterdir())


def test_a_download_that_is_no_bundle_leaves_nothing_behind(site, folder):
    site.bodies[f"/course/{NAME}.npz"] = b"<html>please log in</html>"
    refused("gave no bundle of checks")
    assert not list(folder.iterdir())


def test_a_download_without_end_is_cut_off(offered, folder, monkeypatch):
    monkeypatch.setattr(locating, "MOST_BYTES", 100)
    refused("larger than 100 bytes")
    assert offered.asked
    assert not list(folder.iterdir())


def test_a_server_that_is_too_slow_is_left(offered, monkeypatch):
    monkeypatch.setattr(locating, "TOTAL_SECONDS", -1.0)
    refused("took longer than")
    assert offered.asked


@pytest.mark.parametrize("size", [0, 10, -10])
def test_a_damaged_file_is_named(folder, size):
    path = put(folder / f"{NAME}.npz", "beside")
    path.write_bytes(path.read_bytes()[:size])
    refused("01_test.npz is damaged or no bundle of checks; download it again")


def test_the_bundle_of_another_assignment_is_named(folder):
    put(folder / f"{NAME}.npz", "beside", "02_other")
    refused("01_test.npz is of 02_other, expected 01_test; download it again")
