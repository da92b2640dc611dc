"""The columns of a roster, once, for paper, page and sheet alike: which there are, and what stands in them.

A `Field` is one fact about a row and can be a column of a sheet by itself. A `Column` is what stands under one heading
on paper: one or more fields, one below the other. Columns are chosen and ordered; fields come with their column.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

from groups.rosters.cells import Column, Field, Listed, Row, Values
from iri_exchange.lib import japan


def _one(read: Callable[[Row], str]) -> Values:
    return lambda row: (read(row),)


def _each(read: Callable[[Listed], str]) -> Values:
    return lambda row: tuple(read(person) for person in row.people)


def _fact(name: str) -> Values:
    return lambda row: (getattr(row, name),)


def _blank(row: Row) -> tuple[str, ...]:
    """To be filled in by hand."""
    return ("",)


def _without_scheme(url: str) -> str:
    return re.sub("^https?://", "", url).rstrip("/")


def _day(row: Row) -> str:
    return row.joined_on.isoformat() if row.joined_on else ""


def _day_of(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


_PERSON_KANA = Field("person_kana", "氏名フリガナ", _each(lambda person: person.kana), "kana", of_people=True)
_PERSON = Field("person", "参加者氏名", _each(lambda person: person.name), "name", of_people=True)
_TITLE = Field("person_title", "会社での役職", _each(lambda person: person.title), of_people=True)
_COMPANY_KANA = Field("company_kana", "企業名フリガナ", _fact("company_kana"), "kana")
_COMPANY = Field("company", "企業名", _fact("company"))
_URL = Field("url", "ホームページ", _fact("url"), paper=_without_scheme)

NUMBER = Column(
    "number", "No.", 9, (Field("number", "No.", _one(lambda row: str(row.number)), cell=int),), grows=False
)
ROLE = Column(
    "role",
    "役職",
    19,
    (
        Field("role", "会の役職", lambda row: row.roles),
        Field("status", "状態", _fact("status")),
        Field("consent", "掲載の同意", _fact("consent"), "flag"),
    ),
    empty="",
    grows=False,
)
COMPANY = Column(
    "company",
    "企業名",
    43,
    (
        _COMPANY_KANA,
        _COMPANY,
    ),
    heads_row=True,
)
PEOPLE = Column(
    "people",
    "氏名・役職",
    31,
    (
        _PERSON_KANA,
        _PERSON,
        _TITLE,
    ),
    by_person=True,
)
NAMES = Column("names", "氏名", 31, (_PERSON_KANA, _PERSON), by_person=True)
ADDRESS = Column(
    "address",
    "所在地",
    46,
    (
        Field("postal_code", "郵便番号", _fact("postal_code"), paper="〒{}".format),
        Field("address", "所在地", _fact("address")),
    ),
)
PHONE = Column(
    "phone",
    "電話・FAX",
    27,
    (
        Field("phone", "電話", _fact("phone")),
        Field("fax", "FAX", _fact("fax"), paper="F {}".format),
        Field(
            "person_phone",
            "本人の電話",
            _each(lambda person: person.phone),
            paper="直 {}".format,
            of_people=True,
        ),
    ),
)
MAIL = Column(
    "mail",
    "メール・URL",
    39,
    (
        Field("email", "会社のメール", _fact("email")),
        Field("person_email", "本人のメール", _each(lambda person: person.email), of_people=True),
        _URL,
    ),
)
WEB = Column("web", "URL", 26, (_URL,))
TRADE = Column("trade", "業種", 21, (Field("trade", "業種", _fact("trade")),))
PRODUCTS = Column(
    "products", "主要製品", 25, (Field("products", "主要製品・サービス", _fact("products"), fits=60),)
)
JOINED = Column(
    "joined",
    "入会",
    13,
    (
        Field(
            "joined",
            "入会日",
            _one(_day),
            paper=lambda text: japan.era_month(datetime.date.fromisoformat(text)),
            cell=_day_of,
        ),
    ),
    grows=False,
)
MEMBER_NUMBER = Column(
    "member_number",
    "会員番号",
    17,
    (Field("member_number", "会員番号", _fact("member_number")),),
    grows=False,
)
CHECK = Column("check", "受付", 13, (Field("check", "受付", lambda row: ("□",)),), grows=False)
SIGNATURE = Column("signature", "ご署名", 50, (Field("signature", "ご署名", _blank),), empty="")
MONTHS = Column("months", "月ごとの出欠", 144, (), grows=False)  # stands for `month_columns`
TOTAL = Column("total", "計", 14, (Field("total", "計", _blank),), empty="", grows=False)

CONTACTS = (NUMBER, ROLE, COMPANY, PEOPLE, ADDRESS, PHONE, MAIL, TRADE, PRODUCTS, JOINED)

# The same facts in four columns, フリガナ set like the rest: what takes time to set is cells, lines and changes of setting,
# and a book has hundreds of rows.
IN_FOUR = (
    Column(
        "place",
        "No.・入会・役職",
        27,
        (*NUMBER.fields, *JOINED.fields, replace(ROLE.fields[0], look="role"), *ROLE.fields[1:]),
        beside=frozenset(["joined"]),
    ),
    Column(
        "company",
        "企業名・業種・主要製品",
        84,
        (replace(_COMPANY_KANA, look=""), replace(_COMPANY, look="name"), *TRADE.fields, *PRODUCTS.fields),
        heads_row=True,
        beside=frozenset(["products"]),
    ),
    Column(
        "people",
        "氏名・役職",
        56,
        (replace(_PERSON_KANA, look=""), _PERSON, _TITLE),
        by_person=True,
        beside=frozenset(["person_title"]),
    ),
    Column(
        "reach",
        "所在地・電話・FAX・メール・URL",
        112,
        (*ADDRESS.fields, *PHONE.fields, *MAIL.fields),
        beside=frozenset(["address", "fax", "person_phone", "person_email", "url"]),
    ),
)


def month_columns(first: int) -> tuple[Column, ...]:
    """A narrow column for each month of a year that begins with the month `first`."""
    months = [(first - 1 + place) % 12 + 1 for place in range(12)]
    return tuple(_month(month) for month in months)


def _month(month: int) -> Column:
    key, label = f"month-{month}", f"{month}月"
    attended = _one(lambda row: row.attended.get(month, ""))
    return Column(key, label, MONTHS.width / 12, (Field(key, label, attended),), empty="", grows=False)
