"""The real-shaped rosters, and what arrives of them in the directory."""

import datetime

import pytest

from groups.importing import import_roster
from groups.importing.reading.table import Choice, open_table
from groups.models import Membership
from iri_exchange.lib import sheets
from iri_exchange.lib.importing import Problem
from members.models import Company, Person
from tests.groups.importing.reading.sheets import (
    DATA,
    keys,
    members,
    nothing,
    opened,
    problems,
    values,
    warnings,
)


@pytest.mark.parametrize(
    ("name", "header_row", "known", "rows"),
    [("tama24.csv", 4, 17, 21), ("plaza62.xlsx", 3, 17, 13), ("h23-tamageta.csv", 1, 16, 12)],
)
def test_real_rosters_are_read_without_a_word(name, header_row, known, rows):
    table = open_table(sheets.read((DATA / name).read_bytes(), name), Choice(), nothing)

    assert (table.layout.header_row, len(list(filter(None, keys(table))))) == (header_row, known)
    assert (len(values(table)), problems(table), warnings(table)) == (rows, [], [])


def test_a_broken_roster_names_each_cell():
    table = open_table(sheets.read((DATA / "broken.xlsx").read_bytes(), "broken.xlsx"), Choice(), nothing)

    assert [(row, column) for row, column, _ in problems(table)] == [
        (8, "企業名"),
        (9, "郵便番号"),
        (10, "法人番号"),
        (11, "入会日"),
        (12, "入会日"),
        (13, "E-mail"),
        (14, "従業員数"),
        (16, "企業名"),
        (17, "企業名"),
        (18, "参加者氏名"),
    ]
    assert table.warnings == [
        Problem(1, "（備考）この行の問題", "「（備考）この行の問題」の列は取り込みません。")
    ]


def test_cells_whose_value_is_known_are_not_read_again():
    table = opened("企業名|電話|資本金（千円）\n株式会社青葉|42|1000")
    seeds = {"phone": {"42": "042-000-0001"}, "capital": {"1000": 1000}}

    [row] = table.read(seeds)

    assert row.entries[0].values == {"company_name": "株式会社青葉", "phone": "042-000-0001", "capital": 100}


# ── what becomes of it ───────────────────────────────────────────────────────


def test_what_the_file_tells_of_the_head_and_of_two_people_arrives(group):
    text = (
        "企業名,代表者,代表者フリガナ,代表者役職,参加者1,役職,参加者2,役職,入会年月\n"
        "株式会社青葉,青葉 太郎,アオバ　タロウ,社長,青葉 一郎,部長,青葉 花子,課長,H24.7\n"
    )

    report = import_roster(group=group, content=text.encode(), filename="r.csv", commit=True)

    company = Company.objects.get()
    assert report.committed
    assert (company.representative_name, company.representative_kana, company.representative_title) == (
        "青葉 太郎",
        "アオバ タロウ",
        "社長",
    )
    assert [(person.name, person.title) for person in Person.objects.order_by("pk")] == [
        ("青葉 一郎", "部長"),
        ("青葉 花子", "課長"),
    ]
    assert Membership.objects.get().joined_on == datetime.date(2012, 7, 1)
    again = import_roster(group=group, content=text.encode(), filename="r.csv", commit=True)
    assert again.counts == {"new": 0, "changed": 0, "same": 1, "doubtful": 0}


def test_a_month_does_not_put_a_known_day_of_that_month_wrong(group):
    for day, kind in (("2012-07-22", "new"), ("H24.7", "same"), ("H24.8", "changed")):
        content = f"企業名,電話,入会年月\n株式会社青葉,042-000-0001,{day}\n".encode()
        report = import_roster(group=group, content=content, filename="r.csv", commit=True)
        assert report.counts[kind] == 1
    assert Membership.objects.get().joined_on == datetime.date(2012, 8, 1)


def test_every_row_of_an_office_form_without_entries_is_passed_over():
    table = opened(
        "No.|企業名|氏名|〒|電話\n1|株式会社青葉|青葉 一郎|190-0023|\n2|||〒|（　）\n3|　|様|〒 -|―"
    )

    assert members(table) == [("株式会社青葉", "青葉 一郎")]
    assert problems(table) == []
