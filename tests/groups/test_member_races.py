"""Two people change the members of one group at the same moment, on a database that locks rows and not everything."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from groups import corrections, memberships, representing
from groups.models import Group, Representative
from tests.factories import make_membership, make_officer, make_person
from tests.groups.importing.racing import waiting

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]
TODAY, TOMORROW = datetime.date(2026, 11, 25), datetime.date(2026, 11, 26)


def at_once(group, *verbs) -> list[str]:
    """All of them begin while the group is locked; the sentences of those that were refused."""
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        running = [waiting(verb) for verb in verbs]
    refused = [each.result for each in running if isinstance(each.result, ValidationError)]
    return [sentence for error in refused for sentence in error.messages]


def test_the_last_two_officers_do_not_both_go_unnoticed(group):
    members = [make_membership(group) for _ in range(2)]
    for membership in members:
        make_officer(group, membership.representatives.get().person)
    verbs = [
        lambda row=row: memberships.leave(membership=row, since=TOMORROW, reason="busy") for row in members
    ]
    (refused,) = at_once(group, *verbs)
    assert "ほかに役員がいない" in refused


def test_the_last_place_is_taken_once(group):
    membership = make_membership(group)
    verbs = [
        lambda who=who: representing.add(membership=membership, person=who, since=TODAY)
        for who in (make_person(), make_person())
    ]
    (refused,) = at_once(group, *verbs)
    assert "1社2名まで" in refused
    assert Representative.objects.filter(membership=membership).count() == 2


def test_a_status_is_taken_back_once(group):
    membership = make_membership(group)
    rest = memberships.rest(membership=membership, since=TODAY)
    verbs = [lambda: corrections.take_back(status=type(rest).objects.get(pk=rest.pk)) for _ in range(2)]
    at_once(group, *verbs)
    assert [row.state for row in membership.statuses.all()] == ["active"]
