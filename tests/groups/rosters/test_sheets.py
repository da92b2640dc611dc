"""The roster as a sheet: what the paper says, a column for each fact, and read back by the importer as the same."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from groups import memberships
from groups.importing import import_roster
from groups.importing.reading.heading import assign
from groups.importing.reading.words import meaning
from groups.rosters.building import Variant, roster
from groups.rosters.sheets import CP932, CSV, UTF_8, XLSX, losses, sheet_columns, sheet_copy
from iri_exchange.lib import sheets
from members.models import Export
from tests.factories import make_company, make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)
FORMULA = "=HYPERLINK(1)"


def two_people(company, *names):
    """People of the company, each with all that a sheet tells of them."""
    return [
        make_person(
            company=company,
            family_name=family,
            given_name=given,
            family_kana="カナ",
            given_kana="ナマエ",
            title=f"{family}の役職",
            phone=f"090-0000-000{place}",
            email=f"person{place}@example.jp",
        )
        for place, (family, given) in enumerate(names)
    ]


@pytest.fixture
def keyaki(db):
    """All that a roster can hold: officers, two people and one and none, an individual, somebody on leave, gaps."""
    group = make_group(name="けやき会", kana="ケヤキカイ", slug="keyaki", number_prefix="KY")
    full = make_company(
        name="株式会社葛\U000e0100飾﨑製作所", kana="カツシカ", city="葛\U000e0100飾区", building="﨑ビル2階",
        fax="042-500-9999", email="info@example.jp", url="https://www.example.jp/a/", products="ばね、線\n板",
    )  # fmt: skip
    people = two_people(full, ("髙橋", "𠮷男"), ("濵﨑", "鷗外"))
    make_membership(group, company=full, representatives=people, on=datetime.date(2014, 7, 8))
    make_officer(group, people[1], role="chair")
    make_officer(group, people[1], role="treasurer")
    formula = make_company(name="青葉精機株式会社", trade=FORMULA, products="+81 のねじ")
    make_membership(group, company=formula, consent="no")
    bare = make_company(
        name="山の上会", kana="", postal_code="", prefecture="", city="", street="", phone="", trade=""
    )
    make_membership(group, company=bare, representatives=[], on=None)
    make_membership(group, person=make_person(family_name="個人", given_name="一", title="技術士"))
    memberships.rest(membership=make_membership(group), since=datetime.date(2026, 4, 1))
    return group


def copy_of(made, file_format=CSV, **fields) -> bytes:
    return sheet_copy(roster=made, by=None, file_format=file_format, **fields)


def cells_of(content: bytes, name: str) -> list[list[str]]:
    """The header and the rows of the first sheet, as texts, all of the same length."""
    rows = [[sheets.text_of(cell) for cell in row.cells] for row in sheets.read(content, name)[0].rows]
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def told_again(group, content: bytes, name: str):
    """What the importer says of the file: the kinds of its rows, what is wrong, what it misses, whose rows it notes."""
    report = import_roster(group=group, content=content, filename=name, commit=False)
    notes = [note.message for note in report.warnings if note.row != 1]
    return {row.kind for row in report.rows}, len(report.rows), report.problems, report.missing, notes


# ── what the sheet says ──────────────────────────────────────────────────────


def test_one_row_for_each_member_and_one_column_for_each_fact(keyaki):
    header, first, *rest = cells_of(copy_of(roster(keyaki, Variant.OFFICE, TODAY)), "r.csv")
    assert dict(zip(header, first, strict=True)) == {
        "No.": "1",
        "会の役職": "代表幹事、会計",
        "状態": "",
        "掲載の同意": "掲載未確認",
        "企業名フリガナ": "カツシカ",
        "企業名": "株式会社葛\U000e0100飾﨑製作所",
        "氏名フリガナ": "カナ ナマエ",
        "参加者氏名": "濵﨑 鷗外",
        "会社での役職": "濵﨑の役職",
        "2人目の氏名フリガナ": "カナ ナマエ",
        "2人目の参加者氏名": "髙橋 𠮷男",
        "2人目の会社での役職": "髙橋の役職",
        "郵便番号": "196-0033",
        "所在地": "東京都葛\U000e0100飾区東町1-1　﨑ビル2階",
        "電話": "042-500-0001",
        "FAX": "042-500-9999",
        "本人の電話": "090-0000-0001",
        "2人目の本人の電話": "090-0000-0000",
        "会社のメール": "info@example.jp",
        "本人のメール": "person1@example.jp",
        "2人目の本人のメール": "person0@example.jp",
        "ホームページ": "https://www.example.jp/a/",
        "業種": "精密機械器具製造業",
        "主要製品・サービス": "ばね、線\n板",
        "入会日": "2014-07-08",
    }
    assert len(rest) == 4
    by_name = {row[header.index("企業名")]: row for row in rest}
    assert by_name["（個人会員）"][header.index("本人のメール")].endswith("@example.jp")
    assert by_name["山の上会"][header.index("入会日")] == ""


def test_as_many_columns_of_people_as_the_fullest_row_has(db):
    group = make_group(representatives_max=3)
    company = make_company()
    make_membership(group, company=company, representatives=two_people(company, ("一", "い")))
    assert [c.heading for c in sheet_columns(roster(group, Variant.OFFICE, TODAY))].count("参加者氏名") == 1
    people = two_people(other := make_company(), ("一", "い"), ("二", "ろ"), ("三", "は"))
    make_membership(group, company=other, representatives=people)
    headings = [c.heading for c in sheet_columns(roster(group, Variant.OFFICE, TODAY))]
    assert [heading for heading in headings if "参加者氏名" in heading] == [
        "参加者氏名",
        "2人目の参加者氏名",
        "3人目の参加者氏名",
    ]


def test_the_workbook_is_ready_to_read_and_to_print(keyaki):
    made = roster(keyaki, Variant.OFFICE, TODAY)
    book = load_workbook(io.BytesIO(copy_of(made, XLSX, receiver="濵田 隆", purpose="年度はじめ")))
    sheet, about = book.worksheets
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    # Texts are texts, whatever they begin with; No. and 入会日 can be counted and sorted.
    header = [cell.value for cell in sheet[1]]
    types = dict(zip(header, (cell.data_type for cell in sheet[2]), strict=True))
    assert {name for name, kind in types.items() if kind != "s" and sheet[2][header.index(name)].value} == {
        "No.",
        "入会日",
    }
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert values == []
    assert dict(about.values) == {
        "項目": "内容",
        "名簿": "けやき会 会員名簿",
        "種類": "事務局用",
        "いつ現在": "令和8年11月25日",
        "会員": "5会員（在会4・休会1）",
        "発行": "けやき会 事務局",
        "部数番号": "001",
        "お渡し先": "濵田 隆",
        "目的": "年度はじめ",
        "取扱注意": Variant.OFFICE.terms.handling,
    }


def test_a_sheet_is_logged_with_whom_it_tells_of(keyaki):
    made = roster(keyaki, Variant.OFFICE, TODAY, ["company", "people"])
    for file_format in (CSV, XLSX):
        copy_of(made, file_format, purpose="年度はじめ")
    logged = Export.objects.order_by("copy_number")
    assert [(c.copy_number, c.file_format, c.columns, c.row_count) for c in logged] == [
        (1, "csv", ["company", "people"], 5),
        (2, "xlsx", ["company", "people"], 5),
    ]
    assert {company.pk for company in logged[0].companies.all()} == {
        row.company_id for row in made.rows if row.company_id
    }


# ── characters ───────────────────────────────────────────────────────────────


def test_csv_is_utf_8_with_a_byte_order_mark(keyaki):
    content = copy_of(roster(keyaki, Variant.OFFICE, TODAY))
    assert content.startswith(b"\xef\xbb\xbf")
    assert "𠮷男" in content.decode("utf-8-sig")
    assert UTF_8 == "utf-8-sig"


def test_what_cp932_would_lose_is_named_and_nothing_is_written(keyaki):
    made = roster(keyaki, Variant.OFFICE, TODAY)
    assert [(loss.row, loss.heading, loss.characters) for loss in losses(made)] == [
        (1, "企業名", ["葛\U000e0100"]),
        (1, "参加者氏名", ["鷗"]),
        (1, "2人目の参加者氏名", ["𠮷"]),
        (1, "所在地", ["葛\U000e0100"]),
    ]
    assert losses(made)[0].who == "株式会社葛\U000e0100飾﨑製作所　濵﨑 鷗外　髙橋 𠮷男"
    with pytest.raises(UnicodeEncodeError):
        copy_of(made, encoding=CP932)
    assert not Export.objects.exists()


def test_cp932_that_loses_nothing_is_written(db):
    group = make_group()
    make_membership(group, company=make_company(name="株式会社髙﨑"))
    made = roster(group, Variant.OFFICE, TODAY)
    assert losses(made) == []
    assert "株式会社髙﨑" in copy_of(made, encoding=CP932).decode("cp932")


def test_a_formula_is_a_text(keyaki):
    text = copy_of(roster(keyaki, Variant.OFFICE, TODAY)).decode("utf-8-sig")
    assert f"'{FORMULA}" in text
    assert "'+81 のねじ" in text


# ── brought in again ─────────────────────────────────────────────────────────


def test_headings_are_read_as_what_they_are():
    """Each heading that the importer knows is read as its own column; the others are read as none."""
    expected = {
        "企業名フリガナ": "company_kana", "企業名": "company_name", "氏名フリガナ": "person_kana",
        "参加者氏名": "person_name", "会社での役職": "title", "郵便番号": "postal_code", "所在地": "address",
        "電話": "phone", "FAX": "fax", "本人のメール": "email", "ホームページ": "url", "業種": "trade",
        "主要製品・サービス": "products", "入会日": "joined_on", "本人の電話": "mobile",
    }  # fmt: skip
    of_people = {"person_kana", "person_name", "title", "email", "mobile"}
    second = {f"2人目の{label}": f"{key}_2" for label, key in expected.items() if key in of_people}
    offered = Variant.OFFICE.terms.offered.values()
    headings = [field.label for column in offered for field in column.fields]
    headings += [f"2人目の{f.label}" for column in offered for f in column.fields if f.of_people]
    for order in (headings, headings[::-1]):
        keys = dict(zip(order, assign([meaning(heading) for heading in order]), strict=True))
        assert {heading: key for heading, key in keys.items() if key} == expected | second


@pytest.mark.parametrize("name", ["r.csv", "r.xlsx"])
def test_the_offices_roster_brought_in_again_is_the_same(keyaki, name):
    content = copy_of(roster(keyaki, Variant.OFFICE, TODAY), name.split(".")[1])
    assert told_again(keyaki, content, name) == (
        {"same"},
        5,
        [],
        [],
        [
            "「休会中」とあります。取込では退会や休会を記録しません。会員でない方の行は、消してから取り込んでください。",
            "フリガナがありません。名簿の並び順に使うので、あとで入れてください。",
        ],
    )
