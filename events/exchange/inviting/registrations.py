"""The office's list of a joint exchange: who was asked, who comes, who waits; and the same list as a sheet."""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.utils import timezone

from events.exchange.holding import copies
from events.models import JointExchange, Registration
from iri_exchange.lib import sheets

XLSX, CSV = "xlsx", "csv"


class Column(NamedTuple):
    """`text`: what stands in it for one registration."""

    key: str
    label: str
    text: Callable[[Any], sheets.Cell]


def _time(value: Any) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def _yes(value: bool) -> str:
    return "○" if value else ""


COLUMNS = [
    Column("number", "参加番号", lambda row: row.number),
    Column("kind", "種類", lambda row: row.get_kind_display()),
    Column("state", "状態", lambda row: row.get_state_display()),
    Column("affiliation", "ご所属", lambda row: row.affiliation),
    Column("name", "お名前", lambda row: row.name),
    Column("kana", "フリガナ", lambda row: row.kana),
    Column("title", "役職", lambda row: row.title),
    Column("group", "グループ", lambda row: group_of(row)),
    Column("trade", "業種", lambda row: row.get_trade_display()),
    Column("email", "メール", lambda row: row.email),
    Column("phone", "電話", lambda row: row.phone),
    Column("party", "懇親会", lambda row: _yes(row.wants_party)),
    Column("tables", "分散会", lambda row: _yes(row.wants_tables)),
    Column("words", "ひとこと", lambda row: row.words),
    Column("source", "受け方", lambda row: row.get_source_display()),
    Column("made_at", "申込の日時", lambda row: _time(row.made_at)),
    Column("arrived_at", "来た時刻", lambda row: _time(row.arrived_at)),
]


def group_of(row: Any) -> str:
    """The name of the group, ours or the partner corporation's."""
    return str(row.group or row.partner_group or "")


def rows_of(exchange: JointExchange) -> QuerySet[Registration]:
    """By フリガナ. What a page or a sheet shows is read along."""
    return Registration.objects.filter(exchange=exchange).select_related("group", "partner_group")


def counts_of(exchange: JointExchange) -> list[tuple[str, str, int]]:
    """[(state, its label, how many)] of the states that anybody is in; in one query."""
    rows = Registration.objects.filter(exchange=exchange).order_by().values_list("state")
    counted = Counter(dict(rows.annotate(many=Count("*"))))
    return [(state, label, counted[state]) for state, label in Registration.State.choices if counted[state]]


def sheet(*, exchange: JointExchange, rows: QuerySet[Registration], by: Any, file_format: str) -> bytes:
    """The chosen rows as XLSX or CSV (UTF-8 with a byte order mark), logged first."""
    found = list(rows)
    copies.logged(
        exchange=exchange,
        paper="registrations",
        rows=found,
        by=by,
        columns=[column.key for column in COLUMNS],
        as_of=timezone.localdate(),
        file_format=file_format,
    )
    header = [column.label for column in COLUMNS]
    table = [[column.text(row) for column in COLUMNS] for row in found]
    if file_format == CSV:
        return sheets.write_csv(header, table)
    return sheets.write_xlsx("参加申込", header, table)
