"""Files that people get from us come in again: the sample as it is, the bad rows once they are mended."""

import io

import openpyxl
import pytest

from groups.importing import import_roster
from groups.importing.reading.columns import LABELS, MAIN
from groups.importing.reading.rows import RowRead
from groups.importing.reading.table import Choice, open_table
from groups.importing.reading.words import meaning
from groups.importing.report import Report
from groups.importing.sample import bad_rows_file, sample_file
from groups.importing.telling import Telling
from iri_exchange.lib import sheets
from iri_exchange.lib.importing import listed
from iri_exchange.lib.sheets import Row, Sheet
from members.models import Company, Person


def test_the_sample_comes_in_without_a_word(group):
    report = import_roster(group=group, content=sample_file(), filename="sample.xlsx", commit=True)

    assert (report.problems, report.warnings, report.committed) == ([], [], True)
    assert [(row.kind, row.name, row.people) for row in report.rows] == [
        ("new", "株式会社青葉精機", ["青葉 一郎"]),
        ("new", "若葉 花子", ["個人会員"]),
    ]
    company = Company.objects.get()
    assert (company.kana, company.capital, company.address) == (
        "アオバセイキ",
        1000,
        "東京都立川市柴崎町9-9-9",
    )
    assert Person.objects.get(family_name="若葉").building == "若葉ビル3階"


def test_the_sample_shows_every_column_and_explains_it():
    roster, guide = sheets.read(sample_file(), "sample.xlsx")

    assert (roster.name, guide.name) == ("名簿", "書き方")
    assert roster.rows[0].cells == [column.label for column in MAIN]
    assert [row.cells[0] for row in guide.rows[1:]] == [column.label for column in MAIN]
    company = next(row.cells for row in guide.rows if row.cells[0] == "企業名")
    assert company[1:] == [
        "会社名、貴社名、社名、事業所名、法人名、企業・団体名",
        "登記の名前を略さずに。会社のない人は「個人会員」。",
        "株式会社青葉精機",
        "かならず入れます",
    ]


def test_all_that_the_sample_invents_is_invented():
    told = [text for column in MAIN for text in column.examples]

    assert all("example.jp" in text for text in told if "@" in text or "://" in text)


# ── bad rows ─────────────────────────────────────────────────────────────────


def bad_report(rows, **choice):
    """The report on these rows with all that cannot be read, as the plan makes it."""
    table = open_table([Sheet("けやき会", rows)], Choice(**choice), lambda shapes: {})
    telling = Telling(table)
    read: list[RowRead] = list(table.read({}))
    for row in read:
        if row.problems:
            telling.refuse(row, row.problems)
    return table, telling.report


def numbered(*rows):
    return [Row(number, list(cells)) for number, cells in enumerate(rows, start=1)]


STRANGE = [
    Row(1, ["けやき会"]),
    Row(2, list(listed("入会、会費、フリガナ、会社、カナ、担当、メルアド、役職名、TEL/FAX、〒・住所、HP、社員数、法人No"
                       "、資本金（千円）、業種、事業内容、課名"))),
    Row(3, ["H25.2.30", "済", "アオバ", "株式会社青葉", "アオバ イチロウ", "青葉 一郎", "i@aoba.example.jp", "社長",
            "042-000-0001", "〒190-0023 東京都立川市柴崎町9-9-9", None, 20, 1182774714925, 10000, "製造業", "ばね", None, "x"]),
    Row(4, ["H25.7.1", None, None, "株式会社若葉"]),
    Row(5, [41456, None, "ﾓﾐｼﾞ", "=A1", None, "紅葉 三郎", "m@momiji", None, "42"]),
]  # fmt: skip


def test_bad_rows_are_told_with_their_reasons_and_stand_as_they_came():
    _, report = bad_report(STRANGE)

    [sheet] = sheets.read(bad_rows_file(report), "bad.xlsx")

    assert sheet.name == "けやき会"
    assert sheet.rows[0].cells[:5] == ["直すところ", "入会", "会費", "フリガナ", "会社"]
    assert sheet.rows[1].cells[0] == ("入会：「H25.2.30」という日付はありません。暦を確かめてください。")
    assert sheet.rows[1].cells[1:] == [sheets.text_of(cell) or None for cell in STRANGE[2].cells]
    assert sheet.rows[2].cells[0].split("\n") == [
        "会社：数式（=で始まる内容）になっています。名前そのものを入れてください。",
        "メルアド：メールアドレスの「@」の後ろが足りません。例：info@example.jp",
        "TEL/FAX：電話番号は0か+81で始めてください。例：042-000-4642",
    ]
    assert len(sheet.rows) == 3


def mended(content, **cells):
    """The file with a cell replaced by another one: A1="…"."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return sheets.read(out.getvalue(), "mended.xlsx")


def test_mended_rows_come_in_as_the_columns_were_read():
    table, report = bad_report(STRANGE)

    again = open_table(mended(bad_rows_file(report), B2="H25.2.28"), Choice(), lambda shapes: {})

    assert [column.key for column in again.layout.columns] == [
        "",
        *(column.key for column in table.layout.columns),
    ]
    assert [warning.column for warning in again.warnings] == ["会費", "S列"]
    first, second = again.read({})
    assert (second.entries, first.problems) == ([], [])
    assert first.entries[0].values["capital"] == 1000
    assert first.entries[0].values["postal_code"] == "190-0023"


def test_a_bad_row_says_itself_what_it_left_to_the_row_above():
    rows = numbered(
        ["企業名", "法人番号", "住所", "電話", "氏名", "メール"],
        ["株式会社若葉", None, "東京都立川市柴崎町9-9-9", "042-000-0001", "若葉 花子", None],
        ["株式会社青葉", 1182774714925, "同上", "〃", "青葉 一郎", "x"],
        ["株式会社青葉", 1182774714925, "同上", "〃", "青葉 次郎", None],
        [None, None, None, None, "青葉 三郎", "x"],
    )
    _, report = bad_report(rows)

    [sheet] = sheets.read(bad_rows_file(report), "bad.xlsx")
    assert [row.cells[1:] for row in sheet.rows[1:]] == [
        ["株式会社青葉", "1182774714925", "東京都立川市柴崎町9-9-9", "042-000-0001", "青葉 一郎", "x"],
        ["株式会社青葉", "1182774714925", None, None, "青葉 三郎", "x"],
    ]
    again = open_table(
        mended(bad_rows_file(report), G2="i@aoba.example.jp", G3=None), Choice(), lambda shapes: {}
    )
    assert [(entry.name, entry.person) for row in again.read({}) for entry in row.entries] == [
        ("株式会社青葉", "青葉 一郎"),
        ("株式会社青葉", "青葉 三郎"),
    ]


@pytest.mark.parametrize(
    ("rows", "choice"),
    [
        # No header at all.
        (numbered(["株式会社青葉", "青葉 一郎", "42"]),
         {"header_row": 0, "mapping": {0: "company_name", 1: "person_name", 2: "phone"}}),
        # Words that nobody knows, and a known one that was not meant.
        (numbered(["甲", "乙", "電話", "住所"], ["株式会社青葉", "青葉 一郎", "x", "42"]),
         {"header_row": 1, "mapping": {0: "company_name", 1: "person_name", 2: "", 3: "phone"}}),
        # Two lines.
        (numbered(["企業名", "参加者", None, "代表者", None], [None, "氏名", "役職", "氏名", "役職"],
                  ["=A1", "青葉 一郎", "部長", "青葉 太郎", "社長"]), {}),
        # The unit of the capital, in a column that somebody had to name.
        (numbered(["企業名", "おかね（千円）", "電話"], ["株式会社青葉", 3000, "42"]), {"mapping": {1: "capital"}}),
        # Offices of the group.
        (numbered(["役職", "企業名", "氏名"], ["幹事", "=A1", "青葉 一郎"]), {}),
        # フリガナ far from its name.
        (numbered(["フリガナ", "氏名", "会社"], ["アオバ", "青葉 一郎", "=A1"]), {"mapping": {0: "company_kana"}}),
    ],
)  # fmt: skip
def test_however_the_columns_were_found(rows, choice):
    table, report = bad_report(rows, **choice)

    again = open_table(sheets.read(bad_rows_file(report), "bad.xlsx"), Choice(), lambda shapes: {})

    known = [column.key for column in table.layout.columns if column.key]
    assert [column.key for column in again.layout.columns if column.key] == known
    [before], [after] = table.read({}), again.read({})
    assert [problem.message for problem in after.problems] == [problem.message for problem in before.problems]


def test_the_unit_of_the_capital_is_kept():
    rows = numbered(["企業名", "おかね（千円）", "電話"], ["株式会社青葉", 30000, "42"])
    _, report = bad_report(rows, mapping={1: "capital"})

    again = open_table(mended(bad_rows_file(report), D2="042-000-0001"), Choice(), lambda shapes: {})

    assert next(again.read({})).entries[0].values["capital"] == 3000


def test_a_report_without_bad_rows_gives_an_empty_file():
    [sheet] = sheets.read(bad_rows_file(Report()), "bad.xlsx")

    assert [row.cells for row in sheet.rows] == [["直すところ"]]


def test_every_label_of_ours_is_understood():
    for key, label in LABELS.items():
        assert key in {claim.key for claim in meaning(label).claims}
