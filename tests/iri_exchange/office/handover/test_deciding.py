"""From which day a group runs itself: decided once, told to both sides, taken back until the second before; all or nothing."""

import datetime
from unittest.mock import patch

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from groups import lifecycle
from groups.models import Bylaws, Group, GroupStage, Handover
from iri_exchange.office.handover import deciding, telling
from members.models import Letter
from tests.factories import make_person, make_staff
from tests.iri_exchange.office.endings.conftest import everything
from tests.iri_exchange.office.handover.made import (
    APRIL,
    FEBRUARY,
    LAST_SECOND,
    MIDNIGHT,
    TOKYO,
)

Stage = Group.Stage
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(FEBRUARY, tick=False) as moved:
        yield moved


def kinds():
    return sorted(Letter.objects.filter(kind__startswith="groups/handover").values_list("kind", "to"))


def refused(**asked):
    before = everything()
    with pytest.raises(ValidationError) as error:
        deciding.hand_over(**asked)
    assert everything() == before
    return error.value


def test_from_a_day_on_it_runs_itself_and_both_sides_are_told_now(ready, staff):
    colleague = make_person(email="")
    make_staff(colleague, office=ready.group.office)
    told = deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    people = [ready.chair.person, ready.secretary.person, staff.person]
    assert (told.by_letter, told.otherwise) == (people, [colleague])
    assert kinds() == sorted(("groups/handover_ahead", person.email) for person in people)
    stages = [ready.group.stage_on(day) for day in (APRIL - DAY, APRIL)]
    assert stages == [Stage.LAUNCHED, Stage.SELF_MANAGED]
    handover = Handover.objects.get()
    assert (handover.decided_by, handover.decided_at, handover.gaps) == (staff.user, FEBRUARY, [])
    letter = Letter.objects.get(to=ready.chair.person.email, kind="groups/handover_ahead")
    assert (
        letter.subject
        == "【異業種交流ポータル】あけぼの会は、令和9年（2027年）4月1日（木）から自主運営になります"
    )
    names = f"代表幹事 {ready.chair.person.name}さん、事務局 {ready.secretary.person.name}さん"
    for said in (names, "多摩テクノプラザ", "/groups/akebono/readiness/", "・役員の方：", "・都産技研："):
        assert said in letter.text, said


def test_what_is_missing_needs_a_reason_which_is_kept(ready, staff):
    Bylaws.objects.all().delete()
    error = refused(group=ready.group, since=APRIL, by=staff.user, reason="　")
    assert [each.code for each in error.error_list] == ["gaps"]
    assert error.messages == ["会則が、まだ登録されていません。"]
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user, reason="会則は4月の総会で決めます。")
    handover = Handover.objects.get()
    assert (handover.override_reason, handover.gaps) == ("会則は4月の総会で決めます。", error.messages)


def test_a_reason_that_was_not_needed_is_not_kept(ready, staff):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user, reason="念のため")
    assert Handover.objects.get().override_reason == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "明日から"), (-1, "明日から"), (549, "令和10年8月11日までの日にしてください。")],
)
def test_the_day_lies_ahead_but_not_too_far(ready, staff, days, said):
    error = refused(group=ready.group, since=FEBRUARY.date() + days * DAY, by=staff.user, reason="r")
    assert said in error.messages[0]


def test_only_a_group_in_its_launch_year_and_only_once(ready, group, staff):
    assert refused(group=group, since=APRIL, by=staff.user).code == "not_launched"
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    assert refused(group=ready.group, since=APRIL + DAY, by=staff.user).code == "decided"


def test_it_is_taken_back_in_the_last_second_but_not_at_midnight(ready, staff, clock):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    clock.move_to(MIDNIGHT)
    before = everything()
    with pytest.raises(ValidationError) as error:
        deciding.take_back(group=ready.group, by=staff.user)
    assert (error.value.code, everything()) == ("begun", before)
    clock.move_to(LAST_SECOND)
    told = deciding.take_back(group=ready.group, by=staff.user)
    assert len(told.by_letter) == 3
    assert [kind for kind, _ in kinds()].count("groups/handover_back") == 3
    assert list(ready.group.stages.values_list("state", flat=True)) == [Stage.LAUNCHED]
    handover = Handover.objects.get()
    assert (handover.decided_at, handover.decided_by) == (None, None)
    clock.move_to(MIDNIGHT)
    assert ready.group.stage_on(APRIL) == Stage.LAUNCHED


def test_what_is_not_decided_or_has_a_later_stage_is_not_taken_back(ready, staff):
    with pytest.raises(ValidationError) as error:
        deciding.take_back(group=ready.group, by=staff.user)
    assert error.value.code == "not_decided"
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    lifecycle.move(group=ready.group, to=Stage.DORMANT, since=APRIL + DAY)
    before = everything()
    with pytest.raises(ValidationError) as error:
        deciding.take_back(group=ready.group, by=staff.user)
    assert (error.value.code, everything()) == ("later", before)


def test_after_it_was_taken_back_it_is_decided_anew(ready, staff):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    deciding.take_back(group=ready.group, by=staff.user)
    deciding.hand_over(group=ready.group, since=APRIL + DAY, by=staff.user)
    assert GroupStage.objects.get(group=ready.group, state=Stage.SELF_MANAGED).since == APRIL + DAY


@pytest.mark.parametrize("last", ["groups.models.GroupStage.save", "members.letters.write"])
def test_killed_in_the_middle_of_the_decision_nothing_is_changed(ready, staff, last):
    before = everything()
    with patch(last, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    assert everything() == before


@pytest.mark.parametrize("last", ["groups.models.Handover.save", "members.letters.write"])
def test_killed_in_the_middle_of_taking_back_nothing_is_changed(ready, staff, last):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    before = everything()
    with patch(last, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        deciding.take_back(group=ready.group, by=staff.user)
    assert everything() == before


def test_the_adviser_is_not_wanted(ready, group, staff):
    Handover.objects.all().delete()
    deciding.adviser_is_not_wanted(group=ready.group, by=staff.user)
    assert Handover.objects.get().adviser_not_wanted_on == FEBRUARY.date()
    with pytest.raises(ValidationError):
        deciding.adviser_is_not_wanted(group=group, by=staff.user)


# ── the rights, to the second ────────────────────────────────────────────────
def rights(user, group, *meetings):
    """What the user may at this moment, read anew."""
    user = type(user).objects.get(pk=user.pk)
    about_group = ["events.run_meetings", "groups.keep_members", "groups.edit_group", "groups.ask_to_confirm"]
    found = {rule: user.has_perm(rule, group) for rule in about_group}
    return found | {meeting.day: user.has_perm("events.run_meeting", meeting) for meeting in meetings}


def test_the_rights_change_at_midnight(ready, staff, clock):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    about = (ready.group, ready.ours, ready.theirs)
    clock.move_to(LAST_SECOND)
    march, april = ready.ours.day, ready.theirs.day
    register = {"groups.keep_members": True, "groups.edit_group": True, "groups.ask_to_confirm": True}
    nothing = {"events.run_meetings": False, **dict.fromkeys(register, False)}
    assert rights(staff.user, *about) == {"events.run_meetings": True, **register, march: True, april: True}
    assert rights(ready.secretary.user, *about) == {**nothing, march: False, april: False}
    clock.move_to(MIDNIGHT)
    assert rights(staff.user, *about) == {"events.run_meetings": False, **register, march: True, april: False}
    assert rights(ready.secretary.user, *about) == {
        "events.run_meetings": True,
        **register,
        march: True,
        april: True,
    }


def answers(actor, *addresses):
    client = Client()
    client.force_login(type(actor.user).objects.get(pk=actor.user.pk))
    return [client.get(address).status_code for address in addresses]


def test_the_pages_follow_at_midnight(ready, staff, clock):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    pages = [
        f"/groups/{ready.group.slug}/meetings/new/",
        f"/meetings/{ready.ours.pk}/minutes/edit/",
        f"/meetings/{ready.theirs.pk}/minutes/edit/",
        f"/groups/{ready.group.slug}/members/new/",
    ]
    clock.move_to(LAST_SECOND)
    assert answers(staff, *pages) == [200, 200, 200, 200]
    assert answers(ready.secretary, *pages) == [403, 403, 403, 403]
    clock.move_to(MIDNIGHT)
    assert answers(staff, *pages) == [403, 200, 403, 200]
    assert answers(ready.secretary, *pages) == [200, 200, 200, 200]


# ── on the day ───────────────────────────────────────────────────────────────
def test_on_the_day_both_sides_and_the_members_are_told_once(ready, staff, clock):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    Letter.objects.all().delete()
    for moment in (LAST_SECOND, MIDNIGHT, MIDNIGHT + datetime.timedelta(hours=8, minutes=59)):
        clock.move_to(moment)
        assert telling.tell_on_the_day() == 0
    clock.move_to(MIDNIGHT + datetime.timedelta(hours=9))
    assert [telling.tell_on_the_day() for _ in range(2)] == [1, 0]
    quiet = ready.quiet.representatives.get().person
    sides = [ready.chair.person, ready.secretary.person, staff.person]
    expected = [("groups/handover_today", person.email) for person in sides]
    assert kinds() == sorted([*expected, ("groups/handover_members", quiet.email)])
    assert Handover.objects.get().told_on == APRIL
    letter = Letter.objects.get(kind="groups/handover_members")
    assert f"事務局 {ready.secretary.person.name}さん" in letter.text


def test_killed_at_any_letter_and_run_again_everybody_is_told_once(ready, staff, clock):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    Letter.objects.all().delete()
    clock.move_to(MIDNIGHT + datetime.timedelta(hours=10))
    write = telling.letters.write
    for fatal in range(1, 5):
        calls = iter(range(1, 9))

        def dying(calls=calls, fatal=fatal, **about):
            if next(calls) == fatal:
                raise KeyboardInterrupt
            return write(**about)

        with patch("members.letters.write", dying), pytest.raises(KeyboardInterrupt):
            telling.tell_on_the_day()
        assert (Letter.objects.count(), Handover.objects.get().told_on) == (0, None)
    assert telling.tell_on_the_day() == 1
    assert Letter.objects.count() == 4


def test_a_worker_that_stood_still_tells_within_a_month_and_not_of_what_ended(ready, staff, clock):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    clock.move_to(datetime.datetime(2027, 5, 3, 10, tzinfo=TOKYO))
    assert telling.tell_on_the_day() == 0
    clock.move_to(datetime.datetime(2027, 5, 2, 10, tzinfo=TOKYO))
    lifecycle.move(group=ready.group, to=Stage.DISSOLVED, since=datetime.date(2027, 5, 2))
    assert telling.tell_on_the_day() == 0


def test_whose_address_takes_no_letters_is_told_otherwise(ready, staff):
    person = ready.secretary.person
    person.contact_method = "fax"
    person.save()
    told = deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    assert told.otherwise == [person]
