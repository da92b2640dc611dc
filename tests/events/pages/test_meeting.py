"""/meetings/<pk>/: when it is, for everybody; where and what about, for those inside."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import meetings
from events.models import AgendaItem, Attendance, InvitedGroup, Meeting, Turn
from events.planning import agenda
from events.planning.agenda import Line
from groups.models import Group
from tests.factories import make_group, make_meeting, make_membership
from tests.strictness import parse_strictly

DAY, TODAY = datetime.date(2026, 12, 9), datetime.date(2026, 11, 25)
INSIDE = ["秘密の会議室", "立川市秘密町1", "鋳物工場の話", "持ち物は名刺", "15:00〜17:00"]


def page(actor, meeting: Meeting) -> str:
    answer = actor.client.get(f"/meetings/{meeting.pk}/")
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_who_learns_what(visitor, outsider, left_member, member, adviser, staff, group):
    about = {"place": INSIDE[0], "address": INSIDE[1], "title": INSIDE[2], "note": INSIDE[3]}
    meeting = make_meeting(group, DAY, online_url="https://meet.example.jp/secret", fee=1500, **about)
    words = [*INSIDE, "meet.example.jp", "1,500円"]
    for actor in (visitor, outsider, left_member, member, adviser, staff):
        text = page(actor, meeting)
        assert "第1回 定例会" in text
        assert "12月9日（水）" in text
        assert [word for word in words if word in text] == (words if actor in (member, adviser) else [])


def test_the_stage_on_its_day_decides_what_the_office_sees(staff, secretary, group):
    """The group runs itself since April 2013."""
    in_the_launch_year = make_meeting(group, datetime.date(2013, 3, 6), place="昔の会議室")
    afterwards = make_meeting(group, datetime.date(2013, 4, 10), place="いまの会議室")
    assert "昔の会議室" in page(staff, in_the_launch_year)
    assert "いまの会議室" not in page(staff, afterwards)
    assert "いまの会議室" in page(secretary, afterwards)


def test_invited_groups_read_the_notice_once_it_is_out(outsider, group, other_group):
    meeting = make_meeting(group, DAY, place="秘密の会議室")
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    assert "秘密の会議室" not in page(outsider, meeting)
    meetings.announce(meeting=meeting)
    assert "秘密の会議室" in page(outsider, meeting)
    assert "次にすること" not in page(outsider, meeting)


def test_the_agenda_the_turns_and_the_map_stand_on_it(member, group):
    meeting = make_meeting(group, DAY, address="立川市1")
    lines = [Line("自社紹介", datetime.time(15), "青木"), Line("見学の話", membership=member.membership)]
    agenda.write(meeting=meeting, lines=lines)
    Turn.objects.create(meeting=meeting, membership=member.membership, role="duty")
    text = page(member, meeting)
    company = str(member.membership.company)
    assert [
        word
        for word in ("自社紹介", "青木", "見学の話", company, "当番", "query=%E7%AB%8B")
        if word not in text
    ] == []


@pytest.mark.parametrize(
    ("day", "state", "label"),
    [
        (DAY, "draft", "案内を送る"),
        (DAY, "announced", "お返事を見る"),
        (TODAY, "announced", "出席をとる"),
        (TODAY, "held", "議事録を書く"),
        (DAY, "cancelled", "同じ内容で次の会合をつくる"),
    ],
)
def test_one_thing_comes_next(secretary, group, day, state, label):
    meeting = make_meeting(group, day)
    Meeting.objects.update(state=state)
    text = page(secretary, meeting)
    tree = parse_strictly(text.encode())
    primary = [link for link in tree.iter("a") if "btn-primary" in (link.get("class") or "")]
    assert ["".join(link.itertext()) for link in primary][:1] == [label]
    assert secretary.client.get(primary[0].get("href")).status_code == 200


@pytest.mark.parametrize("who", ["visitor", "member", "secretary"])
def test_thirty_members_and_items_cost_as_many_queries_as_one(who, request, group, member):
    actor = request.getfixturevalue(who)
    meeting = make_meeting(group, DAY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(actor, meeting)
        return len(asked)

    def more(first: int, count: int) -> None:
        for number in range(first, first + count):
            one = make_membership(group)
            AgendaItem.objects.create(meeting=meeting, position=number, title="話", membership=one)
            Turn.objects.create(meeting=meeting, membership=one, role="duty")

    more(1, 1)
    queries()
    once = queries()
    more(2, 30)
    assert queries() == once


def test_a_plan_of_a_forming_group_is_nobodys(visitor, member, staff, office):
    forming = make_group(stage=Group.Stage.FORMING, slug="next", office=office)
    meeting = make_meeting(forming, DAY)
    for actor, status in ((visitor, 404), (member, 404), (staff, 200)):
        assert actor.client.get(f"/meetings/{meeting.pk}/").status_code == status


def test_who_lets_only_the_company_be_listed_is_not_named_among_those_who_came(
    member, secretary, adviser, group
):
    meeting = make_meeting(group, TODAY)
    rows = [make_membership(group, consent=consent) for consent in ("yes", "company", "no")]
    people = [each.representatives.get().person for each in rows]
    for each, person in zip(rows, people, strict=True):
        Attendance.objects.create(meeting=meeting, membership=each, person=person, kind="present")
    for actor, names, companies in (
        (secretary, [True] * 3, [True] * 3),
        (member, [True, False, False], [True, True, False]),
        (adviser, [True, False, False], [True, True, False]),
    ):
        text = page(actor, meeting)
        assert [each.name in text for each in people] == names
        assert [each.company.name in text for each in rows] == companies


def test_the_turns_are_the_groups_own(outsider, member, group, other_group):
    meeting = make_meeting(group, DAY)
    Turn.objects.create(meeting=meeting, membership=member.membership, role="duty")
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    meetings.announce(meeting=meeting)
    company = member.membership.company.name
    assert [company in page(actor, meeting) for actor in (member, outsider)] == [True, False]
