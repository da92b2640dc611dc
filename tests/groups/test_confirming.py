"""Members are asked to confirm their data: one link each, answered once, by the link or by telephone."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError

from groups import confirmations, confirming, memberships
from groups.confirming import Door, Sent
from groups.models import Confirmation, ConfirmationLink
from members.models import Letter, Person
from tests.conftest import NOW
from tests.factories import make_company, make_membership, make_person


def token_in(letter):
    return re.search(r"/confirm/([\w-]+)/", letter.text)[1]


@pytest.fixture
def asked(group, staff):
    """Three members: with an address, one that is reached by telephone, and an individual; all are asked."""
    reached = make_membership(group)
    silent = make_person(contact_method=Person.ContactMethod.PHONE)
    by_phone = make_membership(group, company=make_company(), representatives=[silent])
    alone = make_membership(group, person=make_person(email=""))
    assert confirmations.to_be_asked(group) == (1, 2)
    sent = confirming.start(group=group, by=staff.user)
    assert sent == Sent(1, 2)
    return {"reached": reached, "by_phone": by_phone, "alone": alone}


def row_of(membership):
    return Confirmation.objects.get(membership=membership)


def test_asks_once_each_who_has_an_address(asked, group, staff):
    letter = Letter.objects.get(kind="members/confirm_data")
    person = asked["reached"].representatives.get().person
    assert (letter.to, letter.is_secret) == (person.email, True)
    assert "けやき会" in letter.subject
    link = confirming.link_of(token_in(letter))
    assert (link.confirmation, confirming.door(link)) == (row_of(asked["reached"]), Door.OPEN)
    assert token_in(letter) not in str(list(ConfirmationLink.objects.values()))
    with pytest.raises(ValidationError):
        confirming.start(group=group, by=staff.user)
    asking = confirming.running(group)
    with pytest.raises(ValidationError) as today:
        confirming.remind(asking=asking, by=staff.user)
    assert today.value.code == "today"


def test_nobody_is_asked_twice_on_a_day_and_the_first_link_goes_on(asked, group, staff):
    asking = confirming.running(group)
    with time_machine.travel(NOW + datetime.timedelta(days=1)):
        assert confirming.remind(asking=asking, by=staff.user) == Sent(1, 2)
        first, second = Letter.objects.order_by("pk")
        assert second.kind == "members/confirm_again"
        doors = [confirming.door(confirming.link_of(token_in(each))) for each in (first, second)]
        assert doors == [Door.OPEN, Door.OPEN]
        confirming.confirm(confirmation=row_of(asked["reached"]), source="link")
        doors = [confirming.door(confirming.link_of(token_in(each))) for each in (first, second)]
        assert doors == [Door.DONE, Door.DONE]
        with pytest.raises(ValidationError) as twice:
            confirming.confirm(confirmation=row_of(asked["reached"]), source="link")
        assert twice.value.messages == [confirming.DONE]


def test_a_link_opens_nothing_else_later_elsewhere_or_for_somebody_else(asked, group, staff):
    token = token_in(Letter.objects.get())
    person = asked["reached"].representatives.get().person

    def door():
        return confirming.door(confirming.link_of(token))

    with time_machine.travel(NOW + datetime.timedelta(days=31)):
        assert door() == Door.EXPIRED
        confirming.renew(link=confirming.link_of(token))
        assert Letter.objects.count() == 2
    Person.objects.filter(pk=person.pk).update(email="new@example.jp")
    assert door() == Door.ASTRAY
    with pytest.raises(ValidationError):
        confirming.renew(link=confirming.link_of(token))
    Person.objects.filter(pk=person.pk).update(email=person.email)
    term = asked["reached"].representatives.get()
    term.until = datetime.date(2026, 11, 24)
    term.save()
    assert door() == Door.ASTRAY
    memberships.leave(membership=asked["reached"], since=datetime.date(2026, 11, 1), reason="busy")
    assert door() == Door.ENDED
    assert confirming.link_of("unknown") is None


def test_who_no_longer_attends_is_asked_no_more_and_has_confirmed_nothing(asked, group, staff):
    reached, by_phone = asked["reached"], asked["by_phone"]
    gone, silent = (each.representatives.get() for each in (reached, by_phone))
    for term in (gone, silent):
        term.until = NOW.date()
        term.save()
    with time_machine.travel(NOW + datetime.timedelta(days=1)):
        successor = make_person(company=by_phone.company)
        since = NOW.date() + datetime.timedelta(days=1)
        memberships.add_representative(membership=by_phone, person=successor, since=since)
        sent = confirming.remind(asking=confirming.running(group), by=staff.user)
        assert (sent.letters, row_of(reached).person, row_of(by_phone).person) == (1, None, successor)
        assert Letter.objects.filter(to=gone.person.email).count() == 1
        Confirmation.objects.filter(membership=by_phone).update(person=silent.person)
        confirming.confirm(confirmation=row_of(by_phone), source="phone", by=staff.user)
    people = [row_of(by_phone).person, *Person.objects.filter(pk__in=[silent.person_id, successor.pk])]
    assert [each.confirmed_on for each in people if each == successor] == [since, since]
    assert [each.confirmed_on for each in people if each != successor] == [None]


def test_written_down_for_another_and_taken_back(asked, group, staff):
    row = row_of(asked["by_phone"])
    before = datetime.date(2025, 5, 5)
    row.person.confirmed_on = before
    row.person.save()
    confirming.confirm(confirmation=row, source="phone", by=staff.user)
    row.refresh_from_db()
    row.person.refresh_from_db()
    assert (row.source, row.confirmed_by, row.person.confirmed_on) == ("phone", staff.user, NOW.date())
    confirming.reopen(confirmation=row)
    row = row_of(asked["by_phone"])
    assert (row.source, row.confirmed_at, row.person.confirmed_on) == ("", None, before)
    with pytest.raises(ValidationError):
        confirming.reopen(confirmation=row)


def test_the_list_names_the_silent_first_and_counts_members_of_today(
    asked, group, staff, django_assert_num_queries
):
    asking = confirming.running(group)
    with django_assert_num_queries(3):
        shown = confirmations.standing_of(asking)
    assert [each.why_not for each in shown.silent] == [
        "連絡手段が電話の方です。",
        "メールアドレスがありません。",
    ]
    assert [each.row.membership for each in shown.waiting] == [asked["reached"]]
    assert (shown.open_count, shown.total) == (3, 3)
    confirming.confirm(confirmation=row_of(asked["alone"]), source="meeting", by=staff.user)
    memberships.leave(membership=asked["by_phone"], since=datetime.date(2026, 11, 1), reason="busy")
    shown = confirmations.standing_of(asking)
    assert (shown.open_count, len(shown.done), shown.total) == (1, 1, 2)
    assert [each.open_count for each in confirmations.unconfirmed_in([group.pk])] == [1]
    confirming.end(asking=asking)
    assert confirmations.unconfirmed_in([group.pk]) == []
    with pytest.raises(ValidationError) as ended:
        confirming.confirm(confirmation=row_of(asked["reached"]), source="link")
    assert ended.value.messages == [confirming.ENDED]


def test_who_attends_now_is_called(asked, group, staff):
    term = asked["reached"].representatives.get()
    term.until = NOW.date() - datetime.timedelta(days=1)
    term.save()
    successor = make_person(company=asked["reached"].company, phone="042-500-4321")
    memberships.add_representative(membership=asked["reached"], person=successor, since=NOW.date())
    (waiting,) = confirmations.standing_of(confirming.running(group)).waiting
    assert (waiting.row.person, waiting.phone, waiting.asked_on) == (successor, "042-500-4321", None)
