"""What an exception of a student's code amounts to."""

import pytest

from autograder.kinds.raised import raised
from autograder.results import VerdictKind


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("MemoryError", "Unable to allocate 8.00 GiB for an array with shape (1073741824,)"),
        ("ResourceExhaustedError", "failed to allocate memory [Op:Fill]"),
        ("ResourceExhaustedError", "{{function_node __wrapped__Fill}} OOM when allocating tensor"),
        ("JaxRuntimeError", "RESOURCE_EXHAUSTED: Out of memory allocating 4294967296 bytes."),
        ("ValueError", "RESOURCE_EXHAUSTED: Out of memory allocating 4194304 bytes."),
        ("RuntimeError", "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to"),
        (
            "RuntimeError",
            f"Exception encountered when calling a layer{400 * '.'} can't allocate memory",
        ),
        ("OSError", "[Errno 12] Cannot allocate memory"),
    ],
)
def test_every_librarys_word_for_too_little_memory_is_known(name, message):
    kind, line = raised({"type": name, "message": message, "line": "x = ones(1 << 30)"})
    assert kind is VerdictKind.OUT_OF_MEMORY
    assert line.startswith(f"raised {name}")


@pytest.mark.parametrize(
    "error", [{"type": "ValueError", "message": "memory"}, {}, None, {"type": 1, "message": [2]}]
)
def test_everything_else_is_an_error(error):
    assert raised(error)[0] is VerdictKind.ERROR


def test_where_in_its_graph_tensorflow_was_is_left_out():
    said = "{{function_node __wrapped__Mul_device_/job:localhost/replica:0}} Incompatible shapes"
    line = raised({"type": "InvalidArgumentError", "message": said})[1]
    assert line == "raised InvalidArgumentError: Incompatible shapes"
