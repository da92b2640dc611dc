"""The joint exchange of February 2027, that takes registrations today."""

import pytest

from events.models import JointExchange
from tests.exchange_factories import make_exchange


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange()
