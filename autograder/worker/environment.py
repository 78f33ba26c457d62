"""The environment variables and working folder of a child."""

import os
import sys
import tempfile

KEPT = frozenset(
    {
        "CUDA_VISIBLE_DEVICES",
        "KERAS_BACKEND",
        "LANG",
        "MPLBACKEND",
        "NPROC",
        "OMP_NUM_THREADS",
        "ONEDNN_MAX_CPU_ISA",
        "OPENBLAS_NUM_THREADS",
        "PATH",
        "TF_CPP_MIN_LOG_LEVEL",
        "TF_ENABLE_ONEDNN_OPTS",
        "TF_NUM_INTEROP_THREADS",
        "TF_NUM_INTRAOP_THREADS",
        "XLA_FLAGS",
    }
)
"""What the judge sets for the warm parent and a submission may know."""


def furnish(scratch: str) -> None:
    """Live in the scratch folder and know little else."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept, HOME=scratch, TMPDIR=scratch, USER="student", PYTHONBREAKPOINT="0")
    os.chdir(scratch)
    tempfile.tempdir = None  # some imports have asked for it, and it was the warm parent's
    sys.argv[:] = ["notebook"]
