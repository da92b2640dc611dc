"""Two of a group's officers register the election at the same moment, on a database that locks rows."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from groups.models import Group, OfficerTerm
from iri_exchange.office.succession import electing
from members.models import Letter
from tests.groups.importing.racing import waiting
from tests.iri_exchange.office.succession.conftest import TURN, YEAR_END

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]


def at_once(group, board, *chairs) -> list[object]:
    base = electing.fingerprint(group)
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        running = [
            waiting(
                lambda chair=chair: electing.elect(
                    group=group, seats=board.seats(chair=chair), since=TURN, until=YEAR_END,
                    by=board.secretary.user, confirmed=True, base=base,
                )
            )
            for chair in chairs
        ]  # fmt: skip
    return [each.result for each in running]


def test_the_second_is_told_what_the_first_has_done(group, board):
    results = at_once(group, board, *board.others[:2])
    assert [type(each) for each in results].count(ValidationError) == 1
    (refused,) = [each for each in results if isinstance(each, ValidationError)]
    assert refused.code == electing.CHANGED
    assert OfficerTerm.objects.on(TURN).filter(group=group, role="chair").count() == 1


def test_the_same_from_both_is_one_election(group, board):
    results = at_once(group, board, board.others[0], board.others[0])
    assert sorted(each.changed for each in results) == [False, True]
    assert OfficerTerm.objects.filter(group=group, since=TURN, role="chair").count() == 1
    assert Letter.objects.filter(kind="groups/officer_begins").count() == 1
