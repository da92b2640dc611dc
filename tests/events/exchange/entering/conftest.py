"""Deadlines are to the second: the clock stands still here."""

import pytest
import time_machine

from tests.conftest import NOW


@pytest.fixture(autouse=True)
def still(now):
    with time_machine.travel(NOW, tick=False):
        yield
