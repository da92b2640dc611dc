"""Cover and contents of a book, and the sheet of stamps: what is drawn for each copy.

The contents are laid out in columns here, in millimetres, so that it is known how many pages they take, and where
each line is, before anything is drawn (static/css/print_front.css has the same measures).
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string

from groups.models import Group
from groups.rosters.variants import Variant
from iri_exchange.lib import pdf

HANDLING = (
    "どのグループの名簿も、そのグループの会員どうしの連絡と、事務局の仕事のためのものです。ほかのグループの会員や、"
    "外の方にお渡しすることはできません。鍵のかかる場所に置き、いらなくなったら、発行元へお返しください。"
)
_A_ROW, _MOST_EMBLEMS = 14, 56  # on the cover
TOP, BOTTOM = 25.0, 189.0  # of the columns of the contents
LEFTS, WIDTH = (12.0, 155.0), 130.0
ROW = 8.2
GLYPHS = "0123456789／"


@dataclass(frozen=True)
class Facts:
    """What one copy says about itself. `title` is without its variant."""

    title: str
    variant: Variant
    day: datetime.date
    issuer: str
    number: str
    receiver: str
    purpose: str


@dataclass(frozen=True)
class Entry:
    """A section in the contents: its first page in the book, counted from 0."""

    group: Group
    members: int
    page: int

    @property
    def number(self) -> int:
        return self.page + 1

    @property
    def is_long(self) -> bool:
        """Whether the name needs more than one line."""
        return len(self.group.name) > 16

    @property
    def colour(self) -> str:
        return pdf.room_colour(self.group.room)


@dataclass(frozen=True)
class Line:
    """A line of the contents, an office's name or an entry: its upper left corner on a page of the contents."""

    page: int
    left: float
    top: float
    office: str = ""
    entry: int = 0


def lines_of(groups: Sequence[Group]) -> list[Line]:
    """Two columns a page, an office's name above its groups and again where a column begins; entries by place."""
    lines: list[Line] = []
    column, y = 0, TOP

    def put(**told: Any) -> None:
        nonlocal y
        lines.append(Line(column // 2, LEFTS[column % 2], y, **told))
        y += ROW

    place = 0
    for office, of_office in groupby(groups, key=lambda group: group.office.name):
        if y + 2 * ROW > BOTTOM:
            column, y = column + 1, TOP
        put(office=office)
        for _ in of_office:
            if y + ROW > BOTTOM:
                column, y = column + 1, TOP
                put(office=office)
            put(entry=place)
            place += 1
    return lines


def pages_of(lines: Sequence[Line]) -> int:
    return lines[-1].page + 1 if lines else 1


def draw_front(entries: Sequence[Entry], lines: Sequence[Line], facts: Facts) -> bytes:
    """A PDF of the cover, the contents, and the sheet of stamps."""
    context = {
        "facts": facts,
        "entries": entries,
        "members": sum(entry.members for entry in entries),
        "emblems": list(_emblem_rows(entries)),
        "contents": [_of_page(entries, lines, page) for page in range(pages_of(lines))],
        "handling": HANDLING,
        "glyphs": GLYPHS,
    }
    html = render_to_string("pdf/book_front.html", context)
    return pdf.write(html, title=facts.title, tagged=False, css=[pdf.stylesheet("print_front")])


def _of_page(
    entries: Sequence[Entry], lines: Sequence[Line], page: int
) -> list[list[tuple[Line, Entry | None]]]:
    """The columns of a page of the contents: their lines, each with its entry if it is one."""
    return [
        [
            (line, None if line.office else entries[line.entry])
            for line in lines
            if (line.page, line.left) == (page, left)
        ]
        for left in LEFTS
    ]


def _emblem_rows(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """The groups' emblems in the order of the book, as many as there is room for, in rows as long as each other."""
    shown = entries[:_MOST_EMBLEMS]
    rows = -(-len(shown) // _A_ROW)
    for row in range(rows):
        yield shown[row * len(shown) // rows : (row + 1) * len(shown) // rows]
