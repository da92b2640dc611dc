"""A joint exchange with people of several groups and companies who sit at its tables."""

import pytest

from events.exchange.tables import making
from events.models import JointExchange, Registration, TablePlan
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_group


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(office=office, table_rounds=3, table_seats=6)


@pytest.fixture
def party(exchange, office) -> list[Registration]:
    """Thirty-six people, three of each of twelve groups."""
    groups = [make_group(name=f"架空会{number}", slug=f"kaku{number}", office=office) for number in range(12)]
    return [
        make_registration(
            exchange,
            f"架空 {number:02}",
            group=groups[number % 12],
            affiliation=f"架空工業{number}",
            is_listed=True,
        )
        for number in range(36)
    ]


@pytest.fixture
def plan(exchange, party, staff) -> TablePlan:
    """Worked out at once: the tests' worker is immediate."""
    made = making.ask(exchange=exchange, by=staff.user)
    assert made.state == "done"
    return made
