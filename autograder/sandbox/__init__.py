"""The wall, judge's half: a warm parent, and one child of it for each submission.

with start(["numpy"], Isolation.FULL) as parent, parent.child(Limits()) as child:
    child.ask({"do": "cell", "source": "def double(x): return 2 * x"}, seconds=20)
    child.ask({"do": "call", "kind": "function", "name": "double", "args": [4]}, seconds=5)
"""

from autograder.isolation import Isolation
from autograder.sandbox.child import Child
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.folders import sweep
from autograder.sandbox.parent import Parent, environment, start

__all__ = ["Child", "Isolation", "Parent", "SandboxError", "environment", "start", "sweep"]
