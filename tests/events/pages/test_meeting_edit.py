"""/meetings/<pk>/edit/: put right, with its agenda; whoever was told of it is told of another day or place."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from events.models import AgendaItem, Meeting, Notice
from events.planning import agenda
from events.planning.agenda import Line
from events.telling import notices
from groups import lifecycle
from tests.events.pages.test_meeting_new import sent
from tests.factories import make_meeting
from tests.strictness import parse_strictly

DAY = datetime.date(2026, 12, 9)


@pytest.fixture
def planned(group, member) -> Meeting:
    made = make_meeting(group, DAY, place="会議室")
    agenda.write(meeting=made, lines=[Line("自社紹介"), Line("情報交換")])
    return made


def announced(meeting: Meeting, by) -> Meeting:
    people = [row.person for row in meeting.group.memberships.get(pk=by.membership.pk).representatives.all()]
    notices.send(meeting=meeting, by=by.user, people=people)
    meeting.refresh_from_db()
    return meeting


def form_of(answer) -> dict[str, object]:
    """What a browser would send of the page as it stands."""
    tree = parse_strictly(answer.content)
    data: dict[str, object] = {}
    for element in tree.iter():
        name = element.get("name")
        if (
            not name
            or element.tag not in ("input", "textarea", "select")
            or element.get("type") == "checkbox"
        ):
            continue
        if element.tag == "select":
            data[name] = next(
                (o.get("value") for o in element.iter("option") if o.get("selected") is not None), ""
            )
        else:
            data[name] = element.get("value") if element.tag == "input" else (element.text or "").lstrip("\n")
        data[name] = data[name] or ""
    return data


def url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/edit/"


def test_it_is_put_right_and_nobody_is_told_before_the_notice(secretary, planned):
    data = form_of(secretary.client.get(url(planned)))
    assert (
        secretary.client.post(url(planned), data | {"place": "大会議室", "day": "R8.12.16"}).status_code
        == 302
    )
    planned.refresh_from_db()
    assert (planned.place, planned.day, planned.number) == ("大会議室", datetime.date(2026, 12, 16), 1)
    assert not Notice.objects.exists()


def test_the_agenda_keeps_its_lines_by_themselves(secretary, planned):
    first, second = planned.agenda.all()
    AgendaItem.objects.filter(pk=second.pk).update(summary="よい話だった")
    data = form_of(secretary.client.get(url(planned)))
    data |= {
        "agenda-0-title": second.title,
        "agenda-0-pk": second.pk,
        "agenda-1-title": "",
        "agenda-1-pk": first.pk,
    }
    data |= {"agenda-2-title": "見学"}
    assert secretary.client.post(url(planned), data).status_code == 302
    assert [(item.pk == second.pk, item.title, item.summary) for item in planned.agenda.all()] == [
        (True, "情報交換", "よい話だった"),
        (False, "見学", ""),
    ]


def test_what_the_minutes_tell_of_is_not_taken_away(secretary, planned):
    planned.agenda.update(summary="よい話だった")
    data = form_of(secretary.client.get(url(planned))) | {"agenda-0-title": ""}
    answer = secretary.client.post(url(planned), data)
    assert "議事録から消してください" in answer.content.decode()
    assert planned.agenda.count() == 2


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"day": "2026-12-16"}, ["notice", "change"]),
        ({"place": "大会議室"}, ["notice", "change"]),
        ({"start": "14:00"}, ["notice", "change"]),
        ({"note": "名刺をお持ちください"}, ["notice"]),
    ],
)
def test_after_the_notice_another_day_or_place_is_told(secretary, planned, changed, kinds):
    announced(planned, secretary)
    page = secretary.client.get(url(planned))
    assert "案内を送った1名に、変更のお知らせを送ります" in page.content.decode()
    assert secretary.client.post(url(planned), form_of(page) | changed).status_code == 302
    assert [*Notice.objects.values_list("kind", flat=True)] == kinds


def test_the_second_to_save_sees_both_texts(secretary, planned):
    data = form_of(secretary.client.get(url(planned)))
    secretary.client.post(url(planned), data | {"place": "大会議室", "day": "2026-12-16"})
    answer = secretary.client.post(url(planned), data | {"place": "小会議室"})
    assert [(each.name, each.mine, each.theirs) for each in answer.context["form"].conflict.fields] == [
        ("place", "小会議室", "大会議室"),
        ("day", "令和8年12月9日", "令和8年12月16日"),
    ]
    parse_strictly(answer.content)
    planned.refresh_from_db()
    assert planned.place == "大会議室"
    chosen = form_of(answer) | {"record-keep-place": "mine", "record-keep-day": "theirs"}
    chosen["record-asked"] = ["place", "day"]
    assert secretary.client.post(url(planned), chosen).status_code == 302
    planned.refresh_from_db()
    assert (planned.place, planned.day) == ("小会議室", datetime.date(2026, 12, 16))


def test_the_second_to_write_the_agenda_sees_both(secretary, planned):
    data = form_of(secretary.client.get(url(planned)))
    agenda.write(meeting=planned, lines=[Line("別の内容")])
    answer = secretary.client.post(url(planned), data | {"agenda-0-title": "わたしの内容"})
    text = answer.content.decode()
    assert [
        word for word in ("ほかの方が、先に次第を直しました", "別の内容", "わたしの内容") if word not in text
    ] == []
    assert [item.title for item in planned.agenda.all()] == ["別の内容"]
    assert secretary.client.post(url(planned), form_of(answer)).status_code == 302
    assert [item.title for item in planned.agenda.all()] == ["わたしの内容", "情報交換"]


def test_what_is_over_cannot_be_put_right(secretary, planned):
    data = form_of(secretary.client.get(url(planned)))
    Meeting.objects.update(state="held")
    answer = secretary.client.post(url(planned), data | {"place": "大会議室"})
    assert "「終了」なので、変えられません" in answer.content.decode()


def test_who_may(visitor, member, adviser, outsider, staff, planned):
    for actor, status in ((visitor, 302), (member, 403), (adviser, 403), (outsider, 403), (staff, 403)):
        assert actor.client.get(url(planned)).status_code == status
        assert actor.client.post(url(planned), sent(place="のっとり")).status_code == status
    planned.refresh_from_db()
    assert planned.place == "会議室"


def test_until_the_day_of_the_handover_the_office_prepares_what_comes_after_it(staff, launched_group):
    meeting = make_meeting(launched_group, DAY)
    lifecycle.move(group=launched_group, to="self_managed", since=datetime.date(2026, 12, 15))
    for day in (datetime.date(2026, 12, 14), datetime.date(2026, 12, 16)):
        staff.client.post(url(meeting), form_of(staff.client.get(url(meeting))) | {"day": str(day)})
        assert Meeting.objects.get().day == day
    with time_machine.travel(datetime.datetime(2026, 12, 15, tzinfo=timezone.get_default_timezone())):
        assert not staff.user.has_perm("events.run_meeting", Meeting.objects.get())
