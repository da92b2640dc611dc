"""A forming group is launched on a day, all at once, and taken back before it; what is missing is told first."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from events import meetings
from events.models import Meeting
from groups import advising, lifecycle
from groups.models import Group, GroupStage, OfficerTerm, RecruitmentRound
from iri_exchange.lib import history
from iri_exchange.office import launching
from iri_exchange.office.launching import Times
from iri_exchange.office.launching_words import hints
from members import invitations
from members.models import Invitation, Letter
from tests.factories import make_login, make_membership, make_person

TOKYO = ZoneInfo("Asia/Tokyo")
LAUNCH = datetime.date(2026, 12, 1)
JANUARY, MARCH = datetime.date(2027, 1, 13), datetime.date(2027, 3, 10)
TIMES = Times(LAUNCH, datetime.time(15), datetime.time(17), "多摩テクノプラザ", "昭島市東町3-6-1")
FORMED = datetime.date(2026, 4, 1)


@pytest.fixture
def forming(office) -> Group:
    return lifecycle.found(
        stage=Group.Stage.FORMING, since=FORMED, name="令和8年度 多摩グループ", slug="tama-2026", number_prefix="T26",
        founded_year=2026, office=office,
    )  # fmt: skip


@pytest.fixture
def people(forming):
    """Who attends for three companies; the last of them has no address."""
    joined = [make_membership(forming, on=datetime.date(2026, 11, 20)) for _ in range(3)]
    found = [membership.representatives.get().person for membership in joined]
    found[-1].email = ""
    found[-1].save()
    return found


@pytest.fixture
def ready(forming, people, staff) -> Group:
    """Everything is prepared; nobody has an office."""
    forming.name, forming.kana = "あけぼの会", "アケボノカイ"
    forming.meeting_week, forming.meeting_weekday, forming.meeting_time = 2, 2, datetime.time(14)
    forming.meeting_place = "大会議室"
    forming.save()
    launching.set_ceremony(group=forming, times=TIMES, by=staff.user)
    launching.plan_meetings(group=forming, days=[MARCH, JANUARY], by=staff.user)
    return forming


def launch(group, people, staff):
    return launching.launch(group=group, inviting=[person.pk for person in people], by=staff.user)


def steps_of(group) -> list[str]:
    return [gap.step for gap in launching.missing(group)]


def test_it_tells_what_is_missing(forming, staff):
    assert steps_of(forming) == ["launch_name", "launch_ceremony", "launch_meetings"]
    forming.kana = "タマ"
    forming.save()
    launching.set_ceremony(group=forming, times=TIMES, by=staff.user)
    assert [gap.sentence for gap in launching.missing(forming)] == [
        "発会式の日の会員が、一人もいません。会員を加えるか、日を直してください。",
        "定例会の日が、まだ決まっていません。",
    ]
    with pytest.raises(ValidationError) as refused:
        launch(forming, [], staff)
    assert len(refused.value.messages) == 2
    assert launching.launch_of(forming) is None


def test_everything_begins_with_the_launch(ready, people, staff):
    adviser = make_person(family_name="助川")
    officers = {"chair": people[0], "secretary": None}
    launching.name_people(group=ready, officers=officers, adviser=adviser, by=staff.user)
    sent = launch(ready, people, staff)

    assert [ready.stage_on(day) for day in (LAUNCH - datetime.timedelta(days=1), LAUNCH)] == [
        "forming",
        "launched",
    ]
    assert {invitation.person for invitation in sent} == set(people[:2])
    assert Letter.objects.filter(kind="members/invitation").count() == 2
    assert [(m.name, str(m.day), m.place) for m in Meeting.objects.all()] == [
        ("発会式", "2026-12-01", "多摩テクノプラザ"),
        ("第1回 定例会", "2027-01-13", "大会議室"),
        ("第2回 定例会", "2027-03-10", "大会議室"),
    ]
    term, advice = OfficerTerm.objects.get(), ready.advisers.get()
    assert (term.person, term.role, term.since, term.until) == (people[0], "chair", LAUNCH, None)
    assert (advice.person, advice.since, advice.until) == (adviser, LAUNCH, datetime.date(2027, 3, 31))
    assert history.of(GroupStage).latest("history_id").history_change_reason == "発会"


def test_only_who_is_chosen_is_invited(ready, people, staff):
    assert [each.person for each in launch(ready, people[1:], staff)] == [people[1]]


def test_all_or_nothing(ready, people, staff):
    """A later stage that nobody can come to from the launch stands in its way."""
    GroupStage.objects.create(group=ready, state="forming", since=LAUNCH + datetime.timedelta(days=1))
    with pytest.raises(ValidationError, match="には変えられません"):
        launch(ready, people, staff)
    assert (launching.launch_of(ready), Invitation.objects.count(), Letter.objects.count()) == (None, 0, 0)


def test_a_second_launch_is_refused_and_nothing_is_prepared_after_the_first(ready, people, staff):
    launch(ready, people, staff)
    refused = [
        lambda: launch(ready, people, staff),
        lambda: launching.set_ceremony(group=ready, times=TIMES, by=staff.user),
        lambda: launching.name_people(group=ready, officers={}, adviser=None, by=staff.user),
        lambda: launching.plan_meetings(group=ready, days=[MARCH], by=staff.user),
    ]
    for verb in refused:
        with pytest.raises(ValidationError, match="もう登録されています"):
            verb()
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("stage", [stage for stage in Group.Stage.values if stage != "forming"])
def test_no_other_stage_is_launched(stage, group, staff):
    GroupStage.objects.filter(group=group).delete()
    GroupStage.objects.create(group=group, state=stage, since=FORMED)
    with pytest.raises(ValidationError, match="もう登録されています"):
        launch(group, [], staff)
    assert [row.state for row in group.stages.all()] == [stage]


# ── the steps ────────────────────────────────────────────────────────────────
def test_another_day_moves_the_ceremony_its_terms_and_the_year(ready, people, staff):
    adviser = make_person()
    officers = {"chair": people[0]}
    launching.name_people(group=ready, officers=officers, adviser=adviser, by=staff.user)
    later = datetime.date(2027, 4, 9)
    launching.set_ceremony(group=ready, times=TIMES._replace(day=later, place="本部"), by=staff.user)
    meeting = Meeting.objects.get(kind="launch")
    assert (meeting.day, meeting.place) == (later, "本部")
    assert timezone.localtime(meeting.ends_at).time() == datetime.time(17)
    assert OfficerTerm.objects.get().since == later
    assert (ready.advisers.get().since, ready.advisers.get().until) == (later, datetime.date(2028, 3, 31))
    assert Group.objects.get().founded_year == 2027


def test_a_ceremony_after_its_meetings_is_told(ready, people, staff):
    launching.set_ceremony(group=ready, times=TIMES._replace(day=JANUARY), by=staff.user)
    assert [gap.sentence for gap in launching.missing(ready)] == [
        "発会式より後でない定例会があります。日を直してください。"
    ]
    with pytest.raises(ValidationError, match="発会式より後でない"):
        launch(ready, people, staff)


def test_people_are_changed_and_left_out_again(ready, people, staff):
    first, second = make_person(), make_person()
    for chair, adviser in ((people[0], first), (people[1], second), (people[1], second), (None, None)):
        launching.name_people(group=ready, officers={"chair": chair}, adviser=adviser, by=staff.user)
        assert launching.officer_of(ready, "chair") == chair
        assert [term.person for term in ready.advisers.all()] == ([adviser] if adviser else [])
    # Said twice, the same is written once.
    assert history.of(OfficerTerm).filter(history_type="+").count() == 2


def test_who_advises_already_keeps_the_term(ready, staff):
    adviser, until = make_person(), datetime.date(2027, 2, 28)
    advising.commission(group=ready, person=adviser, since=LAUNCH, until=until)
    launching.name_people(group=ready, officers={}, adviser=adviser, by=staff.user)
    assert ready.advisers.get().until == until


def test_meetings_are_planned_anew_in_the_order_of_their_days(ready, staff):
    february = datetime.date(2027, 2, 10)
    launching.plan_meetings(group=ready, days=[MARCH, february, MARCH], by=staff.user)
    planned = launching.regular_of(ready)
    assert [(meeting.number, meeting.day) for meeting in planned] == [(1, february), (2, MARCH)]
    assert timezone.localtime(planned[0].starts_at).hour == 14


@pytest.mark.parametrize("day", [LAUNCH, datetime.date(2026, 11, 30), datetime.date(2027, 4, 1)])
def test_meetings_are_after_the_launch_and_in_its_year(day, ready, staff):
    with pytest.raises(ValidationError, match="令和9年3月31日までの日に"):
        launching.plan_meetings(group=ready, days=[JANUARY, day], by=staff.user)
    assert [meeting.day for meeting in launching.regular_of(ready)] == [JANUARY, MARCH]


def test_without_a_day_or_a_time_there_are_no_meetings(forming, staff):
    for sentence in ("先に、発会式の日を", "先に、定例会の時刻を"):
        with pytest.raises(ValidationError, match=sentence):
            launching.plan_meetings(group=forming, days=[JANUARY], by=staff.user)
        launching.set_ceremony(group=forming, times=TIMES, by=staff.user)


# ── with a round ─────────────────────────────────────────────────────────────
@pytest.fixture
def call(ready, office) -> RecruitmentRound:
    return RecruitmentRound.objects.create(
        fiscal_year=2026, office=office, group=ready, opens_on=FORMED, closes_on=datetime.date(2026, 5, 29)
    )


def test_a_round_is_announced_first(ready, call, people, staff):
    today = timezone.localdate()
    assert steps_of(ready) == ["launch_look"]
    assert [*launching.waiting(today)] == []
    RecruitmentRound.objects.update(announced_at=timezone.now())
    fresh = Group.objects.get()
    assert (steps_of(fresh), [*launching.waiting(today)]) == ([], [fresh])
    launch(fresh, people, staff)
    assert [*launching.waiting(today)] == []


def test_the_launch_is_in_the_year_of_its_round(ready, call, staff):
    with pytest.raises(ValidationError, match="令和8年度のうちの日に"):
        launching.set_ceremony(
            group=ready, times=TIMES._replace(day=datetime.date(2027, 4, 1)), by=staff.user
        )
    assert launching.day_of(ready) == LAUNCH


# ── back ─────────────────────────────────────────────────────────────────────
def test_a_launch_is_taken_back_before_its_day(ready, people, staff):
    invitations.invite(person=people[1], email="before@example.jp", by=staff.user)
    with time_machine.travel(datetime.datetime(2026, 11, 26, 9, tzinfo=TOKYO)):
        launch(ready, people[:1], staff)
        assert launching.take_back(group=ready, by=staff.user) == 1
    assert (launching.launch_of(ready), ready.stage_on(LAUNCH)) == (None, "forming")
    assert [row.person for row in Invitation.objects.waiting()] == [people[1]]
    # What was planned is a plan again, and the group can be launched anew.
    assert [meeting.state for meeting in Meeting.objects.all()] == ["draft"] * 3
    assert len(launch(ready, people, staff)) == 2


def test_who_has_a_login_by_then_keeps_it(ready, people, staff):
    launch(ready, people, staff)
    make_login(people[0])
    Invitation.objects.filter(person=people[0]).update(claimed_at=timezone.now())
    assert launching.take_back(group=ready, by=staff.user) == 1
    assert people[0].users.get().is_active


def test_not_on_the_day_nor_without_a_launch_nor_under_a_later_stage(ready, people, staff):
    with pytest.raises(ValidationError, match="まだ登録されていません"):
        launching.take_back(group=ready, by=staff.user)
    launch(ready, people, staff)
    with (
        time_machine.travel(datetime.datetime(2026, 12, 1, 0, 0, 1, tzinfo=TOKYO)),
        pytest.raises(ValidationError, match="発会の日になった"),
    ):
        launching.take_back(group=ready, by=staff.user)
    lifecycle.move(group=ready, to=Group.Stage.SELF_MANAGED, since=datetime.date(2027, 4, 1))
    with pytest.raises(ValidationError, match="このあとの段階"):
        launching.take_back(group=ready, by=staff.user)
    assert launching.launch_of(ready).since == LAUNCH
    assert Invitation.objects.waiting().count() == 2


# ── what is said besides ─────────────────────────────────────────────────────
def test_hints_name_holidays_few_members_and_empty_seats(ready, staff):
    holiday = datetime.date(2027, 2, 11)
    launching.plan_meetings(group=ready, days=[holiday], by=staff.user)
    assert hints(ready, launching.ceremony_of(ready)) == [
        "第1回 定例会の令和9年2月11日は、建国記念の日です。",
        "会員は3です。ふつうは12から25です。",
        "役員は、まだ決めていません。発足年度は事務局が運営するので、決まってから登録しても間に合います。",
        "助言者は、まだ決めていません。発会のあとでも登録できます。",
        "図案もロゴも、まだ選んでいません。発会のあとでも選べます。",
    ]


def test_cancelled_meetings_are_no_plan(ready):
    for meeting in Meeting.objects.all():
        meetings.cancel(meeting=meeting)
    assert steps_of(ready) == ["launch_ceremony", "launch_meetings"]
