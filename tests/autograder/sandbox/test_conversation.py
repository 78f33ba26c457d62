"""Cells and calls go in, observations come out, with and without a wall."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from autograder.sandbox import Isolation, SandboxError, environment, start


def test_cells_then_calls(wall, say):
    cell, call = say
    with wall.child() as child:
        assert cell(child, "import numpy as np\nprint('hello')\n6 * 7")["result"] == "42"
        cell(child, "def double(x):\n    x *= 2\n    return x")
        answer = call(child, "double", np.arange(3, dtype=np.float32))
        assert answer["value"].tolist() == [0, 2, 4]
        assert (answer["outcome"], answer["type"]) == ("returned", "ndarray")
        assert call(child, "triple")["outcome"] == "missing"


def test_copies_that_it_forks_say_nothing(wall, say):
    cell, call = say
    with wall.child() as child:
        said = cell(child, "import os\nos.fork() > 0")["result"]
        cell(child, "def forks(): return float(os.fork() > 0)\ndef three(): return 3.0")
        answers = [call(child, name)["value"] for name in ["forks", "three"] * 5]
    assert (said, answers) == ("True", [1.0, 3.0] * 5)


def test_the_parent_says_what_it_is(wall):
    assert wall.parent.isolation in Isolation
    assert (wall.parent.device, wall.parent.backend) == ("CPU", "numpy")


def test_what_the_parent_is_can_be_known_before_it_is_started(wall):
    assert environment(["numpy"], wall.parent.isolation) == wall.parent.environment


def test_the_notebooks_own_checks_do_nothing(wall):
    said = wall.run(
        "import autograder\n"
        "check = autograder.load('01_convolution')\n"
        "print(check('conv2d'), check('conv2d', verbose=True))"
    )
    assert (said["error"], said["stdout"]) == (None, "None None\n")
    assert wall.run("check('conv2d')")["error"] is None


def test_garbage_is_looked_for_in_all_but_what_the_parent_has(wall):
    program = "import gc\ngc.isenabled(), gc.get_freeze_count() > 10 * len(gc.get_objects())"
    assert wall.run(program)["result"] == "(True, True)"


def test_random_numbers_are_the_same_for_everybody(wall, say):
    cell, call = say
    draw = "import random, numpy as np\ndef f(): return random.random(), np.random.rand()\nf()"
    answers = []
    for _ in range(2):
        with wall.child() as child:
            answers.append((cell(child, draw)["result"], call(child, "f"), call(child, "f")))
    assert answers[0] == answers[1]
    assert answers[0][1] == answers[0][2]


def test_sets_of_text_have_the_same_order_in_every_parent(trusted):
    with start(["numpy"], Isolation.TRUSTED) as other:
        results = [
            replace(trusted, parent=parent).run("list({'a', 'b', 'c', 'd'})")["result"]
            for parent in (trusted.parent, other)
        ]
    assert results[0] == results[1]


def test_figures_cross(wall):
    said = wall.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()")
    assert said["error"] is None
    picture = said["images"][0]
    assert (picture.ndim, picture.shape[2], picture.dtype) == (3, 3, "uint8")
    assert len(set(map(tuple, picture.reshape(-1, 3)))) > 2  # a line on white, and axes


def test_temporary_files_are_the_childs_own(wall):
    said = wall.run("import os, tempfile\ntempfile.mkdtemp().startswith(os.getcwd())")
    assert said["result"] == "True"


def test_two_children_live_side_by_side(wall, say):
    cell, _ = say
    with wall.child() as one, wall.child() as other:
        cell(one, "x = 1; open('mine', 'w').write('secret')")
        said = cell(other, "import os\nprint(os.listdir('.'), 'x' in globals())")
        assert said["stdout"] == "[] False\n"
        assert cell(one, "x")["result"] == "1"


def test_threads_of_the_judge_share_a_parent(wall):
    results = []
    threads = [
        threading.Thread(target=lambda n=n: results.append(wall.run(f"{n} ** 2")["result"]))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, results)) == [n**2 for n in range(6)]


def test_a_large_answer_crosses_and_a_larger_one_is_refused(wall, say):
    cell, call = say
    with wall.child() as child:
        cell(child, "import numpy as np\ndef f(n): return np.ones(n << 20, np.uint8)")
        assert call(child, "f", 60)["value"].nbytes == 60 << 20
        assert call(child, "f", 65)["outcome"] == "unsupported"
        assert call(child, "f", 1)["outcome"] == "returned"


def test_a_gigabyte_of_output_is_cut(wall):
    said = wall.run("line = 'x' * 1_000_000\nfor _ in range(1_000): print(line)")
    assert len(said["stdout"]) < wall.limits.output_characters + 200
    assert said["stdout"].endswith("more characters, is not kept: 20000 are at most)")


def test_what_is_written_to_descriptors_one_and_two_goes_nowhere(wall):
    said = wall.run("import os\nfor fd in (1, 2): os.write(fd, b'x' * (1 << 24))\nos.read(0, 9)")
    assert (said["outcome"], said["stdout"], said["result"]) == ("ran", "", "b''")


def test_a_missing_package_is_named():
    with pytest.raises(SandboxError, match="no-such-thing is not installed: install it with"):
        start(["numpy", "no-such-thing"], Isolation.TRUSTED)


def test_a_closed_child_may_not_be_asked(wall, say):
    cell, _ = say
    child = wall.child()
    child.close()
    child.close()
    with pytest.raises(SandboxError, match="closed child"):
        cell(child, "1")
