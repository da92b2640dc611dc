"""/groups/<slug>/meetings/new/: filled with last month's, or with what is usual; on to the notice."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import meetings
from events.models import Meeting
from events.planning import agenda
from events.planning.agenda import Line
from events.planning.beginning import end_of
from tests.factories import make_meeting, make_membership
from tests.strictness import parse_strictly

URL = "/groups/keyaki/meetings/new/"
DAY = datetime.date(2026, 11, 11)


def sent(**changed: object) -> dict[str, object]:
    """As a browser sends the form, without an agenda."""
    return {
        "kind": "regular", "day": "2026-12-09", "start": "15:00", "end": "17:00", "place": "会議室",
        "reply_by": "2026-12-02", "agenda-TOTAL_FORMS": "0", "agenda-INITIAL_FORMS": "0",
    } | changed  # fmt: skip


def rows(*items: dict[str, object]) -> dict[str, object]:
    """The rows of the agenda, as a browser sends them."""
    found: dict[str, object] = {"agenda-TOTAL_FORMS": len(items), "agenda-INITIAL_FORMS": 0}
    for number, item in enumerate(items):
        found |= {f"agenda-{number}-{name}": value for name, value in item.items()}
    return found


@pytest.fixture
def last(group) -> Meeting:
    """Last month's, with all that is copied."""
    made = make_meeting(
        group, DAY, place="大会議室", address="立川市1", online_url="https://meet.example.jp/a", fee=1000,
        capacity=20, has_party=True, party_fee=4000, party_place="そば屋", party_time=datetime.time(17, 30),
        reply_until=end_of(datetime.date(2026, 11, 4)),
    )  # fmt: skip
    agenda.write(
        meeting=made, lines=[Line("自社紹介", datetime.time(15), "青木"), Line("情報交換", datetime.time(16))]
    )
    return meetings.hold(meeting=made)


def test_from_last_months_everything_is_there_but_what_came_of_it(secretary, last):
    answer = secretary.client.get(f"{URL}?from={last.pk}")
    assert answer.status_code == 200
    parse_strictly(answer.content)
    form = answer.context["form"]
    kept = ("place", "address", "online_url", "fee", "capacity", "party_fee", "party_place")
    assert [form[name].value() for name in kept] == [
        "大会議室", "立川市1", "https://meet.example.jp/a", 1000, 20, 4000, "そば屋",
    ]  # fmt: skip
    assert (form["day"].value(), form["reply_by"].value()) == (
        datetime.date(2026, 12, 9),
        datetime.date(2026, 12, 2),
    )
    filled = [(row["title"].value(), row["presenter"].value()) for row in form.rows if row["title"].value()]
    assert filled == [("自社紹介", ""), ("情報交換", "")]


def test_one_button_leads_to_the_notice_and_another_saves_only(secretary, last):
    answer = secretary.client.post(
        URL, sent() | rows({"title": "講演", "time": "15:10", "presenter": "児玉"})
    )
    made = Meeting.objects.latest("pk")
    assert answer.headers["Location"] == f"/meetings/{made.pk}/notice/"
    assert (made.number, made.state, made.day) == (2, "draft", datetime.date(2026, 12, 9))
    assert timezone.localtime(made.reply_until).isoformat() == "2026-12-02T23:59:59+09:00"
    assert [(item.position, item.title, item.presenter) for item in made.agenda.all()] == [
        (1, "講演", "児玉")
    ]
    answer = secretary.client.post(URL, sent(day="2027-01-13", reply_by="", later="1"))
    assert answer.headers["Location"] == f"/meetings/{Meeting.objects.latest('pk').pk}/"


def test_more_rows_keep_what_was_typed_and_save_nothing(secretary, group):
    answer = secretary.client.post(URL, sent(place="", more="1") | rows({"title": "講演"}))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert (form["day"].value(), len(form.rows.forms), form.rows[0]["title"].value()) == (
        "2026-12-09",
        4,
        "講演",
    )
    assert not form.errors
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("changed", "place", "said"),
    [
        ({"day": ""}, "day", "日付を入れてください。"),
        ({"end": "14:00"}, "end", "終わりを、始まりより後にしてください。"),
        ({"reply_by": "2026-12-09"}, "reply_by", "会合より前の日にしてください。"),
        ({"party_place": "そば屋"}, "has_party", "懇親会の内容が入っています。"),
        ({"fee": "約千円"}, "fee", "数字だけで入れてください。"),
        ({"place": "会\u200b議室"}, "place", "目に見えない文字が入っています。"),
        ({"online_url": "javascript:alert(1)"}, "online_url", "http"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    secretary, group, changed, place, said
):
    answer = secretary.client.post(URL, sent(title="特別な会") | changed)
    assert answer.status_code == 200
    assert said in "".join(answer.context["form"].errors[place])
    assert "特別な会" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_row_without_words_is_told_of(secretary, group):
    answer = secretary.client.post(URL, sent() | rows({"presenter": "児玉"}))
    assert "次第の1行目：内容を入れるか" in answer.content.decode()


def test_other_groups_are_invited_and_the_own_one_is_not_offered(secretary, group, other_group):
    secretary.client.post(URL, sent(invited=[other_group.pk]))
    assert [row.group for row in Meeting.objects.get().invited_groups.all()] == [other_group]
    answer = secretary.client.post(URL, sent(day="2027-01-13", reply_by="", invited=[group.pk]))
    assert answer.context["form"].errors["invited"]


def test_a_camp_ends_on_another_day(secretary, group):
    secretary.client.post(URL, sent(kind="camp", last_day="2026-12-10", end="12:00"))
    made = Meeting.objects.get()
    assert (made.name, timezone.localdate(made.ends_at)) == ("合宿研修", datetime.date(2026, 12, 10))


def test_the_office_plans_in_the_launch_year_and_not_later(staff, launched_group, group):
    assert staff.client.get("/groups/akebono/meetings/new/").status_code == 200
    assert staff.client.get(URL).status_code == 403
    staff.client.post("/groups/akebono/meetings/new/", sent())
    assert Meeting.objects.get().group == launched_group


def test_anothers_meeting_is_no_source(secretary, other_group, group):
    foreign = make_meeting(other_group, DAY, place="よその秘密")
    assert "よその秘密" not in secretary.client.get(f"{URL}?from={foreign.pk}").content.decode()


def test_thirty_members_cost_as_many_queries_as_one(secretary, group):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            secretary.client.get(URL)
        return len(asked)

    queries()
    first = queries()
    for _ in range(30):
        make_membership(group)
    assert queries() == first
