"""Ticking at the door: by the reply in one press, then the exceptions; a tap that arrives twice counts once."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import meetings
from events.models import Attendance
from events.reception import marking
from events.reception.listing import listing_of
from events.reception.marking import Mark
from tests.events.reception.making import TODAY, make_reply, meeting_of, person_of, ticked
from tests.factories import make_meeting

TOMORROW = TODAY + datetime.timedelta(days=1)


def key_of(meeting, name: str) -> str:
    return next(line.key for line in listing_of(meeting).lines if line.name == name)


def tap(meeting, by, name: str, field: str, value, op: str = "") -> marking.Marked:
    return marking.mark(meeting=meeting, by=by.user, marks=[Mark(key_of(meeting, name), field, value, op)])


def row(meeting, name: str) -> Attendance:
    return meeting.attendances.get(person__family_name=name)


def test_in_one_press_everybody_is_as_replied_and_the_rest_waits(group, staff):
    meeting = meeting_of(group, ["yes", "no", "proxy", "open", ""])
    assert marking.mark_as_replied(meeting=meeting, by=staff.user) == 3
    assert ticked(meeting) == {"会員0": "present", "会員1": "absent", "会員2": "proxy"}
    assert row(meeting, "会員2").name == "代理2"
    assert row(meeting, "会員0").marked_by == staff.user
    assert marking.mark_as_replied(meeting=meeting, by=staff.user) == 0


def test_what_was_ticked_before_stays(group, staff):
    meeting = meeting_of(group, ["yes", "yes"])
    tap(meeting, staff, "会員0", "kind", "absent")
    assert marking.mark_as_replied(meeting=meeting, by=staff.user) == 1
    assert ticked(meeting) == {"会員0": "absent", "会員1": "present"}


def test_guests_that_were_announced_are_there_once(group, staff):
    meeting = meeting_of(group, ["yes", "no"])
    meeting.replies.filter(answer="yes").update(guests=2, guest_names="来田 連")
    meeting.replies.filter(answer="no").update(guests=1)
    assert marking.mark_as_replied(meeting=meeting, by=staff.user) == 4
    guests = meeting.attendances.filter(person=None).order_by("pk")
    assert [(each.name, each.kind) for each in guests] == [
        ("来田 連", "present"),
        ("会員0様のごいっしょの方2", "present"),
    ]
    meeting.attendances.exclude(person=None).update(kind="")
    marking.mark_as_replied(meeting=meeting, by=staff.user)
    assert guests.count() == 2


def test_one_field_is_written_and_no_other(group, staff):
    meeting = meeting_of(group, ["yes"])
    tap(meeting, staff, "会員0", "kind", "late")
    tap(meeting, staff, "会員0", "fee_paid", True)
    tap(meeting, staff, "会員0", "kind", "early")
    found = row(meeting, "会員0")
    assert (found.kind, found.fee_paid, found.party_fee_paid) == ("early", True, False)


def test_a_tap_that_arrives_twice_does_not_win_over_a_later_one(group, staff, secretary):
    meeting = meeting_of(group, ["yes"])
    lost = str(uuid.uuid4())
    tap(meeting, staff, "会員0", "kind", "present", lost)
    tap(meeting, secretary, "会員0", "kind", "absent", str(uuid.uuid4()))
    assert tap(meeting, staff, "会員0", "kind", "present", lost).changed == 0
    assert ticked(meeting) == {"会員0": "absent"}


def test_the_same_again_writes_nothing(group, staff):
    meeting = meeting_of(group, ["yes"])
    assert [tap(meeting, staff, "会員0", "kind", "present").changed for _ in range(2)] == [1, 0]
    assert row(meeting, "会員0").history.count() == 1


def test_the_name_of_who_stands_in_goes_with_the_proxy(group, staff):
    meeting = meeting_of(group, ["proxy"])
    names = []
    for field, value in (("kind", "proxy"), ("name", "別田"), ("kind", "present"), ("kind", "proxy")):
        tap(meeting, staff, "会員0", field, value)
        names.append(row(meeting, "会員0").name)
    assert names == ["代理0", "別田", "", "代理0"]


def test_who_is_not_on_the_list_is_not_ticked(group, staff, outsider):
    meeting = meeting_of(group, [])
    guest = marking.add_guest(meeting=meeting, by=staff.user, name="飛入 太郎")
    strange = [
        Mark(f"p{outsider.person.pk}", "kind", "present"),
        Mark("p99999999999999999", "kind", "present"),
        Mark("x1", "kind", "present"),
        Mark("g0", "kind", "present"),
        Mark(f"g{guest.pk}", "kind", "proxy"),
    ]
    done = marking.mark(meeting=meeting, by=staff.user, marks=strange)
    assert (done.changed, done.unknown) == (0, strange)
    assert ticked(meeting) == {"飛入 太郎": "present"}


def test_a_guest_is_added_once(group, staff):
    meeting, key = meeting_of(group, []), uuid.uuid4()
    sent = {"meeting": meeting, "by": staff.user, "name": "飛入 太郎", "affiliation": "飛入商店", "key": key}
    assert marking.add_guest(**sent) == marking.add_guest(**sent)
    with pytest.raises(ValidationError):
        marking.add_guest(meeting=meeting, by=staff.user, name="")
    assert meeting.attendances.count() == 1


def test_at_the_end_the_rest_was_absent_and_the_meeting_was_held(group, staff):
    meeting = meeting_of(group, ["yes", "", "open"])
    marking.mark_as_replied(meeting=meeting, by=staff.user)
    assert marking.finish(meeting=meeting, by=staff.user) == 2
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert ticked(meeting) == {"会員0": "present", "会員1": "absent", "会員2": "absent"}
    tap(meeting, staff, "会員1", "kind", "late")
    assert marking.finish(meeting=meeting, by=staff.user) == 0
    assert ticked(meeting)["会員1"] == "late"


def test_neither_before_its_day_nor_when_it_is_off(group, staff):
    ahead, off = make_meeting(group, TOMORROW), meeting_of(group, ["yes"])
    meetings.cancel(meeting=off)
    for meeting in (ahead, off):
        for verb in (marking.mark_as_replied, marking.finish):
            with pytest.raises(ValidationError):
                verb(meeting=meeting, by=staff.user)
        with pytest.raises(ValidationError):
            marking.add_guest(meeting=meeting, by=staff.user, name="飛入")
        with pytest.raises(ValidationError):
            marking.mark(meeting=meeting, by=staff.user, marks=[])
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize("press", [marking.mark_as_replied, marking.finish])
def test_thirty_cost_as_many_queries_as_one(press, group, other_group, staff):
    def queries(meeting) -> int:
        with CaptureQueriesContext(connection) as asked:
            press(meeting=meeting, by=staff.user)
        return len(asked)

    queries(meeting_of(group, ["yes", "no"]))
    few, many = meeting_of(other_group, ["yes", "no"]), make_meeting(group, TODAY)
    for member in meeting_of(group, ["yes", "no"] * 15).group.memberships.all():
        make_reply(many, member, "yes" if person_of(member).pk % 2 else "no")
    assert queries(many) == queries(few)


def test_a_guest_keeps_a_name(group, staff):
    meeting = meeting_of(group, [])
    guest = marking.add_guest(meeting=meeting, by=staff.user, name="飛入 太郎")
    marking.mark(meeting=meeting, by=staff.user, marks=[Mark(f"g{guest.pk}", "name", "")])
    assert ticked(meeting) == {"飛入 太郎": "present"}


def test_what_was_not_taken_is_said_again_when_it_is_sent_again(group, staff):
    meeting = meeting_of(group, [])
    strange = [Mark("p99999", "kind", "present", str(uuid.uuid4()))]
    said = [marking.mark(meeting=meeting, by=staff.user, marks=strange).unknown for _ in range(2)]
    assert said == [strange, strange]
