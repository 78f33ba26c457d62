"""A receipt says what came of a submission, and gets it again."""

import json
from dataclasses import replace

import pytest

from autograder.fingerprints import fingerprint
from autograder.grade import grade
from autograder.receipts import ReceiptError, read_receipt, receipt, write_receipt
from autograder.results import Result
from tests.conftest import ROOT

CLASS = ROOT / "examples" / "class"


@pytest.fixture
def result(exam, parent, hand_in):
    return grade(hand_in(half="def half(x):\n    return x"), exam, parent).result


def test_a_receipt_is_read_as_it_was_written(result, tmp_path):
    path = write_receipt(tmp_path, result)
    assert path == tmp_path / "receipts" / "01" / "ada.json"
    assert read_receipt(path) == receipt(result)
    assert read_receipt(path).verdicts == (("double", "passed", 60.0), ("half", "failed", 0.0))


def test_a_receipt_names_submission_checks_and_environment(result, exam, parent):
    assert result.fingerprints["checks"] == fingerprint(
        [exam.questions, exam.limits, json.dumps(exam.release, sort_keys=True)]
    )
    assert result.fingerprints["environment"] == fingerprint(parent.environment)
    environment = receipt(result).environment
    assert {"python", "numpy", "backend", "device", "isolation", "machine"} <= environment.keys()


def test_a_receipt_has_nothing_but_verdicts_of_the_cases(result, tmp_path):
    text = write_receipt(tmp_path, replace(result)).read_text()
    assert all(verdict.message not in text for verdict in result.verdicts if verdict.message)
    assert "evidence" not in text


NO_RECEIPTS = {
    "missing": None,
    "empty": "",
    "no JSON": "x",
    "a list": "[]",
    "results": json.dumps([Result("ada", "01", ()).as_json()]),
    "without hashes": '{"student": "ada", "assignment": "01", "verdicts": []}',
}


@pytest.mark.parametrize("text", NO_RECEIPTS.values(), ids=NO_RECEIPTS)
def test_what_is_no_receipt_is_refused_in_one_line(text, tmp_path):
    path = tmp_path / "ada.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ReceiptError) as refused:
        read_receipt(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.fixture(scope="module")
def graded(grade, tmp_path_factory):
    """A run over one student of the sample class."""
    out = tmp_path_factory.mktemp("run")
    run = grade("--submissions", CLASS, "--student", "stride_ignored", "--out", out)
    assert run.returncode == 0, run.stderr
    return out / "receipts" / "01_convolution" / "stride_ignored.json"


def test_a_receipt_holds_where_nothing_has_changed(graded, autograder):
    done = autograder("verify", graded, "--submissions", CLASS, "--course", ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("stride_ignored, 01_convolution: the same came out; ")


def test_a_receipt_of_other_checks_and_scores_does_not_hold(graded, autograder, tmp_path):
    told = json.loads(graded.read_text())
    told["fingerprints"]["checks"] = "0" * 64
    told["environment"]["numpy"] = "1.0"
    told["verdicts"][0]["score"] = 999
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(told))
    done = autograder("verify", forged, "--submissions", CLASS, "--course", ROOT)
    assert done.returncode == 1
    said = done.stdout
    assert "the checks have changed: cases, points, limits or the release are others now" in said
    assert "the environment has changed: numpy was 1.0, is " in said
    assert "conv1d was failed (999), is" in said or "conv1d was passed (999), is" in said
    assert "something else came out" in said
