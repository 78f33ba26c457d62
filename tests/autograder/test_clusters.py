"""What a class gets wrong in the same way is one group, without a name for it."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from autograder.changes import ResultsError
from autograder.checks import Case
from autograder.cli import app
from autograder.clusters import clusters
from autograder.evidence import evidence
from autograder.questions import Trial

TRIAL = Trial(Case("hidden case 2", {"x": 3}, public=False), {})


def returned(value):
    return {"outcome": "returned", "value": value, "stdout": "nothing of this"}


def raised(kind, message):
    return {"outcome": "raised", "error": {"type": kind, "message": message, "traceback": "…"}}


def told(answer, part=""):
    return json.loads(json.dumps(evidence(TRIAL, part, answer), allow_nan=False))


def test_evidence_is_the_shape_and_the_first_numbers():
    assert told(returned(np.arange(100, dtype=np.float32).reshape(4, 25))) == {
        "case": "hidden case 2",
        "part": "",
        "outcome": "returned",
        "shape": "(4, 25)",
        "numbers": list(range(64)),
    }


@pytest.mark.parametrize(
    ("value", "shape", "numbers"),
    [
        (None, "NoneType", []),
        (True, "bool", [1]),
        (np.array(2.5), "number", [2.5]),
        ((1, np.zeros(2)), "[number, (2,)]", [1, 0, 0]),
        ({"w": np.ones(1)}, "w: (1,)", [1]),
        ("abc", "'abc'", []),
        (np.array([np.nan, -np.inf]), "(2,)", ["nan", "-inf"]),
        (10**400, "number", ["inf"]),
        (1 / 3, "number", [0.3333333]),
    ],
)
def test_evidence_of_any_value_is_json(value, shape, numbers):
    found = told(returned(value))
    assert (found["shape"], found["numbers"]) == (shape, numbers)


def test_evidence_of_an_error_is_its_type_and_message():
    found = told(
        {"outcome": "observed", "parts": {"forward": raised("KeyError", "a\nb")}}, "forward"
    )
    assert (found["part"], found["type"], found["message"]) == ("forward", "KeyError", "a b")


@pytest.mark.parametrize("answer", [None, {}, {"outcome": 3}, {"outcome": "raised", "error": 3}])
def test_evidence_of_a_forged_answer_is_small_and_breaks_nothing(answer):
    assert len(json.dumps(told(answer))) < 200


def run(*arguments):
    return CliRunner().invoke(app, ["clusters", *map(str, arguments)])


def verdict(check, proof, message="wrong"):
    told = {"check": check, "verdict": "failed", "score": 0, "max_score": 10}
    return told | {"message": message, "evidence": proof}


def result(student, *verdicts):
    told = {"student": student, "assignment": "01", "score": 0, "max_score": 10}
    return told | {"verdicts": list(verdicts)}


def of_class(**answers):
    return {name: result(name, verdict("f", told(value))) for name, value in answers.items()}


def groups(found):
    return [set(one.students) for one in found]


def test_equal_answers_are_one_group_up_to_rounding_and_the_largest_comes_first():
    row = np.array([1.0, 2.0, 1e-9])
    found = clusters(
        of_class(
            dora=returned(row + 1),
            ada=returned(row),
            bob=returned(row.astype(np.float32)),
            eve=returned(row[:, None]),
            cleo=returned(row * (1 + 1e-6)),
            fay=raised("TypeError", "no"),
            guy=raised("TypeError", "no"),
            hal=raised("TypeError", "yes"),
        )
    )
    assert groups(found) == [{"ada", "bob", "cleo"}, {"fay", "guy"}, {"dora"}, {"eve"}, {"hal"}]
    assert [one.answer for one in found[:2]] == ["(3,): 1, 2, 1e-09", "raised: TypeError: no"]


def test_a_check_can_be_asked_for_and_explained_answers_are_left_out():
    results = of_class(ada=returned(1), bob=returned(1))
    results["ada"]["verdicts"] += [verdict("g", told(returned(2))), verdict("h", {})]
    assert groups(clusters(results)) == [{"ada", "bob"}, {"ada"}]
    assert [one.check for one in clusters(results, "g")] == ["g"]
    assert clusters(results, "h") == []
    with pytest.raises(ResultsError, match="no result has a check 'x'; expected one of f, g, h"):
        clusters(results, "x")


@pytest.mark.parametrize(
    "proof", [3, {"case": "x"}, told(returned(1)) | {"numbers": [[]]}, {**told({}), "numbers": 3}]
)
def test_damaged_evidence_is_named(proof):
    with pytest.raises(ResultsError, match="the evidence of ada on f is damaged"):
        clusters({"ada": result("ada", verdict("f", proof))})


def test_the_command_shows_a_table_and_writes_json(tmp_path):
    path, out = tmp_path / "results.json", tmp_path / "groups.json"
    results = of_class(ada=returned(7), bob=returned(7.0), eve=returned(8))
    path.write_text(json.dumps(list(results.values())))
    done = run(path, "--json", out)
    assert done.exit_code == 0, done.output
    assert "2: ada, bob" in done.stdout
    assert "unexplained wrong answers: 3, groups of them: 2" in done.stdout
    (first, second) = json.loads(out.read_text())
    assert (first["students"], first["case"]) == (["ada", "bob"], "hidden case 2")
    assert second["answer"] == "number: 8"


@pytest.mark.parametrize("content", ["", "{}", "[3]", '[{"student": "ada"}]'])
def test_a_file_without_results_is_named(tmp_path, content):
    path = tmp_path / "results.json"
    path.write_text(content)
    done = run(path)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"autograder: {path} holds no results")
    assert done.stderr.count("\n") == 1
