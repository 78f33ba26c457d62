"""How a warm parent's interpreter is started, with or without a wall around it."""

from autograder.sandbox.tree import Tree, interpreter

# Nothing is read from the user's environment or home, and only the worker's tree is added to the
# standard library. Not -I, which would ignore PYTHONHASHSEED.
BOOT = """
import sys
sys.path.append(sys.argv[1])
from autograder.worker.parent import main
main(int(sys.argv[2]))
"""


def arguments(folder: str, descriptor: int) -> list[str]:
    """The interpreter's command line.

    Args:
        folder: where the tree is, as the interpreter sees it.
        descriptor: the socket to the judge.
    """
    return [str(interpreter()), "-P", "-S", "-s", "-B", "-c", BOOT, folder, str(descriptor)]


def environment(tree: Tree, scratch: str) -> dict[str, str]:
    """All environment variables of the warm parent."""
    variables = {
        "CUDA_VISIBLE_DEVICES": "-1",
        "HOME": scratch,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": scratch,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",  # its threads would not survive a fork
        "PATH": "/usr/bin:/bin",
        "PYTHONHASHSEED": "0",  # sets in the same order for every student
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TMPDIR": scratch,
    }
    return variables | ({"KERAS_BACKEND": tree.backend} if tree.backend else {})
