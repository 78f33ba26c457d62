"""The warm parent's rehearsal leaves no trace in this process that a child would see."""

import subprocess
import sys

CODE = """
import builtins, random, sys, threading
import matplotlib.pyplot as plt
from IPython.core.interactiveshell import InteractiveShell
from autograder.worker.rehearsal import rehearse
def seen():
    main = sys.modules["__main__"]
    hooks = sys.displayhook, sys.excepthook, sys.stdout, sys.stderr
    shell = InteractiveShell._instance, hasattr(builtins, "get_ipython")
    return main, hooks, shell, sorted(vars(main))
before = None
before = seen()
rehearse()
assert seen() == before
assert threading.active_count() == 1
assert plt.get_fignums() == []
assert "tensorflow" not in sys.modules
"""


def test_what_is_rehearsed_leaves_nothing_behind():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
