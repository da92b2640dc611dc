"""出席簿: the roster of a year with what became of each meeting, on paper and as a sheet; logged as rosters are."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from events.attendance.counting import FORMULA, Counted
from events.attendance.yearly import Row, Session, Year
from events.models import Attendance
from groups.handing_on import NOTHING_WITHHELD, Withheld
from groups.rosters import printing, sheets
from groups.rosters.building import INDIVIDUAL, Roster, Variant, roster
from groups.rosters.cells import Column, Field, fitted
from groups.rosters.cells import Row as Listed
from groups.rosters.columns import COMPANY, NAMES, ROLE
from groups.rosters.copies import log_copy
from groups.standing import standing
from iri_exchange.lib import japan, pdf
from iri_exchange.lib.sheets import write_xlsx

WIDE = 132.0  # millimetres for all meetings of a year
TIMES, RATE = -1, -2  # among the marks of a row, which are known by their meetings
LEFT = "退会"
LEGEND = (
    "　".join(f"{shape} {kind.label}" for kind, shape in Attendance.SHAPES.items())
    + "　休 休会中　― 記録なし"
)
NUMBER = Column(
    "number",
    "No.",
    9,
    (
        Field(
            "number",
            "No.",
            lambda row: (str(row.number) if row.number else "",),
            cell=lambda text: int(text) if text else None,
        ),
    ),
    empty="",
    grows=False,
)


def book_of(year: Year, without: Withheld = NOTHING_WITHHELD) -> Roster:
    """Who belonged to the group on the year's last day, or belongs today, with their marks; then who left in the year."""
    plain = roster(year.group, Variant.ATTENDANCE, day_of(year), without=without)
    by_number = {row.membership.number: row for row in year.rows}
    listed = [replace(row, attended=_marks(by_number.pop(row.member_number, None))) for row in plain.rows]
    gone = [_gone(row, len(listed) + place) for place, row in enumerate(by_number.values(), 1)]
    return replace(plain, columns=_columns(year), rows=(*listed, *gone))


def print_book(*, year: Year, by: Any, purpose: str = "") -> bytes:
    """One more copy as PDF, logged first."""
    book = book_of(year, standing(by).withheld)
    copy = log_copy(roster=book, by=by, file_format="pdf", purpose=purpose)
    told = {
        "copy_number": f"{copy.copy_number:03}",
        "receiver": printing.addressed(""),
        "purpose": purpose,
        "legend": LEGEND,
        "formula": FORMULA,
    }
    css = pdf.stylesheet("print_roster"), printing.widths(book.columns)
    drawn = replace(book, rows=(*book.rows, _sum(year)))
    return pdf.render("pdf/attendance_book.html", printing.sheet_of(drawn) | told, title=book.title, css=css)


def sheet_book(*, year: Year, by: Any, purpose: str = "") -> bytes:
    """One more copy as XLSX, logged first."""
    book = book_of(year, standing(by).withheld)
    columns = sheets.sheet_columns(book)
    rows = [[column.cell(row) for column in columns] for row in (*book.rows, _sum(year))]
    copy = log_copy(roster=book, by=by, file_format=sheets.XLSX, purpose=purpose)
    about = [
        ["名簿", book.title],
        ["いつ現在", japan.wareki(book.day)],
        ["しるし", LEGEND],
        ["出席率", FORMULA],
        ["発行", book.issuer],
        ["部数番号", f"{copy.copy_number:03}"],
        ["目的", copy.purpose],
        [book.variant.terms.care, book.variant.terms.handling],
    ]
    header = [column.heading for column in columns]
    return write_xlsx(book.title, header, rows, ("この名簿について", ["項目", "内容"], about))


def day_of(year: Year) -> datetime.date:
    """The last day of the year; of the one that runs, today."""
    next_one = datetime.date(year.year + 1, year.group.fiscal_year_start, 1)
    return min(next_one - datetime.timedelta(days=1), timezone.localdate())


def file_name(year: Year, extension: str) -> str:
    return f"{year.group.slug}_attendance_{year.year}.{extension}"


def _columns(year: Year) -> tuple[Column, ...]:
    meetings = list(_of_meetings(year.sessions))
    return fitted(
        [
            NUMBER,
            ROLE,
            COMPANY,
            NAMES,
            *meetings,
            _number("times", "出席", TIMES),
            _number("rate", "率", RATE),
        ]
    )


def _of_meetings(sessions: list[Session]) -> Iterator[Column]:
    """Narrow ones, named as the months of a blank sheet are, so that they are set alike."""
    for session in sessions:
        pk = session.meeting.pk
        yield _mark(f"month-{pk}", session.label, pk, min(WIDE / len(sessions), 18))


def _number(key: str, label: str, of: int) -> Column:
    return _mark(f"month-{key}", label, of, 13)


def _mark(key: str, label: str, of: int, width: float) -> Column:
    field = Field(key, label, lambda row: (row.attended.get(of, ""),))
    return Column(key, label, width, (field,), empty="", grows=False)


def _marks(row: Row | None) -> dict[int, str]:
    if row is None:
        return {}
    return {cell.session.meeting.pk: cell.shape for cell in row.cells} | _totals(row.count)


def _totals(count: Counted) -> dict[int, str]:
    rate = "―" if count.rate is None else f"{count.rate}%"
    return {TIMES: f"{count.there}/{count.counted}", RATE: rate}


def _gone(row: Row, number: int) -> Listed:
    """A member that left within the year: its company, or whom it is."""
    member = row.membership
    return Listed(
        number=number,
        status=LEFT,
        company=member.company.name if member.company else f"{member.member.name}{INDIVIDUAL}",
        member_number=member.number,
        person_ids=(member.person_id,) if member.person_id else (),
        company_id=member.company_id,
        attended=_marks(row),
    )


def _sum(year: Year) -> Listed:
    """The last row: how many members were there."""
    there = {
        session.meeting.pk: f"{session.count.there}/{session.count.counted}" for session in year.sessions
    }
    return Listed(number=0, company="出席した会員／出欠をつけた会員", attended=there | _totals(year.total))
