"""Members × meetings: who is counted, the rate and its formula, and that the database and the table say the same."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.attendance.counting import Counted, counts_of, percent
from events.attendance.drawing import by_meeting, by_year
from events.attendance.yearly import year_of
from events.models import Attendance, Meeting
from groups import memberships
from tests.events.attendance.making import held, tick
from tests.events.reception.making import make_named, person_of
from tests.factories import make_meeting, make_membership, make_person

MAY, JUNE = datetime.date(2026, 5, 13), datetime.date(2026, 6, 10)
LAST = datetime.date(2026, 3, 11)


@pytest.fixture
def members(group):
    return [make_named(group, f"会員{number}", f"カイイン{number}") for number in "アイウエ"]


def table(year) -> dict[str, str]:
    return {
        row.membership.representatives.get().person.family_name: "".join(cell.shape for cell in row.cells)
        for row in year.rows
    }


def test_marks_totals_and_rates(group, members):
    held(group, MAY, "○△▽×", members)
    held(group, JUNE, "◇×.○", members)
    year = year_of(group, 2026, in_full=True)
    assert table(year) == {"会員ア": "○◇", "会員イ": "△×", "会員ウ": "▽―", "会員エ": "×○"}
    assert [(row.count.there, row.count.counted, row.count.rate) for row in year.rows] == [
        (2, 2, 100),
        (1, 2, 50),
        (1, 1, 100),
        (1, 2, 50),
    ]
    assert [(each.label, each.count) for each in year.sessions] == [
        ("5/13", Counted(3, 4, 3)),
        ("6/10", Counted(2, 3, 2)),
    ]
    assert (year.total, year.average) == (Counted(5, 7, 5), 2.5)


def test_who_rests_is_shown_and_not_counted(group, members):
    memberships.rest(membership=members[1], since=JUNE)
    held(group, MAY, "○○○○", members)
    held(group, JUNE, "○×○×", members)
    meeting = held(group, datetime.date(2026, 7, 8), "○○××", members)
    year = year_of(group, None, in_full=True)
    assert table(year)["会員イ"] == "○休○"
    assert [row.count for row in year.rows][1] == Counted(1, 1, 1)
    assert counts_of([meeting.pk]) == {meeting.pk: Counted(1, 3, 2)}


def test_the_table_and_the_database_count_the_same(group, members, other_group):
    memberships.rest(membership=members[3], since=JUNE)
    memberships.leave(membership=members[2], since=JUNE, reason="busy")
    stranger = make_named(other_group, "客", "キャク")
    for day, marks in ((MAY, "○×◇△"), (JUNE, "▽○.○")):
        meeting = held(group, day, marks, members)
        tick(meeting, stranger, "○")
        Attendance.objects.create(meeting=meeting, name="飛入", kind="present")
    year = year_of(group, 2026, in_full=True)
    for place, session in enumerate(year.sessions):
        cells = [row.cells[place] for row in year.rows]
        assert sum(cell.is_there and cell.is_counted for cell in cells) == session.count.there
        assert sum(cell.is_counted for cell in cells) == session.count.counted
    assert [each.count.people for each in year.sessions] == [5, 5]


def test_two_who_attend_for_one_member_are_one(group):
    first, second = make_person(family_name="甲"), make_person(family_name="乙")
    member = make_membership(group, representatives=[first, second])
    meeting = make_meeting(group, MAY)
    Meeting.objects.update(state="held")
    for person, kind in ((first, "absent"), (second, "late")):
        Attendance.objects.create(meeting=meeting, membership=member, person=person, kind=kind)
    (row,) = year_of(group, 2026, in_full=True).rows
    assert [cell.shape for cell in row.cells] == ["△"]
    assert counts_of([meeting.pk]) == {meeting.pk: Counted(1, 1, 1)}


def test_only_what_was_held_and_ticked_and_is_for_all(group, members):
    held(group, MAY, "....", members)
    held(group, JUNE, "○○○○", members, kind="officers")
    meeting = make_meeting(group, MAY, kind="visit")
    tick(meeting, members[0], "○")
    assert year_of(group, 2026, in_full=True).sessions == []


def test_the_groups_own_year(group, members):
    group.fiscal_year_start = 1
    group.save()
    held(group, LAST, "○○××", members)
    held(group, MAY, "○○○×", members)
    held(group, datetime.date(2025, 12, 10), "○×××", members)
    year = year_of(group, None, in_full=True)
    assert (year.year, [each.label for each in year.sessions]) == (2026, ["3/11", "5/13"])
    assert {each: count.rate for each, count in year.years.items()} == {2025: 25, 2026: 63}
    assert [each.label for each in year_of(group, 2025, in_full=True).sessions] == ["12/10"]


def test_who_asked_not_to_be_listed_is_in_the_numbers_only(group, members):
    memberships.answer_roster_consent(membership=members[0], answer="no", since=LAST)
    memberships.leave(membership=members[1], since=JUNE, reason="busy")
    held(group, MAY, "○○○○", members)
    told = year_of(group, 2026, in_full=False)
    assert (list(table(told)), told.hidden, told.total.counted) == (["会員ウ", "会員エ"], 2, 4)
    own = year_of(group, 2026, in_full=False, own=frozenset([members[0].pk]))
    assert list(table(own)) == ["会員ア", "会員ウ", "会員エ"]
    assert len(year_of(group, 2026, in_full=True).rows) == 4


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(0, 0, None), (1, 8, 13), (7, 8, 88), (3, 3, 100), (0, 3, 0)]
)
def test_percent(part, whole, told):
    assert percent(part, whole) == told


def test_bars_are_as_high_as_the_rates(group, members):
    held(group, LAST, "○×××", members)
    held(group, MAY, "○○○○", members)
    held(group, JUNE, "××××", members)
    year = year_of(group, 2026, in_full=True)
    assert [(bar.value, bar.height, bar.y, bar.label) for bar in by_meeting(year).bars] == [
        ("100", 150.0, 22.0, "5月"),
        ("0", 0.0, 172.0, "6月"),
    ]
    assert [(bar.value, bar.label, bar.title) for bar in by_year(year).bars] == [
        ("25", "令和7年", "令和7年度：25%"),
        ("50", "令和8年", "令和8年度：50%"),
    ]


def test_thirty_members_and_meetings_cost_as_many_queries_as_one(group, members):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            year = year_of(group, None, in_full=False)
            [row.membership.member.name for row in year.rows]
        return len(asked)

    held(group, MAY, "○○○○", members)
    first = queries()
    many = [*members, *(make_named(group, f"多{number}", "タ") for number in range(26))]
    for month in (6, 7, 8, 9):
        held(group, datetime.date(2026, month, 10), "○" * 30, many)
    assert queries() == first
    assert person_of(members[0]).family_name == "会員ア"
