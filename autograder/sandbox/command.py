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


# One thread computes for each child, since as many children run as there are cores; and sums come
# out the same however many cores a machine has.
ONE_THREAD = {
    "NPROC": "1",  # read by XLA
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",  # its threads would not survive a fork
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
}

# A child runs each operation a few times, on small arrays.
QUICK_START = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",  # a fork copies the table of pages: few large ones
    "ONEDNN_MAX_CPU_ISA": "AVX2",  # it writes a matrix product for this machine, longer for AVX-512
    "TF_ENABLE_ONEDNN_OPTS": "0",  # it prepares operations longer than they run
}

# With JAX a child spends most of its time on compiling what it runs a few times.
QUICK_COMPILER = {"XLA_FLAGS": "--xla_backend_optimization_level=1"}


def environment(tree: Tree, scratch: str) -> dict[str, str]:
    """All environment variables of the warm parent."""
    variables = {
        "CUDA_VISIBLE_DEVICES": "-1",
        "HOME": scratch,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": scratch,
        "PATH": "/usr/bin:/bin",
        "PYTHONHASHSEED": "0",  # sets in the same order for every student
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TMPDIR": scratch,
    }
    if tree.backend:
        variables["KERAS_BACKEND"] = tree.backend
    return variables | ONE_THREAD | QUICK_START | (QUICK_COMPILER if tree.backend == "jax" else {})
