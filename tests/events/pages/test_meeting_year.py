"""/groups/<slug>/meetings/year/: twelve months by the group's rule, without holidays; what is there stays."""

import datetime

import pytest

from events.models import Meeting
from groups.models import Group
from tests.factories import make_meeting
from tests.strictness import parse_strictly

URL = "/groups/keyaki/meetings/year/"


@pytest.fixture
def ruled(group) -> Group:
    """第3月曜日: holidays fall on Mondays."""
    group.meeting_week, group.meeting_weekday = 3, 0
    group.meeting_time, group.meeting_place = datetime.time(14), "大会議室"
    group.save()
    return group


def proposed(answer) -> dict[str, object]:
    """The days that are ticked on the page, as they would be sent."""
    parse_strictly(answer.content)
    form = answer.context["form"]
    names = ("week", "weekday", "place")
    data = {name: form[name].value() for name in names} | {"start": "14:00", "end": "16:00"}
    for row in form.table:
        if row.tick is not None and row.tick.value():
            data |= {row.tick.html_name: "on", row.day.html_name: f"{row.day.value():%Y-%m-%d}"}
    return data


def test_the_rule_proposes_a_year_and_avoids_holidays(secretary, ruled):
    data = proposed(secretary.client.get(URL))
    days = sorted(str(value) for name, value in data.items() if name.startswith("day_"))
    assert len(days) == 11
    assert days[:3] == ["2026-12-21", "2027-01-18", "2027-02-15"]
    # 20 September 2027 is 敬老の日.
    assert "2027-09-20" not in days
    assert "決まりの日は敬老の日なので" in secretary.client.get(URL).content.decode()


def test_they_are_planned_in_one_go_and_nobody_is_told(secretary, ruled):
    data = proposed(secretary.client.get(URL))
    dropped = "2027_01"
    data = {name: value for name, value in data.items() if not name.endswith(dropped)}
    assert secretary.client.post(URL, data).status_code == 302
    made = [*Meeting.objects.all()]
    assert [f"{each.day} {each.number} {each.state} {each.place}" for each in made[:2]] == [
        "2026-12-21 1 draft 大会議室",
        "2027-02-15 2 draft 大会議室",
    ]
    assert len(made) == 10
    assert made[0].reply_until is not None


def test_months_with_a_meeting_are_shown_and_left(secretary, ruled):
    there = make_meeting(ruled, datetime.date(2026, 12, 9), fee=1000)
    answer = secretary.client.get(URL)
    assert "予定ずみ" in answer.content.decode()
    data = proposed(answer)
    assert "day_2026_12" not in data
    secretary.client.post(URL, data)
    there.refresh_from_db()
    assert there.day == datetime.date(2026, 12, 9)
    assert [*Meeting.objects.exclude(pk=there.pk).order_by().values_list("fee", flat=True).distinct()] == [
        1000
    ]


def test_another_rule_proposes_anew_and_plans_nothing(secretary, ruled):
    data = proposed(secretary.client.get(URL)) | {"week": "2", "weekday": "2", "again": "1"}
    answer = secretary.client.post(URL, data)
    assert answer.status_code == 200
    assert proposed_days(answer)[:2] == ["2026-12-09", "2027-01-13"]
    assert not Meeting.objects.exists()


def proposed_days(answer) -> list[str]:
    return [
        str(row.day.value())
        for row in answer.context["form"].table
        if row.tick is not None and row.tick.value()
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day_2027_01": "2026-12-21"}, "同じ日が、2度あります。"),
        ({"day_2027_01": "2026-11-25"}, "今日より後の日にしてください。"),
        ({"day_2027_01": ""}, "日を入れるか、印を外してください。"),
        ({"end": "13:00"}, "終わりを、始まりより後にしてください。"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_planned(secretary, ruled, changed, said):
    answer = secretary.client.post(URL, proposed(secretary.client.get(URL)) | changed)
    assert said in answer.content.decode()
    assert not Meeting.objects.exists()


def test_without_a_tick_it_says_so(secretary, ruled):
    data = {
        name: value
        for name, value in proposed(secretary.client.get(URL)).items()
        if not name.startswith("tick_")
    }
    assert "1つは印をつけてください" in secretary.client.post(URL, data).content.decode()


def test_a_group_without_a_rule_gets_one_to_begin_with(secretary, group):
    assert secretary.client.get(URL).context["form"]["week"].value() == 2
