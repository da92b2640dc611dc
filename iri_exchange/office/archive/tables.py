"""The workbooks of an archive: the register, the officers, the meetings with their numbers."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from events.attendance.counting import counts_of
from events.models import Meeting
from events.visibility import was_the_institutes, with_stage
from groups.models import Adviser, Group, Membership, OfficerTerm, Representative
from groups.rosters.building import roster
from groups.rosters.sheets import sheet_columns
from groups.rosters.variants import Variant
from iri_exchange.lib import japan, sheets
from iri_exchange.lib.sheets import Cell

ADVISER = "助言者"


def register(group: Group, day: datetime.date) -> bytes:
    """The office's roster of a day, then all members there ever were, with what became of them and who attended."""
    listed = roster(group, Variant.OFFICE, day)
    columns = sheet_columns(listed)
    header = [column.heading for column in columns]
    rows = [[column.cell(row) for column in columns] for row in listed.rows]
    members = _members(group)
    return sheets.write_xlsx(
        f"{japan.wareki(day)}の会員",
        header,
        rows,
        (
            "これまでの会員",
            ["会員番号", "会員", "区分", "入会日", "いつから", "状態", "理由", "メモ"],
            _statuses(members),
        ),
        ("登録者", ["会員番号", "会員", "順", "氏名", "いつから", "いつまで"], _representatives(members)),
    )


def officers(group: Group) -> bytes:
    """Everybody who led the group or advised it, the earliest first."""
    terms = OfficerTerm.objects.filter(group=group).select_related("person").order_by("since", "pk")
    rows: list[list[Cell]] = [
        [term.get_role_display(), term.person.name, term.since, term.until] for term in terms
    ]
    advisers = Adviser.objects.filter(group=group).select_related("person").order_by("since", "pk")
    rows += [[ADVISER, term.person.name, term.since, term.until] for term in advisers]
    return sheets.write_xlsx("役員と助言者", ["役職", "氏名", "いつから", "いつまで"], rows)


def meetings(group: Group, *, entrusted: bool) -> bytes:
    """Dates and numbers, and nobody's name: a count stands only where attendance was ticked.

    Where the group met on its own is told only if its members left the minutes to the office.
    """
    found: list[Any] = list(with_stage(Meeting.objects.filter(group=group)).order_by("starts_at", "pk"))
    counts = counts_of([each.pk for each in found])
    rows: list[list[Cell]] = []
    for each in found:
        count = counts.get(each.pk)
        rate = count.rate if count else None
        numbers: list[Cell] = [count.there, count.counted, count.people] if count else [None, None, None]
        told: list[Cell] = [
            each.day,
            each.get_kind_display(),
            each.name,
            each.place if entrusted or was_the_institutes(each) else "",
            each.get_state_display(),
        ]
        rows.append([*told, *numbers, rate])
    header = [
        "日",
        "種類",
        "会合",
        "会場",
        "状態",
        "出席した会員",
        "出欠をつけた会員",
        "出席した人",
        "出席率（％）",
    ]
    return sheets.write_xlsx("会合と出席", header, rows)


def _members(group: Group) -> list[Membership]:
    people = Prefetch("representatives", Representative.objects.select_related("person"))
    rows = Membership.objects.filter(group=group).select_related("company", "person", "group")
    return list(rows.prefetch_related("statuses", people).order_by("sequence"))


def _statuses(members: Iterable[Membership]) -> Iterable[list[Cell]]:
    for each in members:
        who: list[Cell] = [each.number, str(each.member), each.get_kind_display(), each.joined_on]
        for row in each.statuses.all():
            yield [*who, row.since, row.get_state_display(), row.get_reason_display(), row.note]


def _representatives(members: Iterable[Membership]) -> Iterable[list[Cell]]:
    for each in members:
        for term in each.representatives.all():
            yield [each.number, str(each.member), term.rank, term.person.name, term.since, term.until]
