"""Lists on paper, against the naive way: the same rows as a plain fixed table through the same engine."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import islice

from django.template.loader import render_to_string

from groups.book.front import Facts
from groups.book.joining import bound
from groups.book.parts import Place, Section, set_sections
from groups.models import Group, Office
from groups.rosters.building import Roster, Variant
from groups.rosters.cells import Listed, Row, fitted
from groups.rosters.columns import IN_FOUR
from groups.rosters.printing import sheet_of, widths
from iri_exchange.lib import pdf
from tests.bench import rosters
from tests.bench.measuring import Figure, Runs

MEMBERS = 25
COMPANIES, GROUPS = 400, 27
DAY = datetime.date(2026, 11, 25)
FLOOR = "the same rows, naive"
OFFICE = Office(name="本部")
FACTS = Facts("全グループの会員名簿", Variant.MEMBER, DAY, "事務局", "007", "濵田 隆 様", "控え")


def figures(times: int) -> list[Figure]:
    """The figures of the printed roster and of the book of all groups, each from `times` runs."""
    one, book = _roster("けやき会", _rows(MEMBERS)), _groups()
    runs = {name: Runs() for name in ("one", "naive one", "book", "changed", "naive book")}
    _print(one)
    bound(_set(book[:1], "warm"), FACTS)
    for _ in range(times):
        with runs["one"].one():
            _print(one)
        with runs["naive one"].one():
            _naive(one.rows)
        with runs["book"].one():
            kept = _set(book, "kept")
            bound(kept, FACTS)
        with runs["changed"].one():
            bound([*_set(book[:1], "changed"), *kept[1:]], FACTS)
        with runs["naive book"].one():
            _naive([row for roster in book for row in roster.rows])
    what = f"book of {COMPANIES} in {GROUPS} groups"
    return [
        Figure(f"roster of {MEMBERS}, tagged", runs["one"], FLOOR, runs["naive one"], most_seconds=0.4),
        Figure(what, runs["book"], FLOOR, runs["naive book"], most_seconds=2),
        Figure(
            "the same after one group changed", runs["changed"], FLOOR, runs["naive book"], most_seconds=0.3
        ),
    ]


def _rows(count: int) -> list[Row]:
    return [_row(number, *member) for number, member in enumerate(rosters.rows(count), 1)]


def _row(
    number: int, company: str, kana: str, person: str, person_kana: str, title: str, *facts: object
) -> Row:
    _, postal_code, address, phone, fax, email, url, trade, products, *_, joined_on = facts
    return Row(
        number=number,
        roles=("代表幹事",) if number == 1 else (),
        company=company,
        company_kana=kana,
        people=(Listed(person, person_kana, title, "", f"{number}-{email}"),),
        postal_code=str(postal_code),
        address=str(address),
        phone=str(phone),
        fax=str(fax),
        email=str(email),
        url=str(url),
        trade=str(trade),
        products=str(products),
        joined_on=joined_on if isinstance(joined_on, datetime.date) else None,
    )


def _roster(name: str, rows: Sequence[Row]) -> Roster:
    return Roster(
        group=Group(name=name, room="green", mark="geta", founded_year=2012, office=OFFICE),
        variant=Variant.MEMBER,
        day=DAY,
        issuer=f"{name} 事務局",
        columns=fitted(Variant.MEMBER.terms.columns),
        rows=tuple(rows),
        officer_rows=1,
        counts=Counter(active=len(rows)),
        left_out=0,
        gone=0,
        other_officers=(),
    )


def _groups() -> list[Roster]:
    """All companies, spread over the groups as evenly as it goes."""
    rows, each = iter(_rows(COMPANIES)), COMPANIES // GROUPS
    more = COMPANIES % GROUPS
    return [
        _roster(
            f"第{group}会", [replace(row, number=place) for place, row in enumerate(islice(rows, size), 1)]
        )
        for group, size in enumerate([each + 1] * more + [each] * (GROUPS - more), 1)
    ]


def _print(roster: Roster) -> bytes:
    told = {"copy_number": "001", "receiver": "濵田 隆 様", "purpose": "年度はじめの配付"}
    html = render_to_string("pdf/roster.html", sheet_of(roster) | told)
    css = pdf.stylesheet("print_roster"), widths(roster.columns)
    return pdf.write(html, title=roster.title, css=css)


def _set(book: Sequence[Roster], file: str) -> list[Section]:
    """Sections as they come from the shelf, without the database's part in them."""
    book = [replace(roster, columns=fitted(IN_FOUR)) for roster in book]
    content, pages = set_sections(book)
    return [
        Section(roster.group, len(roster.rows), 0, frozenset(), frozenset(), Place(file, *place), content)
        for roster, place in zip(book, pages, strict=True)
    ]


def _naive(rows: Sequence[Row]) -> bytes:
    """A table as one would write it first: a cell for every fact group, a line for every fact."""
    body = "".join(f"<tr>{''.join(_naive_cells(row))}</tr>" for row in rows)
    page = "@page { size: A4 landscape; margin: 12mm } table { width: 100%; table-layout: fixed }"
    return pdf.write(
        f'<!doctype html><html lang="ja"><title>x</title><table>{body}</table></html>', title="x", css=[page]
    )


def _naive_cells(row: Row) -> Iterator[str]:
    for column in fitted(Variant.MEMBER.terms.columns):
        yield f"<td>{'<br>'.join(escape(line.text) for line in column.cell(row).lines)}</td>"
