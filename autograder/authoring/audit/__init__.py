"""A test of the checks themselves: do they tell right answers from wrong ones?

Each answer in the notebook is mutated, one small thing at a time; every mutant, every
misconception in `wrong/` and every right answer in `right/` runs behind the wall and is judged as a
submission is, with hidden cases of secrets of the audit's own.
"""

from autograder.authoring.audit.audited import Audited, AuditError
from autograder.authoring.errors import BuildError

try:
    from autograder.authoring.audit.auditing import audit
except ModuleNotFoundError as error:
    advice = "install this package with its extra [audit]"
    raise BuildError(f"{error.name} is not there, which an audit needs; {advice}") from None

__all__ = ["AuditError", "Audited", "audit"]
