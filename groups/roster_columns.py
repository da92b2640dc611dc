"""The columns of a roster, once, for paper, page and sheet alike.

A `Field` is one fact about a row and can be a column of a sheet by itself. A `Column` is what stands under one heading
on paper: one or more fields, one below the other.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from iri_exchange.lib import japan


class Listed(NamedTuple):
    """A person in a row, as far as the row may tell. Empty: unknown, or said elsewhere in the row."""

    name: str
    kana: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Row:
    """One membership on one day: plain data, already freed of what the variant must not tell.

    `roles` are the offices its people hold in the group, highest first; `status` and `consent` are words only where
    they matter (休会中, 掲載しない …); an individual member's `company` says so.
    """

    number: int
    roles: tuple[str, ...]
    status: str
    consent: str
    company: str
    company_kana: str
    people: tuple[Listed, ...]
    postal_code: str
    address: str
    phone: str
    fax: str
    email: str
    url: str
    trade: str
    products: str
    joined_on: datetime.date | None
    member_number: str


Values = Callable[[Row], tuple[str, ...]]


@dataclass(frozen=True)
class Field:
    """One fact. `values` has one entry for a fact of the member, one per person for a fact of its people.

    On paper, `look` names how it is set (static/css/print.css), `paper` is how a value is written, and a text of more
    than `fits` characters is set small, so that no row outgrows its page.
    """

    key: str
    label: str
    values: Values
    look: str = ""
    paper: Callable[[str], str] = str
    fits: int = 1000

    def lines(self, row: Row) -> list["Line"]:
        return [
            Line(self.paper(value) if value else "", "small" if len(value) > self.fits else self.look)
            for value in self.values(row)
        ]


class Line(NamedTuple):
    """One line of a cell on paper."""

    text: str
    look: str


class Cell(NamedTuple):
    """A cell on paper: the key of its column, whether it heads the row, its lines."""

    key: str
    heads_row: bool
    lines: list[Line]


@dataclass(frozen=True)
class Column:
    """`width` in millimetres on A4 landscape (273 between the margins); `empty` stands where nothing is known."""

    key: str
    label: str
    width: float
    fields: tuple[Field, ...] = field(repr=False)
    empty: str = "―"
    heads_row: bool = False
    by_person: bool = False

    def cell(self, row: Row) -> Cell:
        """What stands in a row. `by_person`: everything about the first person, then about the second."""
        told = [item.lines(row) for item in self.fields]
        ordered = chain.from_iterable(zip(*told, strict=True) if self.by_person else told)
        lines = [line for line in ordered if line.text]
        nothing = [Line(self.empty, "none")] if self.empty else []
        return Cell(self.key, self.heads_row, lines or nothing)


def _one(read: Callable[[Row], str]) -> Values:
    return lambda row: (read(row),)


def _without_scheme(url: str) -> str:
    return re.sub("^https?://", "", url).rstrip("/")


NUMBER = Column("number", "No.", 9, (Field("number", "No.", _one(lambda row: str(row.number))),))
ROLE = Column(
    "role",
    "役職",
    19,
    (
        Field("role", "役職", lambda row: row.roles),
        Field("status", "状態", _one(lambda row: row.status)),
        Field("consent", "掲載の同意", _one(lambda row: row.consent), "flag"),
    ),
    empty="",
)
COMPANY = Column(
    "company",
    "企業名",
    43,
    (
        Field("company_kana", "企業名フリガナ", _one(lambda row: row.company_kana), "kana"),
        Field("company", "企業名", _one(lambda row: row.company)),
    ),
    heads_row=True,
)
PEOPLE = Column(
    "people",
    "氏名・役職",
    31,
    (
        Field("person_kana", "氏名フリガナ", lambda row: tuple(person.kana for person in row.people), "kana"),
        Field("person", "氏名", lambda row: tuple(person.name for person in row.people), "name"),
        Field("person_title", "会社での役職", lambda row: tuple(person.title for person in row.people)),
    ),
    by_person=True,
)
ADDRESS = Column(
    "address",
    "所在地",
    46,
    (
        Field("postal_code", "郵便番号", _one(lambda row: row.postal_code), paper="〒{}".format),
        Field("address", "所在地", _one(lambda row: row.address)),
    ),
)
PHONE = Column(
    "phone",
    "電話・FAX",
    27,
    (
        Field("phone", "電話", _one(lambda row: row.phone)),
        Field("fax", "FAX", _one(lambda row: row.fax), paper="F {}".format),
        Field(
            "person_phone",
            "本人の電話",
            lambda row: tuple(person.phone for person in row.people),
            paper="直 {}".format,
        ),
    ),
)
MAIL = Column(
    "mail",
    "メール・URL",
    39,
    (
        Field("email", "メール", _one(lambda row: row.email)),
        Field("person_email", "本人のメール", lambda row: tuple(person.email for person in row.people)),
        Field("url", "URL", _one(lambda row: row.url), paper=_without_scheme),
    ),
)
TRADE = Column("trade", "業種", 21, (Field("trade", "業種", _one(lambda row: row.trade)),))
PRODUCTS = Column(
    "products", "主要製品", 25, (Field("products", "主要製品", _one(lambda row: row.products), fits=60),)
)
JOINED = Column(
    "joined",
    "入会",
    13,
    (Field("joined", "入会年月", _one(lambda row: japan.era_month(row.joined_on) if row.joined_on else "")),),
)

CONTACTS = (NUMBER, ROLE, COMPANY, PEOPLE, ADDRESS, PHONE, MAIL, TRADE, PRODUCTS, JOINED)
