"""What an instructor declares: checks, their cases and limits.

A `Case` is one set of inputs. The examples are written out; the rest are drawn from a seed by the
check's own generator, so that public and hidden cases come from one place.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from autograder.protocol import Value

T = TypeVar("T")


class Draw:
    """Random inputs from a seed, made from raw bits so that they survive a new NumPy.

    Args:
        seed: any bytes; equal seeds give equal inputs.
        exact: whether `array` draws small integers, on which every order of summation is exact in
            float32, or real numbers.
    """

    def __init__(self, seed: bytes, exact: bool) -> None:
        self.exact = exact
        self._seed = seed
        self._drawn = 0

    def _bits(self, count: int) -> NDArray[np.uint64]:
        block = self._drawn.to_bytes(8, "little")
        self._drawn += 1
        data = hashlib.shake_256(self._seed + block).digest(8 * count)
        return np.frombuffer(data, "<u8")

    def integer(self, low: int, high: int) -> int:
        """One integer from `low` to `high`, both included."""
        return low + int(self._bits(1)[0]) % (high - low + 1)

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.integer(0, len(options) - 1)]

    def permutation(self, count: int) -> NDArray[np.int64]:
        """The numbers from 0 to `count` - 1 in a random order."""
        return np.argsort(self._bits(count), kind="stable")

    def integers(self, *shape: int, low: int = -4, high: int = 4) -> NDArray[np.float32]:
        """Integers from `low` to `high`, as float32."""
        bits = self._bits(int(np.prod(shape, dtype=int)))
        return (low + (bits % (high - low + 1)).astype(np.int64)).astype(np.float32).reshape(shape)

    def reals(self, *shape: int, low: float = -4, high: float = 4) -> NDArray[np.float32]:
        """Real numbers between `low` and `high`, as float32."""
        unit = (self._bits(int(np.prod(shape, dtype=int))) >> np.uint64(11)) * 2.0**-53
        return (low + (high - low) * unit).astype(np.float32).reshape(shape)

    def array(self, *shape: int, low: int = -4, high: int = 4) -> NDArray[np.float32]:
        """Integers in an exact case, real numbers in another."""
        return (self.integers if self.exact else self.reals)(*shape, low=low, high=high)


LAYOUTS = ("", "read-only", "strided")
"""How a function's arrays lie in memory: as usual, not to be written to, or every second number
of a larger array."""


@dataclass(frozen=True)
class Case:
    """One set of inputs.

    Args:
        name: where it comes from.
        inputs: passed in their order.
        layout: how the arrays among them lie in memory; one of `LAYOUTS`.
    """

    name: str
    inputs: Mapping[str, Value]
    exact: bool = True
    public: bool = True
    layout: str = ""

    @property
    def size(self) -> tuple[int, float]:
        """How much there is to look at: elements of arrays, then the magnitude of all numbers."""
        elements, magnitude = 0, 0.0
        for value in _leaves(list(self.inputs.values())):
            if isinstance(value, np.ndarray):
                elements += value.size
            if isinstance(value, np.ndarray | int | float):
                magnitude += float(np.abs(np.asarray(value, np.float64)).sum())
        return elements, magnitude


def _leaves(value: Value) -> Iterator[Value]:
    """What a value holds that holds nothing itself."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


LARGEST = 1 << 62
"""The kernel takes no larger number for a limit."""

LEAST_MEMORY = 64 << 20
"""With less not even NumPy starts."""

EXCEEDED = {
    "memory_bytes": "needed more than {} MiB of memory",
    "processes": "started more than {} processes or threads",
    "file_bytes": "wrote a file of more than {} MiB",
    "scratch_bytes": "wrote more than {} MiB of files",
    "scratch_files": "made more than {} files",
    "open_files": "opened more than {} files at a time",
}
"""What the kernel bounds, and how it reads where a submission wanted more."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Args:
        cell_seconds, call_seconds: of computing, by all its processes together.
        memory_bytes: for all its processes together, with what they share and with their files in
            memory; and for each of them.
        processes: how many of them, and of their threads, at a time.
        file_bytes: of one file.
        scratch_bytes, scratch_files: of all files together.
        open_files: of one process at a time.
        output_characters: kept of what a cell prints, and of its result.
        submission_seconds: all of it, by the clock.

    Raises:
        ValueError: one of them is no number above 0.
    """

    cell_seconds: float = 20.0
    call_seconds: float = 5.0
    memory_bytes: int = 2 << 30
    processes: int = 64
    file_bytes: int = 32 << 20
    scratch_bytes: int = 64 << 20
    scratch_files: int = 4096
    open_files: int = 256
    output_characters: int = 20_000
    submission_seconds: float = 600.0

    def __post_init__(self) -> None:
        for one in fields(self):
            if wrong := limit_complaint(one.name, getattr(self, one.name)):
                raise ValueError(wrong)

    def widened(self, others: Sequence[Mapping[str, int]]) -> "Limits":
        """As wide as the widest of what checks say otherwise, and as these."""
        widest = {n: max([getattr(self, n), *(o[n] for o in others if n in o)]) for n in EXCEEDED}
        return replace(self, **widest)

    def exceeded(self, name: str) -> str:
        """What a submission did that wanted more than a limit, with its value."""
        value = getattr(self, name)
        return EXCEEDED[name].format(f"{value / (1 << 20):g}" if name.endswith("bytes") else value)


def limit_complaint(name: str, value: object) -> str:
    """What is wrong with the value of a limit, in one line, or ""."""
    kind = float if name.endswith("seconds") else int
    if type(value) in (int, kind) and 0 < value < LARGEST:  # type: ignore[operator]
        too_little = name == "memory_bytes" and value < LEAST_MEMORY  # type: ignore[operator]
        return f"{name} is {value}, expected at least {LEAST_MEMORY} (64 MiB)" if too_little else ""
    return f"{name} is {value!r}, expected {'a' if kind is float else 'a whole'} number above 0"


@dataclass(frozen=True)
class Check:
    """What is asked of one exercise.

    Args:
        name: the `grade_id` of the cell `check("name")`; also what the student defines, unless
            `target` says otherwise.
        points: what a right answer earns, all or nothing; or the points of each part that the
            kind of exercise has, earned one by one.
        reference: the right answer in float64, called with a case's inputs in their order. Where it
            raises ValueError, the student's must too. Each kind says what it is called with.
        examples: the first public cases.
        draw: makes the inputs of one more case.
        multilinear: the inputs in which the answer is linear, each on its own; rounding then has a
            bound that is computed from the reference itself. A bias belongs here too. With neither
            this nor `rtol` only the very value passes, and all cases drawn are exact ones.
        rtol: where the answer is not multilinear and not exact: how far a right answer may lie from
            the reference, relative to the reference's largest value. State where it was measured.
        public, hidden: how many cases are drawn, the first half of them exact; by default as many
            as the kind says.
        hint: what to look at when the answer is wrong.
        picture: whether the answer is an image.
        kind: which kind of exercise this is; a key of `autograder.kinds.KINDS`.
        weights: of a layer: the inputs that the judge puts into it as its weights, by role.
        non_trainable: those of them that are not trained.
        rows: of a model: what its summary shows, given the builder's arguments: for each layer its
            type, output shape and number of parameters.
        thresholds: of a trained model: the least accuracy that earns each part.
        seconds: how long one call may compute; 0 is the assignment's `call_seconds`.
        credit: "all" or nothing; or the "share" of the cases that are right, of a function.
        builds_on: the checks of functions that this exercise calls. Where one of those is wrong,
            this one is judged once more with a right one in its place.
        forbidden: what may not be called, as dotted names of callables, classes or whole modules:
            "numpy.convolve", "keras.layers.Conv2D", "scipy".
        limits: of `Limits`, what this exercise may use more or less of than the others, by the
            names in `EXCEEDED`; its answers then come from a process of their own.
    """

    name: str
    points: float | Mapping[str, float]
    reference: Callable[..., Value]
    examples: Sequence[Case] = ()
    draw: Callable[[Draw], Mapping[str, Value]] | None = None
    multilinear: Sequence[str] = ()
    rtol: float = 0.0
    public: int | None = None
    hidden: int | None = None
    hint: str = ""
    picture: bool = False
    kind: str = "function"
    target: str = ""
    weights: Sequence[str] = ()
    non_trainable: Sequence[str] = ()
    rows: Callable[..., Sequence[tuple[str, Value, int]]] | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    credit: str = "all"
    builds_on: Sequence[str] = ()
    forbidden: Sequence[str] = ()
    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def defines(self) -> str:
        """The name that the student's code must define."""
        return self.target or self.name

    @property
    def parts(self) -> dict[str, float]:
        """The points of each part; where there are none, of the whole, which has no name."""
        return dict(self.points) if isinstance(self.points, Mapping) else {"": self.points}

    @property
    def max_score(self) -> float:
        """What the check is worth in all."""
        return sum(self.parts.values())
