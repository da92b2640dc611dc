"""The group that is handed over."""

import pytest

from tests.conftest import Actor
from tests.iri_exchange.office.handover.made import Ready, make_ready


@pytest.fixture
def ready(launched_group, staff: Actor) -> Ready:
    return make_ready(launched_group, staff)
