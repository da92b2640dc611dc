"""/office/attendance/: numbers of all groups; of the meetings of groups on their own nothing but day, count, public summary."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Attendance, Minutes
from groups import lifecycle
from groups.models import Group
from tests.events.attendance.making import held
from tests.events.reception.making import make_named, person_of
from tests.factories import make_group
from tests.strictness import parse_strictly

URL = "/office/attendance/"
OWN, INSTITUTES = datetime.date(2026, 6, 10), datetime.date(2025, 9, 10)
SECRETS = ["秘密の件名", "秘密の会場", "秘密の代理", "秘密の客", "秘密の議事", "秘密の決定", "会員ア"]


def page(actor, url: str) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def handed_over(office) -> Group:
    """Launched by the institute in July 2025, on its own since April 2026."""
    group = make_group(
        name="つばさ会",
        slug="tsubasa",
        office=office,
        stage=Group.Stage.LAUNCHED,
        since=datetime.date(2025, 7, 1),
        founded_year=2025,
    )
    lifecycle.move(group=group, to=Group.Stage.SELF_MANAGED, since=datetime.date(2026, 4, 1))
    return group


def with_secrets(group: Group, day: datetime.date, member) -> int:
    """A meeting with something in every place that could leak; its pk."""
    meeting = held(group, day, "◇", [member], title="秘密の件名", place="秘密の会場")
    Attendance.objects.update(name="秘密の代理")
    Attendance.objects.create(meeting=meeting, name="秘密の客", kind="present")
    Minutes.objects.create(
        meeting=meeting,
        body="秘密の議事",
        decisions="秘密の決定",
        public_summary=f"{day.year}年の概要です。",
        state="published",
        published_at=timezone.now(),
    )
    return meeting.pk


def test_for_the_office_only(visitor, member, secretary, adviser, staff, group):
    actors = (visitor, member, secretary, adviser, staff)
    for url in (URL, f"{URL}keyaki/"):
        assert [each.client.get(url).status_code for each in actors] == [302, 403, 403, 403, 200]


def test_what_the_office_learns_follows_the_stage_on_the_meetings_date(staff, office):
    group = handed_over(office)
    member = make_named(group, "会員ア", "カイインア", on=datetime.date(2025, 7, 1))
    own, institutes = with_secrets(group, OWN, member), with_secrets(group, INSTITUTES, member)
    this, last = page(staff, f"{URL}tsubasa/"), page(staff, f"{URL}tsubasa/?year=2025")
    for text, summary in ((this, "2026年の概要です。"), (last, "2025年の概要です。")):
        assert [word for word in SECRETS if word in text] == []
        assert summary in text
        assert "1会員" in text
        assert "100%" in text
    assert ("事務局が運営" in this, "事務局が運営" in last) == (False, True)
    told = {pk: page(staff, f"/meetings/{pk}/") for pk in (own, institutes)}
    assert [word for word in SECRETS if word in told[own]] == []
    assert "1会員" in told[own]
    assert "会員ア" in told[institutes]


def test_the_planted_leak_is_found(staff, office, monkeypatch):
    """If the stage were that of today's launch, the office would read on: the test above would tell."""
    group = handed_over(office)
    member = make_named(group, "会員ア", "カイインア", on=datetime.date(2025, 7, 1))
    own = with_secrets(group, OWN, member)
    monkeypatch.setattr("events.permissions.was_the_institutes", lambda meeting: True)
    assert "会員ア" in page(staff, f"/meetings/{own}/")


def test_every_group_and_its_numbers(staff, group, other_group, launched_group):
    members = [make_named(group, f"会員{each}", "カイイン") for each in "アイウエ"]
    held(group, OWN, "○○×.", members)
    held(group, datetime.date(2026, 7, 8), "....", members)
    text = page(staff, URL)
    lines = {each.group.slug: each for each in staff.client.get(URL).context["lines"]}
    assert {
        slug: (each.meetings, each.recorded, each.average, each.total.rate) for slug, each in lines.items()
    } == {
        "keyaki": (2, 1, 2.0, 67),
        "minato": (0, 0, None, None),
        "akebono": (0, 0, None, None),
    }
    assert f'href="{URL}keyaki/?year=2026"' in text
    assert [each.group.slug for each in staff.client.get(f"{URL}?office=none").context["lines"]] != []
    assert 'href="/office/attendance/"' in page(staff, "/office/")


def test_thirty_groups_cost_as_many_queries_as_one(staff, group):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(staff, URL)
        return len(asked)

    member = make_named(group, "会員ア", "カイイン")
    held(group, OWN, "○", [member])
    queries()
    first = queries()
    for number in range(5):
        another = make_group(slug=f"more{number}", name=f"ほか{number}", number_prefix=f"M{number}")
        one = make_named(another, f"会員{number}", "カイイン")
        held(another, OWN, "○", [one])
        assert person_of(one)
    assert queries() == first
