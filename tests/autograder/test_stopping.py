"""A signal stops what runs, whatever was going on when it came."""

import signal
import time

import pytest

from autograder.cli.stopping import Stopped, stoppable


def number_that_stops(act):
    with pytest.raises(Stopped) as stopped, stoppable():
        act()
    return stopped.value.number


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_stops_and_others_do_nothing(number):
    def act():
        try:
            signal.raise_signal(number)
        finally:
            signal.raise_signal(signal.SIGINT)

    assert number_that_stops(act) == number


def test_one_that_comes_while_an_object_is_deleted_is_not_lost():
    class Late:
        def __del__(self):
            signal.raise_signal(signal.SIGTERM)

    def act():
        Late()
        time.sleep(60)

    assert number_that_stops(act) == signal.SIGTERM
