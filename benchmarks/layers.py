"""Our layers' time over that of what is nearest to them in Keras.

python benchmarks/layers.py --backend jax --json layers.json

Both have the same weights and take turns, so that whatever else this machine does is shared;
`NEAREST` in nearest.py says which composition is a layer's neighbour, and why. *eager* calls
operation by operation, *compiled* with XLA as `fit` does; Keras compiles nothing on PyTorch.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

BACKENDS = ("tensorflow", "jax", "torch")
Step = Callable[[], None]


@dataclass(frozen=True)
class Row:
    """One pair, called in one way.

    Args:
        milliseconds: of our layer, the median of all rounds.
        ratio: to the composition's, the median of all rounds' ratios; below 1 ours is faster.
    """

    layer: str
    mode: str
    backward: bool
    milliseconds: float
    ratio: float
    nearest: str


def main(
    names: Annotated[list[str] | None, typer.Argument(help="Layers; all where none.")] = None,
    backend: Annotated[str, typer.Option(help=f"One of {', '.join(BACKENDS)}.")] = os.environ.get(
        "KERAS_BACKEND", "tensorflow"
    ),
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each.")] = 15,
    seconds: Annotated[float, typer.Option(min=0, help="At least so long a turn.")] = 0.02,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write figures here.")] = None,
) -> None:
    """Measure, and say so."""
    if backend not in BACKENDS:
        raise typer.BadParameter(f"backend is {backend!r}; it must be one of {BACKENDS}")
    os.environ["KERAS_BACKEND"] = backend
    _refuse_unknown(names or ())
    rows = list(measured(names or (), rounds, seconds))
    Console().print(_table(rows, backend))
    if json_file:
        figures = {"backend": backend, "rows": [asdict(row) for row in rows]}
        json_file.write_text(json.dumps(figures, indent=1) + "\n")


def measured(names: Sequence[str], rounds: int, seconds: float) -> Iterator[Row]:
    """All pairs, or those of some layers.

    Raises:
        AssertionError: the two of a pair do not give the same numbers.
    """
    import numpy as np  # once the backend is chosen

    from benchmarks.nearest import NEAREST, pair

    for name, nearest in NEAREST.items():
        if names and _layer(name) not in names:
            continue
        models = pair(nearest)
        x = np.random.default_rng(0).standard_normal(nearest.input_shape).astype("float32")
        mine, other = (np.asarray(_numbers(model(x))) for model in models)
        np.testing.assert_allclose(mine, other, rtol=1e-3, atol=1e-4, err_msg=name)
        for mode in _modes():
            for backward in (False, True):
                steps = [_step(model, x, mode == "compiled", backward) for model in models]
                times, ratio = _turns(steps, rounds, seconds)
                yield Row(name, mode, backward, 1e3 * times, ratio, nearest.why)


def _layer(name: str) -> str:
    """Whose row of `NEAREST` it is: some layers have several."""
    return name.partition(",")[0]


def _refuse_unknown(names: Sequence[str]) -> None:
    from benchmarks.nearest import NEAREST

    allowed = {_layer(name) for name in NEAREST}
    for name in names:
        if name not in allowed:
            expected = f"it must be one of {', '.join(sorted(allowed))}"
            raise typer.BadParameter(f"layer is {name!r}; {expected}")


def _turns(steps: Sequence[Step], rounds: int, seconds: float) -> tuple[float, float]:
    """The first step's median time, and its ratio to the second's."""
    number = _calls(steps[0], seconds)
    times: list[list[float]] = []
    for turn in range(rounds):
        order = (0, 1) if turn % 2 else (1, 0)
        spent = {which: _timed(steps[which], number) for which in order}
        times.append([spent[0], spent[1]])
    ratios = [mine / other for mine, other in times]
    return statistics.median(mine for mine, _ in times), statistics.median(ratios)


def _calls(step: Step, seconds: float) -> int:
    """How many calls make a turn; the first ones compile."""
    for _ in range(2):
        step()
    return max(1, round(seconds / _timed(step, 1)))


def _timed(step: Step, number: int) -> float:
    started = time.perf_counter()
    for _ in range(number):
        step()
    return (time.perf_counter() - started) / number


def _modes() -> tuple[str, ...]:
    return ("eager",) if os.environ["KERAS_BACKEND"] == "torch" else ("eager", "compiled")


def _numbers(outputs: Any) -> Any:
    import keras

    return keras.ops.convert_to_numpy(outputs)


def _step(model: Any, x: Any, compiled: bool, backward: bool) -> Step:
    """One call, with all gradients where `backward`; it returns when they are there."""
    return STEPS[os.environ["KERAS_BACKEND"]](model, x, compiled, backward)


def _tensorflow(model: Any, x: Any, compiled: bool, backward: bool) -> Step:
    import tensorflow as tf

    tensor = tf.convert_to_tensor(x)
    variables = [weight.value for weight in model.trainable_weights]

    def call() -> Any:
        if not backward:
            return model(tensor)
        with tf.GradientTape() as tape:
            tape.watch(tensor)
            total = tf.reduce_sum(model(tensor))
        return tape.gradient(total, [tensor, *variables])

    return tf.function(call, jit_compile=True) if compiled else call


def _jax(model: Any, x: Any, compiled: bool, backward: bool) -> Step:
    import jax

    tensor = jax.numpy.asarray(x)
    variables = [weight.value for weight in model.trainable_variables]
    others = [weight.value for weight in model.non_trainable_variables]

    def outputs(variables: Any, tensor: Any) -> Any:
        return model.stateless_call(variables, others, tensor)[0]

    def total(variables: Any, tensor: Any) -> Any:
        return outputs(variables, tensor).sum()

    function = jax.grad(total, argnums=(0, 1)) if backward else outputs
    function = jax.jit(function) if compiled else function
    return lambda: jax.block_until_ready(function(variables, tensor))


def _torch(model: Any, x: Any, _compiled: bool, backward: bool) -> Step:
    import torch

    tensor = torch.tensor(x, requires_grad=backward)
    variables = [weight.value for weight in model.trainable_weights]

    def call() -> Any:
        if backward:
            return torch.autograd.grad(model(tensor).sum(), [tensor, *variables])
        with torch.no_grad():
            return model(tensor)

    return call


STEPS = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}


def _table(rows: Sequence[Row], backend: str) -> Table:
    table = Table(title=f"our layers on {backend}, over their neighbours", box=None)
    for column in ("layer", "called", "ms"):
        table.add_column(column, justify="right" if column == "ms" else "left")
    table.add_column("ratio", justify="right")
    table.add_column("neighbour")
    for row in rows:
        called = f"{row.mode}, forward{' and backward' if row.backward else ''}"
        ratio = f"{row.ratio:.2f}"
        table.add_row(row.layer, called, f"{row.milliseconds:.2f}", ratio, row.nearest)
    return table


if __name__ == "__main__":
    typer.run(main)
