"""A group rests from a day on and wakes again: what was planned is called off, everybody is told, nobody loses anything."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events import meetings
from events.models import DatePoll, GroupOffer, InvitedGroup, Meeting
from events.planning import polls
from events.telling import reminders
from groups.models import GroupStage
from groups.standing import standing
from iri_exchange.lib import history
from iri_exchange.office.endings import foreseeing, resting, telling
from members.models import Letter, User
from tests.factories import make_group, make_meeting
from tests.iri_exchange.office.endings.conftest import APRIL, DAY, TODAY, everything

TOKYO = ZoneInfo("Asia/Tokyo")
REASON = "総会で、しばらく休むことに決まったため"


def rest(group, staff, since=TODAY, reason=REASON):
    return resting.rest(group=group, since=since, reason=reason, by=staff.user)


def test_what_will_end_is_told_before(busy, staff):
    seen = foreseeing.of_rest(busy.group, TODAY)
    assert (list(seen.meetings), seen.announced, seen.told_again) == ([busy.soon, busy.later], [busy.soon], 2)
    assert [len(rows) for rows in (seen.polls, seen.offers, seen.asked)] == [1, 1, 1]
    assert [list(rows) for rows in (seen.memberships, seen.terms, seen.rounds)] == [[], [], []]
    later = foreseeing.of_rest(busy.group, APRIL)
    assert [len(rows) for rows in (later.meetings, later.polls, later.offers, later.asked)] == [0, 0, 0, 0]


def test_the_group_rests_and_everybody_is_told(busy, secretary, member, staff):
    told = rest(busy.group, staff)
    assert busy.group.stage_on(TODAY) == "dormant"
    assert {m.state for m in busy.group.meetings.all()} == {"cancelled"}
    assert {m.cancel_reason for m in busy.group.meetings.all()} == {"グループの休止のため"}
    assert DatePoll.objects.get().state == "dropped"
    assert GroupOffer.objects.get().closed_at is not None
    answer = InvitedGroup.objects.get()
    assert (answer.state, answer.words, answer.answered_by) == (
        "declined",
        "グループの休止のため",
        staff.user,
    )
    letters = Letter.objects.filter(kind="groups/rests")
    assert {letter.person for letter in letters} == {secretary.person, member.person}
    assert (len(told.by_letter), [each.why_not for each in told.by_hand]) == (
        2,
        ["メールアドレスが、名簿にありません"],
    )
    assert REASON in letters[0].text
    assert Letter.objects.filter(kind="events/cancelled", person=member.person).count() == 1
    assert history.of(GroupStage).latest("history_id").history_change_reason == "グループの休止"


def test_members_and_officers_stay(busy, secretary, member, staff):
    before = busy.group.memberships.belonging(TODAY).count()
    rest(busy.group, staff)
    assert busy.group.memberships.belonging(TODAY).count() == before
    who = standing(User.objects.get(pk=secretary.user.pk))
    assert (who.runs, who.insider_of) == ({busy.group.pk}, {busy.group.pk})
    assert secretary.client.get(f"/groups/{busy.group.slug}/members/").status_code == 200


def test_nothing_is_planned_for_a_day_of_rest(busy, secretary, staff):
    rest(busy.group, staff, since=APRIL)
    before = make_meeting(busy.group, APRIL - DAY)
    said = "令和9年4月1日は、グループは休止しています。その日の会合は予定できません。"
    with pytest.raises(ValidationError) as refused:
        make_meeting(busy.group, APRIL)
    assert refused.value.messages == [said]
    hours = 24 * datetime.timedelta(hours=1)
    with pytest.raises(ValidationError) as refused:
        meetings.move(meeting=before, starts_at=before.starts_at + hours, ends_at=before.ends_at + hours)
    assert refused.value.messages == [said]
    with pytest.raises(ValidationError) as refused:
        polls.start(
            group=busy.group,
            by=secretary.user,
            title="見学会",
            times=[(before.starts_at, before.ends_at)],
            answer_until=busy.soon.starts_at,
        )
    assert refused.value.messages == [said]


def test_nobody_is_reminded_of_what_is_off(busy, staff):
    with time_machine.travel(busy.soon.starts_at - DAY):
        assert [meeting.pk for meeting in reminders.due()] == [busy.soon.pk]
        rest(busy.group, staff, since=busy.soon.day)
        assert reminders.due() == []


def test_it_begins_at_midnight(group, secretary, staff):
    rest(group, staff, since=APRIL)
    before = datetime.datetime.combine(APRIL - DAY, datetime.time(23, 59, 59), TOKYO)
    for moment, planned in ((before, 200), (before + datetime.timedelta(seconds=1), 200)):
        with time_machine.travel(moment, tick=False):
            page = secretary.client.get(f"/groups/{group.slug}/")
            assert page.status_code == planned
            assert ("から、活動をお休みしています" in page.text) is (moment != before)


def test_it_wakes_and_is_told(busy, secretary, member, staff):
    rest(busy.group, staff)
    with time_machine.travel(datetime.datetime(2026, 12, 20, 10, tzinfo=TOKYO)):
        told = resting.revive(
            group=busy.group, since=datetime.date(2027, 1, 5), words="また集まりましょう", by=staff.user
        )
    assert [busy.group.stage_on(datetime.date(2027, 1, day)) for day in (4, 5)] == ["dormant", "self_managed"]
    assert told.total == 3
    assert "また集まりましょう" in Letter.objects.filter(kind="groups/revived").first().text
    assert make_meeting(busy.group, datetime.date(2027, 1, 5)).state == Meeting.State.DRAFT


@pytest.mark.parametrize(
    ("stage", "label"),
    [("forming", "準備"), ("launched", "発足年度"), ("dormant", "休止"), ("dissolved", "解散")],
)
def test_only_a_group_that_runs_itself_can_rest(office, staff, stage, label):
    group = make_group(stage=stage)
    with pytest.raises(ValidationError) as refused:
        rest(group, staff)
    assert refused.value.messages == [
        f"休止にできるのは、自主運営のグループだけです。このグループは、その日「{label}」です。"
    ]


@pytest.mark.parametrize("stage", ["forming", "launched", "self_managed", "dissolved"])
def test_only_a_group_that_rests_can_wake(office, staff, stage):
    group = make_group(stage=stage)
    with pytest.raises(ValidationError) as refused:
        resting.revive(group=group, since=TODAY, by=staff.user)
    assert refused.value.messages[0].startswith("再開できるのは、休止しているグループだけです。")
    assert group.stage_on(TODAY) == stage


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (TODAY - DAY, "今日か、これからの日にしてください。"),
        (TODAY + 400 * DAY, "1年より先の日は登録できません。"),
    ],
)
def test_other_days_are_refused(group, staff, since, said):
    with pytest.raises(ValidationError) as refused:
        rest(group, staff, since=since)
    assert refused.value.message_dict["since"][0].startswith(said)
    assert group.stages.count() == 2


def test_a_reason_is_needed(group, staff):
    with pytest.raises(ValidationError) as refused:
        rest(group, staff, reason="")
    assert list(refused.value.message_dict) == ["reason"]


def test_a_day_after_the_last_stage_only(group, staff):
    rest(group, staff, since=APRIL)
    with pytest.raises(ValidationError) as refused:
        resting.revive(group=group, since=APRIL, by=staff.user)
    assert refused.value.message_dict == {"since": ["令和9年4月1日からの「休止」より後の日にしてください。"]}


def test_before_its_day_it_is_taken_back(busy, staff):
    rest(busy.group, staff, since=TODAY + 5 * DAY)
    row = resting.take_back(group=busy.group, by=staff.user)
    assert (row.state, busy.group.stage_on(APRIL)) == ("dormant", "self_managed")
    assert Letter.objects.filter(kind="groups/goes_on").count() == 2
    busy.soon.refresh_from_db()
    assert busy.soon.state == "cancelled"
    with pytest.raises(ValidationError):
        resting.take_back(group=busy.group, by=staff.user)


def test_from_its_day_on_it_is_not(group, staff):
    rest(group, staff)
    with pytest.raises(ValidationError) as refused:
        resting.take_back(group=group, by=staff.user)
    assert refused.value.messages == ["取り消せる予定は、登録されていません。その日からは取り消せません。"]


@pytest.mark.parametrize(
    "broken",
    [
        "events.telling.changes.cancel",
        "events.planning.polls.drop",
        "iri_exchange.lib.states.advance",
        "groups.lifecycle.move",
        "members.letters.write",
    ],
)
def test_all_or_nothing(busy, staff, monkeypatch, broken):
    before = everything()

    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr(broken, lambda *args, **kwargs: fail())
    with pytest.raises(RuntimeError):
        rest(busy.group, staff)
    monkeypatch.undo()
    assert everything() == before


def test_who_is_told_takes_as_many_queries_for_many(group, django_assert_max_num_queries, secretary):
    from tests.factories import make_membership

    for _ in range(10):
        make_membership(group)
    with django_assert_max_num_queries(6):
        assert telling.whom(group).total == 11
