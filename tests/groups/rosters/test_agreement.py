"""The same question gives the same rows and the same values on the page, in the PDF, in Excel and in CSV."""

import csv
import datetime
import io

import pytest
from pypdf import PdfReader

from groups import memberships
from groups.models import Group
from groups.rosters.building import Variant, roster
from groups.rosters.sheets import sheet_columns
from iri_exchange.lib import sheets
from members.consents import answer_consent
from tests.factories import make_company, make_membership, make_officer, make_person
from tests.strictness import parse_strictly

EARLIER = datetime.date(2020, 4, 1)
QUESTIONS = [
    *({"variant": variant.value} for variant in Variant),
    *({"variant": variant.value, "date": "2020-04-01"} for variant in Variant),
    {"variant": "office", "columns": "joined,mail,phone,people,member_number"},
    {"variant": "member", "columns": "address,company"},
]


@pytest.fixture
def cast(group, secretary) -> Group:
    """Members of every kind, with names that are hard to carry."""
    full = make_company(
        name="株式会社葛\U000e0100飾﨑製作所", kana="カツシカ", building="﨑ビル2階", fax="042-500-9999",
        email="info@example.jp", url="https://www.example.jp/", products="=1+1、ばね",
    )  # fmt: skip
    people = [
        make_person(company=full, family_name=family, given_name="鷗", title=title, phone=phone)
        for family, title, phone in (("髙橋", "社長", "090-0000-0001"), ("𠮷田", "", ""))
    ]
    make_membership(group, company=full, representatives=people, consent="yes")
    make_officer(group, people[1], role="chair")
    answer_consent(kind="public_profile", given=True, since=EARLIER, company=full)
    make_membership(group, consent="company")
    make_membership(group, consent="no")
    make_membership(group, person=make_person(family_name="江戸", phone="042-000-0001"), on=EARLIER)
    memberships.rest(membership=make_membership(group), since=datetime.date(2026, 4, 1))
    left = make_membership(group, consent="yes")
    memberships.leave(membership=left, since=datetime.date(2024, 4, 1), reason="busy")
    make_membership(group, on=datetime.date(2026, 7, 1))
    return group


def told(made) -> list[list[str]]:
    """The values of each row as they are written for people, in any order."""
    return [
        sorted(
            field.paper(value)
            for column in made.columns
            for field in column.fields
            for value in field.values(row)
            if value
        )
        for row in made.rows
    ]


def on_page(content: bytes) -> list[list[str]]:
    body = next(each for each in parse_strictly(content).iter() if each.tag.endswith("tbody"))
    rows = [[text.strip() for cell in row for text in cell.itertext()] for row in body]
    return [sorted(text for text in row if text not in ("", "―")) for row in rows]


def in_sheet(rows: list[list[str]], made) -> list[list[str]]:
    columns = sheet_columns(made)
    assert rows[0] == [column.heading for column in columns]
    return [
        sorted(
            column.fact.paper(part)
            for column, text in zip(columns, row, strict=False)
            for part in (text.split("、") if column.fact.key == "role" else [text])
            if part
        )
        for row in rows[1:]
    ]


def of_xlsx(content: bytes) -> list[list[str]]:
    return [[sheets.text_of(cell) for cell in row.cells] for row in sheets.read(content, "r.xlsx")[0].rows]


def of_csv(content: bytes) -> list[list[str]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[cell[1:] if cell.startswith("'=") else cell for cell in row] for row in rows]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: "-".join(asked.values()))
def test_four_ways_say_the_same(cast, secretary, asked):
    def got(extension: str) -> bytes:
        answer = secretary.client.get(f"/groups/keyaki/roster{extension}", asked)
        assert answer.status_code == 200
        return answer.content

    day = datetime.date.fromisoformat(asked.get("date", "2026-11-25"))
    columns = asked["columns"].split(",") if "columns" in asked else None
    made = roster(cast, Variant(asked["variant"]), day, columns)
    expected = told(made)
    assert len(expected) == {"public": 1}.get(asked["variant"], len(expected)) > 0

    assert on_page(got("/")) == expected
    assert in_sheet(of_xlsx(got(".xlsx")), made) == expected
    assert in_sheet(of_csv(got(".csv")), made) == expected
    paper = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(got(".pdf"))).pages))
    assert [value for row in expected for value in row if squeezed(value) not in paper] == []
    if "company" in {column.key for column in made.columns}:
        names = [squeezed(row.company) for row in made.rows]
        assert [paper.count(name) for name in names] == [names.count(name) for name in names]
