"""The audit finds nothing to mend in 01_convolution; that of 06_lenet takes minutes."""

import pytest

from autograder.authoring.audit import audit
from autograder.course import open_course
from tests.conftest import ROOT, isolations


@pytest.mark.slow
def test_the_checks_of_01_convolution_tell_right_answers_from_wrong_ones():
    course = open_course(ROOT)
    audited = audit([course.assignment("01_convolution")], isolations()[0], jobs=2)
    for one in audited:
        assert one.survivors == one.undistinguished == one.failed_right_answers == ()
        assert one.right_answers >= 4
        assert one.misconceptions
    assert sum(one.mutants for one in audited) >= 20 * len(audited)
