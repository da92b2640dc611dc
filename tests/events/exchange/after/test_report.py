"""The report: numbers only, the same on the page, in the PDF and in the sheet."""

import datetime
import io

import openpyxl
import pikepdf
import pytest

from events.exchange.after import paper, telling
from events.exchange.after.report import report_of
from events.exchange.after.tables import Table
from tests.events.exchange.after.over import AFTER, SAID, make_guest, make_over, make_shown, on
from tests.exchange_factories import make_partner_group, make_registration
from tests.factories import make_company, make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange(office, staff, group):
    made = make_over(report_words="=よい一日でした。")
    guests = [make_guest(made, f"秘密 {n}子", trade="E", email=f"himitsu{n}@example.jp") for n in range(3)]
    make_registration(made, "来なかった 方")
    make_guest(made, "会員 太郎", kind="member", group=group, trade="G")
    make_guest(made, "公社 次郎", kind="partner", partner_group=make_partner_group())
    make_shown(made, make_company(), staff.user, trade="E", cards=10, talks=2, result_at=AFTER)
    make_shown(made, make_company(), staff.user, number=2)
    with on(AFTER.date(), 10):
        telling.answer(registration=guests[0], said=SAID | {"words": "また来ます。"})
        telling.answer(registration=guests[1], said=SAID | {"satisfaction": 5, "comes_again": None})
    return made


def rows_of(exchange, key):
    return [tuple(row) for table in report_of(exchange).tables if table.key == key for row in table.rows]


def test_by_kind(exchange):
    assert rows_of(exchange, "kinds") == [
        ("会員", 1, 1, "100%"), ("公社のグループ", 1, 1, "100%"), ("一般", 4, 3, "75%"), ("合計", 6, 5, "83%")
    ]  # fmt: skip


def test_by_group_and_trade(exchange, group):
    assert rows_of(exchange, "groups") == [
        (group.name, 1, 1, "100%", 0), ("公社　公社の架空会", 1, 1, "100%", 0), ("どのグループでもない方", 4, 3, "75%", "")
    ]  # fmt: skip
    trades = rows_of(exchange, "trades")
    assert [row[1:] for row in trades] == [(3, 3, "100%", 1), (1, 1, "100%", 0), (2, 1, "50%", 1)]


def test_a_group_that_only_exhibits_stands_there_too(exchange, group, staff):
    other = make_group(name="欅の会")
    make_shown(exchange, None, staff.user, group=other, number=3)
    theirs = make_partner_group("公社の別会")
    make_shown(exchange, None, staff.user, partner_group=theirs, number=4)
    assert [row for row in rows_of(exchange, "groups") if row[4] == 1] == [
        (other.name, 0, 0, "―", 1), ("公社　公社の別会", 0, 0, "―", 1)
    ]  # fmt: skip


def test_booths_are_summed_and_one_alone_is_not_told(exchange, group, staff):
    assert rows_of(exchange, "booths") == [("企業", 2, 1, "―", "―"), ("合計", 2, 1, "―", "―")]
    exchange.booths.filter(number=2).update(cards=5, result_at=AFTER)
    assert rows_of(exchange, "booths") == [("企業", 2, 2, 15, 2), ("合計", 2, 2, 15, 2)]
    make_shown(exchange, None, staff.user, group=group, number=3, cards=7, talks=0, result_at=AFTER)
    assert rows_of(exchange, "booths") == [
        ("企業", 2, 2, "―", "―"), ("グループ", 1, 1, "―", "―"), ("合計", 3, 3, 22, 2)
    ]  # fmt: skip


def test_the_questionnaire(exchange):
    assert rows_of(exchange, "satisfaction")[:2] == [("5", 1, "50%"), ("4", 1, "50%")]
    (table,) = [table for table in report_of(exchange).tables if table.key == "satisfaction"]
    assert table.note == "回答 2件（来場 5名の40%）。5が最もよく、平均は4.5です。"
    assert rows_of(exchange, "useful")[0] == ("講演", 2, "100%")
    assert report_of(exchange).said == ["また来ます。"]


def test_earlier_years_and_none_later(exchange):
    assert rows_of(exchange, "years") == []
    before = make_over(fiscal_year=2025, day=datetime.date(2026, 2, 12))
    make_guest(before)
    make_over(fiscal_year=2027, day=datetime.date(2028, 2, 9))
    assert rows_of(exchange, "years") == [
        ("令和7年度", 1, 0, 0, 1, 0, "―"), ("令和8年度", 5, 1, 1, 3, 2, "4.5")
    ]  # fmt: skip


def test_nothing_of_an_empty_one(office):
    report = report_of(make_over())
    assert [table.key for table in report.tables if table.rows] == []


def test_bars_leave_the_sum_out():
    table = Table("k", "t", ("a", "b"), [("甲", 2), ("乙", 4), ("合計", 6)], charted=1, summed=True)
    assert [(bar.label, bar.value, bar.height) for bar in table.bars] == [
        ("甲", "2", 60.0),
        ("乙", "4", 120.0),
    ]
    assert Table("k", "t", ("a", "b"), [("甲", 0)], charted=1).bars[0].height == 0


def test_the_sheet_holds_the_same_tables(exchange):
    book = openpyxl.load_workbook(io.BytesIO(paper.sheet_report(exchange)))
    report = report_of(exchange)
    assert len(book.sheetnames) == 2 + len([table for table in report.tables if table.rows])
    about = {row[0].value: row[1].value for row in book["この報告について"].iter_rows()}
    assert about["まとめ"] == "=よい一日でした。"
    assert book["この報告について"]["B5"].data_type == "s"
    kinds = [tuple(cell.value for cell in row) for row in book["種類ごとの参加"].iter_rows(min_row=2)]
    assert kinds == rows_of(exchange, "kinds")


def test_nobody_is_named(exchange):
    book = openpyxl.load_workbook(io.BytesIO(paper.sheet_report(exchange)))
    told = "".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not any(word in told for word in ("秘密", "himitsu", "会員 太郎", "公社 次郎", "架空 太郎"))


def test_the_pdf_is_tagged(exchange):
    with pikepdf.open(io.BytesIO(paper.print_report(exchange))) as made:
        assert bool(made.Root.MarkInfo.Marked)
        assert "開催報告（令和8年度）" in str(made.docinfo["/Title"])


def test_the_queries_do_not_grow(exchange, django_assert_max_num_queries):
    for n in range(30):
        make_guest(exchange, f"多い {n}人")
    with django_assert_max_num_queries(22):
        report_of(exchange)
