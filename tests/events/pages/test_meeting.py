"""/meetings/<pk>/: when it is, for everybody; where and what about, for those inside."""

import datetime

from events.models import Meeting
from groups.models import Group
from tests.factories import make_group, make_meeting
from tests.strictness import parse_strictly

DAY = datetime.date(2026, 12, 9)
INSIDE = ["秘密の会議室", "立川市秘密町1", "鋳物工場の話", "持ち物は名刺", "15:00〜17:00"]


def test_who_learns_what(visitor, outsider, left_member, member, adviser, staff, group):
    about = {"place": INSIDE[0], "address": INSIDE[1], "title": INSIDE[2], "note": INSIDE[3]}
    meeting = make_meeting(group, DAY, **about)
    for actor in (visitor, outsider, left_member, member, adviser, staff):
        answer = actor.client.get(f"/meetings/{meeting.pk}/")
        assert answer.status_code == 200
        parse_strictly(answer.content)
        text = answer.content.decode()
        assert "第1回 定例会" in text
        assert "12月9日（水）" in text
        assert [word for word in INSIDE if word in text] == (
            INSIDE if actor in (member, adviser, staff) else []
        )
        assert (f"/admin/events/meeting/{meeting.pk}/change/" in text) is (actor is staff)


def test_a_plan_of_a_forming_group_is_nobodys(visitor, member, staff, office):
    forming = make_group(stage=Group.Stage.FORMING, slug="next", office=office)
    meeting = make_meeting(forming, DAY)
    for actor, status in ((visitor, 404), (member, 404), (staff, 200)):
        assert actor.client.get(f"/meetings/{meeting.pk}/").status_code == status


def test_the_admin_plans_moves_and_cancels(staff, group):
    sent = {
        "group": group.pk, "kind": "visit", "number": "", "title": "工場の見学", "place": "", "address": "", "note": "",
        "starts_at_0": "2026-12-09", "starts_at_1": "13:00", "ends_at_0": "2026-12-09", "ends_at_1": "16:00",
    }  # fmt: skip
    assert staff.client.post("/admin/events/meeting/add/", sent).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.number, meeting.state) == ("visit", None, "planned")

    change = f"/admin/events/meeting/{meeting.pk}/change/"
    answer = staff.client.post(change, sent | {"place": "大工場", "state": "held", "ends_at_1": "12:00"})
    assert "終わりの時刻を、始まりより後に" in answer.content.decode()
    assert staff.client.post(change, sent | {"place": "大工場", "state": "held"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.state) == ("大工場", "planned")

    chosen = {"action": "cancel", "_selected_action": [meeting.pk]}
    for said in ("1件を中止にしました。", "「中止」から「中止」には変えられません"):
        answer = staff.client.post("/admin/events/meeting/", chosen, follow=True)
        assert said in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
