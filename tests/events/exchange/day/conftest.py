from collections.abc import Iterator

import pytest
import time_machine

from events.models import JointExchange
from tests.exchange_factories import DAY, at, make_exchange

NOON = at(DAY, 13, 5)


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(has_party=True, member_capacity=2, public_capacity=2)


@pytest.fixture
def on_the_day(exchange) -> Iterator[time_machine.Traveller]:
    """Five past one, in Japan."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
