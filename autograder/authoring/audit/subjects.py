"""What an audit of an assignment is made of, read before anything runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.asking import ask
from autograder.authoring.audit.audited import AuditError
from autograder.authoring.audit.bench import Program
from autograder.authoring.audit.equivalents import Changes, read_equivalents
from autograder.authoring.audit.mutating import Mutant, mutants
from autograder.authoring.audit.programs import Book, defined, read_book
from autograder.authoring.text import read_cells
from autograder.checks import Check
from autograder.course import Assignment
from autograder.misconceptions import read_misconceptions
from autograder.questions import Misconception, Question, Trial

SECRETS = tuple(f"audit {number}".encode() for number in (1, 2, 3))
"""Hidden cases derive from a course's secret: a check is to be sharp under each."""

FEW = 32
"""Images that show whether a network is the right one; how well it learns takes all of them."""


@dataclass(frozen=True)
class Subject:
    """One check with all that it is tried on."""

    check: Check
    answer: Program
    mutants: tuple[Mutant, ...]
    misconceptions: tuple[Program, ...]
    equivalent: Changes
    questions: tuple[Question, ...]

    @property
    def trained(self) -> bool:
        return self.check.kind == "trained"

    @property
    def question(self) -> Question:
        """As one course asks it; the others are the hidden cases of other courses."""
        return self.questions[0]

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The public cases, then the hidden ones of every secret."""
        return tuple(trial for question in self.questions for trial in question.trials)

    def program(self, mutant: Mutant) -> Program:
        return replace(
            self.answer, label=f"- {mutant.was}\n+ {mutant.becomes}", source=mutant.source
        )

    @property
    def stages(self) -> tuple[tuple[Question, ...], ...]:
        """As each course asks it; of a network that trains, first whether it is the right one."""
        shortened = (self.shortened(),) if self.trained else ()
        return tuple((*shortened, question) for question in self.questions)

    def shortened(self) -> Question:
        """The same of a network that learns next to nothing: is it the right one at all?"""
        return replace(
            self.question,
            trials=tuple(map(_few, self.question.trials)),
            thresholds=dict.fromkeys(self.question.thresholds, 0.0),
        )


def _few(trial: Trial) -> Trial:
    seen = {name: trial.case.inputs[name][:FEW] for name in ("images", "labels")}
    return replace(trial, case=replace(trial.case, inputs={**trial.case.inputs, **seen}))


@dataclass(frozen=True)
class Subjects:
    """An assignment's checks, and the right answers in other styles."""

    assignment: Assignment
    checks: tuple[Subject, ...]
    styles: Mapping[str, Program]

    def answered_by(self, style: str) -> list[Subject]:
        """The checks that a file of right answers has an answer to."""
        names = defined(self.styles[style].source)
        return [subject for subject in self.checks if subject.check.defines in names]


def read_subjects(assignment: Assignment) -> Subjects:
    """Read an assignment's text, checks, misconceptions, right answers and equivalents.

    Raises:
        AuditError, BuildError, CourseError, QuestionError, MisconceptionError: something does not
            fit; one line says what.
    """
    checks = assignment.checks()
    book = read_book(read_cells(assignment.text))
    if missing := [check.name for check in checks if check.name not in book.answers]:
        raise AuditError(f"{assignment.text} has no answer to {', '.join(missing)}")
    folder = assignment.text.parent
    named = read_misconceptions(folder / "wrong", [check.name for check in checks])
    made = {check.name: tuple(mutants(book.answers[check.name])) for check in checks}
    listed = read_equivalents(folder / "equivalent.toml", made)
    subjects = tuple(
        Subject(
            check,
            program("the answer", book.answers[check.name], book, check),
            made[check.name],
            tuple(program(one.name, one.source, book, check) for one in named.get(check.name, ())),
            listed.get(check.name, set()),
            _questions(check, assignment.name, named.get(check.name, ())),
        )
        for check in checks
    )
    return Subjects(assignment, subjects, _styles(assignment, book))


def program(label: str, source: str, book: Book, check: Check) -> Program:
    """Code that answers a check, after what it needs of the notebook."""
    return Program(label, source, book.before(source), check.defines)


def _questions(
    check: Check, assignment: str, named: Sequence[Misconception]
) -> tuple[Question, ...]:
    secrets = SECRETS[:1] if check.kind == "trained" else SECRETS
    asked = (ask(check, assignment, secret) for secret in secrets)
    first, *others = (replace(question, misconceptions=tuple(named)) for question in asked)
    return (first, *map(_hidden, others))


def _hidden(question: Question) -> Question:
    """The same without the public cases, which have been asked already."""
    hidden = tuple(trial for trial in question.trials if not trial.case.public)
    return replace(question, trials=hidden)


def _styles(assignment: Assignment, book: Book) -> dict[str, Program]:
    """The notebook's own answers, and those of each file in `right/`."""
    sources = {"the notebook": "\n\n\n".join(dict.fromkeys(book.answers.values()))}
    for path in sorted((assignment.text.parent / "right").glob("*.py")):
        sources[path.stem] = path.read_text(encoding="utf-8")
    return {style: Program(style, source, book.before(source)) for style, source in sources.items()}
