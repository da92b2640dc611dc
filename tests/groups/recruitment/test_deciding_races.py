"""Two of the staff decide at the same moment, on a database that locks rows and not everything."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from groups.models import Application, RecruitmentRound
from groups.recruitment import deciding
from tests.factories import make_application, make_round
from tests.groups.importing.racing import waiting

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def call(office):
    return make_round(office=office, capacity=1)


def at_once(call, *verbs) -> list[str]:
    """All of them begin while the round is locked; the sentences of those that were refused."""
    with transaction.atomic():
        RecruitmentRound.objects.select_for_update().get(pk=call.pk)
        running = [waiting(verb) for verb in verbs]
    refused = [each.result for each in running if isinstance(each.result, ValidationError)]
    return [sentence for error in refused for sentence in error.messages]


def decisions(rows, decision, by):
    return [lambda row=row: deciding.decide(application=row, decision=decision, by=by) for row in rows]


def test_the_last_place_is_taken_once(call, staff):
    rows = [make_application(call) for _ in range(3)]
    refused = at_once(call, *decisions(rows, "accept", staff.user))
    assert len(refused) == 2
    assert list(Application.objects.values_list("decision", flat=True).order_by("-decision")) == [
        "accept",
        "",
        "",
    ]


def test_nobody_shares_a_place_on_the_waiting_list(call, staff):
    rows = [make_application(call) for _ in range(3)]
    assert at_once(call, *decisions(rows, "wait", staff.user)) == []
    assert sorted(Application.objects.values_list("waiting_place", flat=True)) == [1, 2, 3]
