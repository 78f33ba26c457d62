"""A warm parent whose children's answers are kept as the bytes that they are."""

from autograder import protocol


class Recording:
    """Stands before a warm parent; `answers` holds all that its children have said."""

    def __init__(self, parent) -> None:
        self._parent = parent
        self.answers: list[bytes] = []

    def __getattr__(self, name):
        return getattr(self._parent, name)

    def child(self, *limits):
        return _Child(self._parent.child(*limits), self.answers)


class _Child:
    def __init__(self, child, answers: list[bytes]) -> None:
        self._child = child
        self._answers = answers

    def __getattr__(self, name):
        return getattr(self._child, name)

    def ask(self, *given):
        answer = self._child.ask(*given)
        self._answers.append(protocol.encode(answer))
        return answer
