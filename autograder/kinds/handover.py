"""What one process of a submission hands over to another, which has seen nothing else of it.

A layer that is saved or configured has to become numbers and text which say all there is to know of
it. Whoever only pretends has nothing to hand over: the process that goes on has never seen the
layer, and the one that hands over has not seen what the layer will be called with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.protocol import Value
from autograder.questions import Question, Trial


@dataclass(frozen=True)
class Handover:
    """How the parts of a kind are asked in two steps.

    Args:
        parts: in the order in which they are asked; what one of them is told the next ones know.
        give: what the worker is asked, so that some parts are handed over.
        take: what a fresh one is asked, so that a part goes on from what was.
        right: whether what that answers of a part is right.
    """

    parts: Sequence[str]
    give: Callable[[Question, Trial, Sequence[str]], dict[str, Value]]
    take: Callable[[Question, Trial, str, Value], dict[str, Value]]
    right: Callable[[Question, Trial, str, Value], bool]
