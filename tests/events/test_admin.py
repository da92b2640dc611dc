"""Meetings in the admin: those of the institute's time, by the verbs."""

import datetime

import pytest
import time_machine

from events.models import Meeting
from groups import lifecycle
from groups.models import Group
from tests.factories import make_meeting

LIST = "/admin/events/meeting/"


def sent(group: Group, **changed: object) -> dict[str, object]:
    return {
        "group": group.pk, "kind": "visit", "number": "", "title": "工場の見学", "place": "", "address": "", "note": "",
        "starts_at_0": "2026-12-09", "starts_at_1": "13:00", "ends_at_0": "2026-12-09", "ends_at_1": "16:00",
    } | changed  # fmt: skip


def test_the_office_plans_and_moves_in_the_launch_year(staff, launched_group):
    assert staff.client.post(f"{LIST}add/", sent(launched_group)).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.number, meeting.state) == ("visit", None, "draft")
    change = f"{LIST}{meeting.pk}/change/"
    answer = staff.client.post(change, sent(launched_group, place="大工場", state="held", ends_at_1="12:00"))
    assert "終わりの時刻を、始まりより後に" in answer.content.decode()
    assert staff.client.post(change, sent(launched_group, place="大工場", state="held")).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.state) == ("大工場", "draft")


def test_a_group_that_runs_itself_keeps_its_meetings(staff, group):
    answer = staff.client.post(f"{LIST}add/", sent(group))
    assert "グループの役員が予定します" in answer.content.decode()
    meeting = make_meeting(group, datetime.date(2026, 12, 9), place="秘密の会議室")
    for path in (LIST, f"{LIST}{meeting.pk}/change/", f"{LIST}{meeting.pk}/history/"):
        assert "秘密の会議室" not in staff.client.get(path, follow=True).content.decode()
    staff.client.post(f"{LIST}{meeting.pk}/change/", sent(group, place="のっとり"))
    meeting.refresh_from_db()
    assert meeting.place == "秘密の会議室"


@pytest.mark.parametrize(("day", "shown"), [("2013-03-06", True), ("2013-04-10", False)])
def test_the_day_of_the_meeting_decides(staff, group, day, shown):
    make_meeting(group, datetime.date.fromisoformat(day), place="昔の会議室")
    assert ("昔の会議室" in staff.client.get(LIST).content.decode()) is shown


def test_meetings_are_not_called_off_from_the_list(staff, launched_group):
    meeting = make_meeting(launched_group, datetime.date(2026, 12, 9))
    staff.client.post(LIST, {"action": "cancel", "_selected_action": [meeting.pk]})
    meeting.refresh_from_db()
    assert meeting.state == "draft"


def test_none_is_moved_into_the_time_of_the_group_itself(staff, launched_group):
    meeting = make_meeting(launched_group, datetime.date(2026, 12, 9), place="会議室")
    lifecycle.move(group=launched_group, to="self_managed", since=datetime.date(2026, 12, 1))
    Meeting.objects.update(
        starts_at=meeting.starts_at - datetime.timedelta(days=10),
        ends_at=meeting.ends_at - datetime.timedelta(days=10),
    )
    with time_machine.travel(datetime.datetime(2026, 12, 2, 3, tzinfo=datetime.UTC)):
        staff.client.force_login(staff.user)
        answer = staff.client.post(f"{LIST}{meeting.pk}/change/", sent(launched_group, place="のっとり"))
    assert "グループの役員が予定します" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.place == "会議室"
