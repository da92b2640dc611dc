"""Many members at once and what hangs on them, at the price of a few: for what must not cost more with every member."""

from typing import Any

from django.utils import timezone

from events.models import AgendaItem, Attendance, Meeting, Reply, Todo, Turn
from groups import memberships
from groups.memberships import Joining
from groups.models import Group, Membership, RosterConsent
from iri_exchange.lib import history
from members.models import Company, Employment, Person
from tests.factories import LONG_AGO

Rows = list[tuple[Membership, Person]]
COMING, THERE = ("yes", "no", "proxy", ""), ("present", "late", "absent", "proxy")


def join_many(group: Group, number: int) -> Rows:
    """Companies with one representative each, all in the roster."""
    first = Company.objects.count()
    companies = Company.objects.bulk_create(
        Company(name=f"株式会社大勢{each}", kana="オオゼイ") for each in range(first, first + number)
    )
    people = Person.objects.bulk_create(
        Person(
            family_name="大勢", given_name=f"{each}", family_kana="オオゼイ", email=f"many{each}@example.jp"
        )
        for each in range(first, first + number)
    )
    pairs = list(zip(companies, people, strict=True))
    Employment.objects.bulk_create(Employment(person=who, company=at, since=LONG_AGO) for at, who in pairs)
    rows = memberships.join_many(
        group=group, joining=[Joining(at, LONG_AGO, LONG_AGO, [who]) for at, who in pairs]
    )
    RosterConsent.objects.bulk_create(
        RosterConsent(membership=row, answer="yes", since=LONG_AGO) for row in rows
    )
    return list(zip(rows, people, strict=True))


def answer_many(meeting: Meeting, rows: Rows) -> None:
    """Each its own answer: of four one comes, one does not, one sends somebody, one is silent."""
    history.create(
        [
            Reply(meeting=meeting, membership=row, person=who, **_said(COMING[place % 4]))
            for place, (row, who) in enumerate(rows)
        ]
    )


def tick_many(meeting: Meeting, rows: Rows) -> None:
    kinds = [THERE[place % 4] for place in range(len(rows))]
    history.create(
        [
            Attendance(
                meeting=meeting,
                membership=row,
                person=who,
                kind=kind,
                name="代理の方" if kind == "proxy" else "",
            )
            for (row, who), kind in zip(rows, kinds, strict=True)
        ]
    )


def put_down_many(meeting: Meeting, rows: Rows) -> None:
    """An item of the agenda, a turn and something to do for each."""
    first = AgendaItem.objects.filter(meeting=meeting).count() + 1
    history.create(
        [
            AgendaItem(
                meeting=meeting, position=place, title="自社紹介", summary="紹介した。", membership=row
            )
            for place, (row, _) in enumerate(rows, start=first)
        ]
    )
    history.create([Turn(meeting=meeting, membership=row, role="duty") for row, _ in rows])
    history.create([Todo(meeting=meeting, what=f"礼状{row.pk}", who="大勢") for row, _ in rows])


def _said(answer: str) -> dict[str, Any]:
    if not answer:
        return {}
    proxy = "代理の方" if answer == "proxy" else ""
    return {"answer": answer, "proxy_name": proxy, "source": "link", "answered_at": timezone.now()}
