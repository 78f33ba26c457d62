"""A test of the checks themselves: do they tell right answers from wrong ones?

Each answer in the notebook is mutated, one small thing at a time; every mutant, every
misconception in `wrong/` and every right answer in `right/` runs behind the wall and is judged as a
submission is, with hidden cases of secrets of the audit's own.
"""

from autograder.authoring.audit.audited import Audited, AuditError
from autograder.authoring.audit.auditing import audit

__all__ = ["AuditError", "Audited", "audit"]
