"""The last place, and the announcement, by many at once, on a database that locks rows."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction

from groups.models import Application, Offer, RecruitmentRound
from groups.recruitment import announcing, offering, results
from members.models import Company, Letter, Person
from tests.factories import make_company, make_office, make_person
from tests.groups.importing.racing import Running, waiting
from tests.groups.recruitment.closed_rounds import ACCEPT, TODAY, WAIT, announce, closed_round, decided

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]
MANY = 50
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
DUE = TODAY + datetime.timedelta(days=7)
State = Application.State


@pytest.fixture
def call(office, staff):
    """Announced: of three places one is free, and fifty wait."""
    call = closed_round(office, capacity=3)
    for _ in range(2):
        decided(call, ACCEPT, staff.user)
    for _ in range(MANY):
        decided(call, WAIT, staff.user)
    announce(call, staff.user)
    return call


def at_once(call, verbs) -> list:
    """All of them begin while the round is locked; the results, errors among them."""
    with transaction.atomic():
        RecruitmentRound.objects.select_for_update().get(pk=call.pk)
        first, *others = verbs
        running = [waiting(first), *(Running(verb) for verb in others)]
    return [each.result for each in running]


def refused(results_) -> int:
    """How many were told so in words; any other error fails."""
    wrong = [each for each in results_ if isinstance(each, Exception)]
    assert [each for each in wrong if not isinstance(each, ValidationError)] == []
    return len(wrong)


def test_the_last_place_is_offered_once(call, staff):
    rows = list(Application.objects.filter(round=call, state=State.WAITLISTED))
    verbs = [lambda row=row: offering.offer(application=row, due=DUE, by=staff.user) for row in rows]
    assert refused(at_once(call, verbs)) == MANY - 1
    assert Offer.objects.count() == 1
    assert offering.places_of(call).free == 0


def test_one_offer_answered_by_many_makes_one_member(call, staff):
    row = Application.objects.filter(round=call, state=State.WAITLISTED)[0]
    made = offering.offer(application=row, due=DUE, by=staff.user)
    verbs = [lambda: offering.answer(offer=made, taken=True) for _ in range(MANY)]
    assert refused(at_once(call, verbs)) == MANY - 1
    assert Application.objects.filter(round=call, state=State.ACCEPTED).count() == 3
    assert call.group.memberships.count() == 3


def test_more_offers_than_places_fill_exactly_the_places(call, staff):
    """Offers that somebody wrote past the verb, or a capacity that was lowered: the answer counts anew."""
    rows = list(Application.objects.filter(round=call, state=State.WAITLISTED))[:10]
    RecruitmentRound.objects.filter(pk=call.pk).update(capacity=12)
    offers = [offering.offer(application=row, due=DUE, by=staff.user) for row in rows]
    RecruitmentRound.objects.filter(pk=call.pk).update(capacity=5)
    verbs = [lambda made=made: offering.answer(offer=made, taken=True) for made in offers]
    assert refused(at_once(call, verbs)) == 7
    assert call.group.memberships.count() == 5


def test_announced_by_two_at_once_happens_once(office, staff):
    call = closed_round(office)
    for _ in range(3):
        decided(call, ACCEPT, staff.user)
    shown = announcing.fingerprint(results.results_of(call))
    verbs = [lambda: announcing.announce(round=call, shown=shown, by=staff.user) for _ in range(2)]
    assert refused(at_once(call, verbs)) == 1
    assert (Letter.objects.count(), call.group.memberships.count()) == (3, 3)
    assert Company.objects.count() == 3


def test_two_offices_that_announce_the_same_companies_wait_for_each_other(office, staff):
    """Each knows them in the other's order."""
    companies = [make_company() for _ in range(8)]
    there = make_office(name="本部", short_name="本部", slug="honbu")
    calls = [closed_round(office), closed_round(there)]
    for call, order in zip(calls, (companies, companies[::-1]), strict=True):
        for company in order:
            decided(call, ACCEPT, staff.user, known_company=company)
    with transaction.atomic():
        list(RecruitmentRound.objects.select_for_update().order_by("pk"))
        running = [waiting(lambda call=call: announce(call, staff.user)) for call in calls]
    assert refused([each.result for each in running]) == 0
    assert [call.group.memberships.count() for call in calls] == [8, 8]


def test_killed_in_the_middle_it_has_told_nobody_and_can_be_told_again(office, staff):
    """Two are members already within the transaction, and the third waits, when the connection is cut."""
    call = closed_round(office)
    for _ in range(2):
        decided(call, ACCEPT, staff.user)
    company = make_company()
    said = decided(call, ACCEPT, staff.user, known_company=company).participants.get()
    names = {"family_name": said.family_name, "given_name": said.given_name}
    known = make_person(company=company, email="", **names)
    before = (Company.objects.count(), Person.objects.count())
    shown = announcing.fingerprint(results.results_of(call))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=known.pk)  # whose empty address the third one fills
        running = waiting(lambda: announcing.announce(round=call, shown=shown, by=staff.user))
        with connection.cursor() as cursor:
            cursor.execute(CUT)
    assert isinstance(running.result, Error)
    call.refresh_from_db()
    assert (call.announced_at, Letter.objects.count(), call.group.memberships.count()) == (None, 0, 0)
    assert (Company.objects.count(), Person.objects.count()) == before
    assert set(Application.objects.values_list("state", flat=True)) == {State.UNDER_REVIEW}
    assert announce(call, staff.user).accepted == 3
    assert (Letter.objects.count(), call.group.memberships.count()) == (3, 3)
