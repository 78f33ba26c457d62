"""What students write, in a real browser, on the pages of stock nbgrader and on ours: all inert."""

import copy
import subprocess
import sys
from dataclasses import replace

import pytest
from nbconvert.filters import markdown2html, strip_files_prefix
from nbconvert.filters.markdown_mistune import InvalidNotebook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader import api

from autograder.feedback import write_class, write_student
from autograder.nbgrader import Gradebook, write_autograded, write_config
from autograder.nbgrader.markdown import harmless, quoted
from tests.autograder.browsing import dump, framed, in_a_browser, listening
from tests.autograder.nbgrader.attacks import ATTACKS
from tests.autograder.nbgrader.serving import server
from tests.autograder.nbgrader.test_stock_nbgrader import ASSIGNMENT
from tests.pages import Page

pytestmark = in_a_browser


@pytest.fixture
def listener():
    with listening() as listener:
        yield listener


@pytest.fixture
def acted(listener, tmp_path):
    """Which of some texts act on a page, as nbconvert makes HTML of each."""

    def acted(*makers):
        armed = [listener.armed(attack, number) for number, attack in enumerate(ATTACKS)]
        texts = [made(attack) for made in makers for attack in armed]
        listener.asked.clear()
        listener.pages["/"] = framed(map(rendered, texts))
        dump(f"{listener.address}/", tmp_path / "profile")
        assert "/" in listener.asked
        return listener.hits

    return acted


def rendered(text):
    try:
        return strip_files_prefix(markdown2html(text))
    except InvalidNotebook:  # of an attachment that is not there
        return ""


def test_no_text_of_a_student_acts(acted):
    assert len(ATTACKS) >= 60
    assert acted(harmless, quoted) == set()


def test_most_would_if_they_were_left_as_they_are(acted):
    assert len(acted(lambda text: text)) >= 50


@pytest.fixture
def environment(tmp_path):
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "HOME")
    return {"PATH": "/usr/bin:/bin"} | {name: str(tmp_path / name) for name in folders}


@pytest.fixture
def out(tmp_path, release, result_of, listener):
    """What a run writes for a student like others and for one who attacks wherever it is shown."""
    folder, course = tmp_path / "out", tmp_path / "course"
    (course / "solutions" / ASSIGNMENT).mkdir(parents=True)
    attacks = [listener.armed(attack, number) for number, attack in enumerate(ATTACKS)]
    notebooks = {"alice": copy.deepcopy(release), "mallory": copy.deepcopy(release)}
    for student, sources in (("alice", ["text"] * len(attacks)), ("mallory", attacks)):
        cells = notebooks[student].cells
        cells[1].source = cells[5].source = "\n".join(sources)
        for source in sources:
            cells += [new_markdown_cell(source), new_raw_cell(source), new_code_cell(source)]
            cells[-3].attachments = {"x": {"text/html": source, "image/svg+xml": source}}
            cells[-2].metadata.raw_mimetype = "text/html"
            cells[-1].metadata.update({"magics_language": source, "tags": [source], "name": source})
    text = "".join(attacks)
    notebooks["mallory"].metadata.update(title=text, authors=[{"name": text}])
    notebooks["mallory"].metadata.kernelspec = {"name": text, "display_name": text}
    with Gradebook.open(folder / "gradebook.db", ASSIGNMENT, release) as gradebook:
        for student, notebook in notebooks.items():
            said = attacks if student == "mallory" else ["text"] * len(attacks)
            result = replace(result_of(student, said[0], add=0, scale=0), repairs=tuple(said))
            gradebook.record(result)
            whole = "\n\n".join(said)
            error = {"type": said[0], "message": whole, "traceback": whole}
            seen = {"stdout": whole, "result": whole, "images": [], "error": error}
            write_autograded(folder, release, result, notebook, dict.fromkeys(range(99), seen))
            write_student(folder, result)
            write_class(folder, ASSIGNMENT, [result])
    write_config(folder, course)
    return folder


def same_but_for_the_text(mallory, alice):
    """Whether a browser saw no other elements, handlers and addresses than on a plain page."""
    return Page(mallory).active == Page(alice).active


def test_feedback_of_stock_nbgrader(out, listener, environment, tmp_path):
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", ASSIGNMENT]
    done = subprocess.run(command, cwd=out, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen = {}
    for student in ("alice", "mallory"):
        path = out / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
        listener.pages[f"/{student}"] = path.read_text(encoding="utf-8")
        seen[student] = dump(f"{listener.address}/{student}", tmp_path / "profile")
    assert {"/alice", "/mallory"} <= set(listener.asked)
    assert listener.hits == set()
    assert "mmlToken" in seen["mallory"]
    assert same_but_for_the_text(seen["mallory"], seen["alice"])


def test_our_own_pages(out, listener, tmp_path):
    for path in (out / "pages").rglob("*.html"):
        listener.pages[f"/{path.stem}"] = path.read_text(encoding="utf-8")
    seen = {name: dump(listener.address + name, tmp_path / "profile") for name in listener.pages}
    assert "mmlToken" in seen["/mallory"]
    assert listener.hits == set()
    assert same_but_for_the_text(seen["/mallory"], seen["/alice"])


def test_formgrader(out, listener, environment, tmp_path):
    """Its page of a submission, and its lists of students, with comments and ids of all kinds."""
    text = "\n".join(listener.armed(attack, n) for n, attack in enumerate(ATTACKS))
    with api.Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        book.add_student(listener.armed("<img src=x onerror=ACT>", 1))  # whoever imports students
        comment = book.find_comment("add_answer", ASSIGNMENT, ASSIGNMENT, "mallory")
        comment.auto_comment = comment.manual_comment = text
        book.db.commit()
    seen = {}
    with server(out, environment) as client:
        listed = client.get(f"formgrader/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}").json()
        ids = {one["student"]: one["id"] for one in listed}
        listener.behind = client
        for student, number in ids.items():
            address = f"{listener.address}/formgrader/submissions/{number}/"
            seen[student] = dump(address, tmp_path / "profile")
        for page in (f"gradebook/{ASSIGNMENT}/{ASSIGNMENT}", "manage_students"):
            listed = dump(f"{listener.address}/formgrader/{page}", tmp_path / "profile")
            assert "mallory<" in listed
    assert listener.hits == set()
    assert any("/api/comments" in path for path in listener.asked)
    assert same_but_for_the_text(seen["mallory"], seen["alice"])
