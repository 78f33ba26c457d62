"""What an audit of an assignment is made of, read before anything runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.asking import ask
from autograder.authoring.audit.audited import AuditError
from autograder.authoring.audit.bench import Program, first_fault
from autograder.authoring.audit.listing import Changes, read_equivalents
from autograder.authoring.audit.mutating import Mutant, mutants
from autograder.authoring.audit.programs import Book, defined, read_book
from autograder.authoring.text import read_cells
from autograder.checks import Check
from autograder.course import Assignment
from autograder.misconceptions import read_misconceptions
from autograder.putting import Put
from autograder.questions import Misconception, Question, Trial

SECRETS = tuple(f"audit {number}".encode() for number in (1, 2, 3))
"""Hidden cases derive from a course's secret: a check is to be sharp under each."""

FEW = 32
"""Images that show whether a network is the right one; how well it learns takes all of them."""


@dataclass(frozen=True)
class Sieve:
    """Cases that no wrong answer should get through.

    Args:
        public: those that every course has.
        hidden: those that the courses have besides, each by its secret.
    """

    question: Question
    public: tuple[Trial, ...]
    hidden: tuple[tuple[Trial, ...], ...]

    def passes(self, put: Put) -> bool:
        """Whether an answer passes in some course; it is asked until that is known."""
        if first_fault(self.question, self.public, put):
            return False
        return any(not first_fault(self.question, trials, put) for trials in self.hidden)

    def fault(self, put: Put) -> str:
        """What is wrong with an answer in any course."""
        trials = (*self.public, *(trial for each in self.hidden for trial in each))
        return first_fault(self.question, trials, put)


@dataclass(frozen=True)
class Subject:
    """One check with all that it is tried on.

    Args:
        sieve: all cases; `question` holds those of one course.
    """

    check: Check
    answer: Program
    mutants: tuple[Mutant, ...]
    misconceptions: tuple[Program, ...]
    equivalent: Changes
    question: Question
    sieve: Sieve

    @property
    def trained(self) -> bool:
        return self.check.kind == "trained"

    @property
    def sieves(self) -> tuple[Sieve, ...]:
        """Of a network that trains: is it the right one at all? And then, does it learn?"""
        if not self.trained:
            return (self.sieve,)
        thresholds = dict.fromkeys(self.question.thresholds, 0.0)
        hidden = tuple(tuple(map(_few, trials)) for trials in self.sieve.hidden)
        public = tuple(map(_few, self.sieve.public))
        return Sieve(replace(self.question, thresholds=thresholds), public, hidden), self.sieve

    def program(self, mutant: Mutant) -> Program:
        return replace(self.answer, label=str(mutant), source=mutant.source)


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
    subjects = []
    for check in checks:
        name, own = check.name, named.get(check.name, ())
        question, sieve = _asked(check, assignment.name, own)
        subjects.append(
            Subject(
                check,
                program("the answer", book.answers[name], book, check),
                made[name],
                tuple(program(one.name, one.source, book, check) for one in own),
                listed.get(name, set()),
                question,
                sieve,
            )
        )
    return Subjects(assignment, tuple(subjects), _styles(assignment, book))


def program(label: str, source: str, book: Book, check: Check) -> Program:
    """Code that answers a check, after what it needs of the notebook."""
    return Program(label, source, book.before(source), check.defines)


def _asked(check: Check, assignment: str, named: Sequence[Misconception]) -> tuple[Question, Sieve]:
    secrets = SECRETS[:1] if check.kind == "trained" else SECRETS
    questions = [ask(check, assignment, secret) for secret in secrets]
    public = tuple(trial for trial in questions[0].trials if trial.case.public)
    hidden = (
        tuple(trial for trial in question.trials if not trial.case.public) for question in questions
    )
    question = replace(questions[0], misconceptions=tuple(named))
    return question, Sieve(question, public, tuple(hidden))


def _styles(assignment: Assignment, book: Book) -> dict[str, Program]:
    """The notebook's own answers, and those of each file in `right/`."""
    sources = {"the notebook": "\n\n\n".join(dict.fromkeys(book.answers.values()))}
    for path in sorted((assignment.text.parent / "right").glob("*.py")):
        sources[path.stem] = path.read_text(encoding="utf-8")
    return {style: Program(style, source, book.before(source)) for style, source in sources.items()}
