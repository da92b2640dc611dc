"""What stands in a handover book: as of the day, without those who have not agreed, and sensible with nothing at all."""

import datetime

import pytest
from django.conf import settings

from events.models import InvitedGroup, Todo, Turn
from groups import handing_on
from groups.models import Membership
from iri_exchange.office.handover_book.contents import contents
from iri_exchange.office.handover_book.twelve import EVERY_MONTH, TWELVE
from iri_exchange.office.handover_book.year_ahead import duties, months_ahead, year_ahead
from tests.conftest import log_in
from tests.factories import make_meeting, make_membership, make_officer, make_person

DAY = datetime.date(2026, 11, 25)


def book(group, by):
    return contents(group=group, day=DAY, reader=by.user)


def test_officers_now_and_to_come_by_rank(secretary, group):
    chair, auditor = make_person(family_name="長野"), make_person(family_name="次田")
    make_officer(
        group, chair, role="chair", since=datetime.date(2026, 4, 1), until=datetime.date(2027, 3, 31)
    )
    make_officer(group, auditor, role="auditor", since=datetime.date(2027, 4, 1))
    over = make_officer(group, make_person(), role="board", until=datetime.date(2026, 11, 24))
    told = book(group, secretary)
    assert [(term.role, term.person) for term in told.officers] == [
        ("chair", chair),
        ("secretary", secretary.person),
    ]
    assert [(term.role, term.person) for term in told.next_officers] == [("auditor", auditor)]
    assert over not in told.officers


@pytest.mark.parametrize(
    ("day", "start", "year"),
    [
        (datetime.date(2026, 11, 25), 4, 2027),
        (datetime.date(2026, 9, 30), 4, 2026),
        (datetime.date(2026, 10, 1), 4, 2027),
        (datetime.date(2027, 4, 1), 4, 2027),
        (datetime.date(2026, 11, 25), 12, 2026),
        (datetime.date(2026, 12, 1), 12, 2026),
        (datetime.date(2027, 3, 31), 1, 2027),
    ],
)
def test_the_year_ahead_is_the_groups_own(group, day, start, year):
    group.fiscal_year_start = start
    assert year_ahead(group, day) == year
    months = months_ahead(group, day)
    assert months[0].first == day.replace(day=1)
    assert [month.duty for month in months if month.duty][-1] == TWELVE[-1]
    assert months[-1].first.month == (start + 10) % 12 + 1


def test_the_duties_follow_the_groups_year_and_the_joint_event_the_calendar(group):
    group.fiscal_year_start = 12
    assert [each.month for each in duties(group)] == [12, *range(1, 12)]
    months = {month.first.month: month for month in months_ahead(group, datetime.date(2026, 12, 1))}
    assert months[12].duty == TWELVE[0]
    assert "合同交流会があります" in months[2].joint_event


def test_meetings_ahead_with_those_held_together(secretary, group, other_group):
    mine = make_meeting(group, datetime.date(2026, 12, 9))
    make_meeting(group, datetime.date(2026, 12, 16), state="cancelled")
    make_meeting(group, datetime.date(2026, 11, 11))
    theirs, asked = (
        make_meeting(other_group, datetime.date(2027, 2, number), state="announced") for number in (1, 2)
    )
    InvitedGroup.objects.create(meeting=theirs, group=group, state="agreed")
    InvitedGroup.objects.create(meeting=asked, group=group)
    found = [meeting for month in book(group, secretary).months for meeting in month.meetings]
    assert found == [mine, theirs]


def test_who_has_not_agreed_is_there_by_number_only(secretary, member, group, monkeypatch):
    meeting = make_meeting(group, datetime.date(2026, 12, 9))
    left_out = member.membership
    Turn.objects.create(meeting=meeting, membership=left_out, role="duty")
    monkeypatch.setattr(handing_on, "left_out", lambda *_: {left_out.pk})
    told = book(group, secretary)
    assert told.left_out == (left_out.number,)
    assert [(row.number, row.member_number) for row in told.roster.rows] == [(1, secretary.membership.number)]
    assert told.roster.officer_rows == 1
    assert told.turns[0].lines[0].duty == (f"名簿の引き継ぎに同意していない会員 {left_out.number}",)
    assert str(left_out.member) not in told.turns[0].without_duty
    people, companies = told.tells_of
    assert (left_out.company_id in companies, member.person.pk in people) == (False, False)


def test_the_open_todos_are_those_the_reader_may_open(secretary, outsider, group):
    meeting = make_meeting(group, datetime.date(2026, 11, 11), state="held")
    due, none = (
        Todo.objects.create(meeting=meeting, what=what, due=day)
        for what, day in (("会場を予約する", DAY), ("礼状を出す", None))
    )
    Todo.objects.create(meeting=meeting, what="すんだこと", done_on=DAY)
    assert book(group, secretary).todos == (due, none)
    assert book(group, outsider).todos == ()


def test_places_have_whole_addresses(secretary, group):
    addresses = [place.address for place in book(group, secretary).places]
    assert f"{settings.SITE_URL}/groups/keyaki/book/" in addresses
    assert all(address.startswith(settings.SITE_URL) for address in addresses)


def test_each_place_opens_for_the_secretary(secretary, group):
    for place in book(group, secretary).places:
        path = place.address.removeprefix(settings.SITE_URL)
        assert secretary.client.get(path).status_code == 200, place


def test_the_handbook_shows_the_same_twelve():
    chapter = (settings.BASE_DIR / "docs" / "handbook" / "34-handover-book.md").read_text()
    told = "".join(chapter.split())
    for duty in (*TWELVE, *EVERY_MONTH):
        assert "".join(duty.title.split()) in told
        assert "".join(duty.how.split()) in told
    assert len(TWELVE) == 12


def test_as_many_queries_for_many_members_as_for_few(group, django_assert_max_num_queries):
    officer = make_membership(group).representatives.get().person
    make_officer(group, officer)
    actor, counts = log_in(officer), []
    book(group, actor)
    for number in (1, 30):
        for month in range(number):
            day = datetime.date(2026, 12, 1) + datetime.timedelta(days=month)
            Turn.objects.create(
                meeting=make_meeting(group, day), membership=make_membership(group), role="duty"
            )
        with django_assert_max_num_queries(60) as queries:
            book(group, actor)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Membership.objects.count() == 32
