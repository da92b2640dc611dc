"""What readers know of a person: the SQL kept for a circle asks the same as the rules themselves, and no answer is kept."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import known, memberships
from groups.known import known_of, stand_in
from members.consents import answer_consent
from tests.factories import make_group

TODAY = datetime.date(2026, 11, 25)


def readers(group) -> list:
    """Of every circle there is, one with another group in it, and staff."""
    other = make_group(name="ほかの会")
    return [
        AnonymousUser(),
        stand_in(TODAY),
        *(stand_in(TODAY, member_of=[each]) for each in (0, other.pk, group.pk)),
        *(stand_in(TODAY, member_of=[each], runs=[each]) for each in (other.pk, group.pk)),
        stand_in(TODAY, is_staff=True),
    ]


@pytest.mark.parametrize("answer", ["", "yes", "company", "no"])
@pytest.mark.parametrize("public", [True, False])
def test_the_kept_sql_says_what_the_rules_say(member, group, monkeypatch, answer, public):
    person, company, circles = member.person, member.membership.company, readers(group)
    if answer:
        memberships.answer_roster_consent(membership=member.membership, answer=answer, since=TODAY)
    answer_consent(kind="public_profile", given=public, since=TODAY, company=company)
    kept = [known_of(person, each, circles) for each in (company, None)]
    monkeypatch.setattr(known, "_circle_of", lambda reader: None)
    assert kept == [known_of(person, each, circles) for each in (company, None)]


def test_one_query_for_all_and_none_for_staff(member, group):
    company, circles = member.membership.company, readers(group)
    for people, queries in ((circles, 1), (circles[-1:], 0)):
        with CaptureQueriesContext(connection) as asked:
            known_of(member.person, company, people)
        assert len(asked) == queries


def test_it_follows_the_records_from_one_question_to_the_next_and_from_day_to_day(member, group):
    def page(on: datetime.date) -> bool:
        (told,) = known_of(member.person, member.membership.company, [stand_in(on, member_of=[group.pk])])
        return told.page

    assert page(TODAY)
    memberships.answer_roster_consent(membership=member.membership, answer="no", since=TODAY)
    assert not page(TODAY)
    tomorrow = TODAY + datetime.timedelta(days=1)
    memberships.answer_roster_consent(membership=member.membership, answer="yes", since=tomorrow)
    assert not page(TODAY)
    with time_machine.travel(datetime.datetime(2026, 11, 26, 3, tzinfo=datetime.UTC)):
        assert page(tomorrow)


def test_who_is_somebody_is_asked_about_in_person(secretary, member, outsider):
    assert [known._circle_of(each.user) for each in (secretary, member, outsider)] == [None] * 3
