"""/groups/<slug>/attendance/: members × meetings for those inside, the 出席簿 for who runs the meetings."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from events.attendance.counting import FORMULA
from groups import memberships
from members.models import Export
from tests.events.attendance.making import held
from tests.events.reception.making import make_named
from tests.strictness import parse_strictly

MAY, JUNE = datetime.date(2026, 5, 13), datetime.date(2026, 6, 10)
LAST = datetime.date(2026, 3, 11)
URL = "/groups/keyaki/attendance/"


def page(actor, url: str = URL) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


@pytest.fixture
def members(group):
    return [make_named(group, f"会員{number}", f"カイイン{number}") for number in "アイ"]


def test_who_sees_it(visitor, member, outsider, left_member, adviser, staff, secretary, group, members):
    held(group, MAY, "○×", members)
    actors = (visitor, member, outsider, left_member, adviser, staff, secretary)
    for url, statuses in (
        (URL, [302, 200, 403, 403, 200, 403, 200]),
        ("/groups/keyaki/attendance.pdf", [302, 403, 403, 403, 403, 403, 200]),
        ("/groups/keyaki/attendance.xlsx", [302, 403, 403, 403, 403, 403, 200]),
    ):
        assert [each.client.head(url).status_code for each in actors] == statuses, url
    assert Export.objects.count() == 0


def test_the_office_sees_all_of_the_launch_year(staff, launched_group):
    member = make_named(launched_group, "新田", "ニッタ", on=datetime.date(2026, 7, 10))
    held(launched_group, datetime.date(2026, 8, 12), "○", [member])
    assert "株式会社新田" in page(staff, "/groups/akebono/attendance/")
    assert staff.client.head("/groups/akebono/attendance.pdf").status_code == 200


def test_without_meetings_it_says_what_to_do(member, group):
    assert "この年度の出席の記録は、まだありません" in page(member)


def test_numbers_marks_and_formula(member, group, members):
    held(group, LAST, "××", members)
    held(group, MAY, "○×", members)
    held(group, JUNE, "◇△", members)
    text = page(member)
    assert FORMULA in text
    assert "出席率は75%</b>（3÷4）" in text
    assert "2回の会合に、平均1.5会員が出席しました。" in text
    assert 'aria-hidden="true">◇</i><span class="vh">代理' in text
    assert text.count('class="bar"') == 4
    assert "出席簿を出す" not in text
    assert "（0÷2）" in page(member, f"{URL}?year=2025")
    for strange in ("1", "99999", "x", "٣", "２０２６"):
        page(member, f"{URL}?year={strange}")


def test_who_asked_not_to_be_listed_is_not_shown_to_the_others(member, secretary, group, members):
    memberships.answer_roster_consent(membership=members[0], answer="no", since=LAST)
    held(group, MAY, "○×", members)
    assert "株式会社会員ア" not in page(member)
    assert "ほかの1会員は" in page(member)
    assert "株式会社会員ア" in page(secretary)


def test_the_book_on_paper_and_as_a_sheet(secretary, group, members):
    memberships.leave(membership=members[1], since=JUNE, reason="busy")
    held(group, MAY, "○◇", members)
    held(group, JUNE, "×.", members)
    pdf = secretary.client.get("/groups/keyaki/attendance.pdf?purpose=総会")
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf.content)).pages)
    assert [
        word
        for word in ("出席簿", "令和8年度", "株式会社会員ア", "株式会社会員イ", "退会", "1/2", "50%")
        if word not in text
    ] == []
    xlsx = secretary.client.get("/groups/keyaki/attendance.xlsx?year=2026")
    rows = list(load_workbook(io.BytesIO(xlsx.content)).worksheets[0].iter_rows(values_only=True))
    found = {row[rows[0].index("企業名")]: row for row in rows[1:]}
    may, june, rate = (rows[0].index(name) for name in ("5/13", "6/10", "率"))
    assert [
        (found[name][may], found[name][june], found[name][rate])
        for name in ("株式会社会員ア", "株式会社会員イ")
    ] == [
        ("○", "×", "50%"),
        ("◇", "―", "100%"),
    ]
    assert found["出席した会員／出欠をつけた会員"][june] == "0/1"
    copies = Export.objects.order_by("pk")
    assert [(each.file_format, each.variant, each.purpose, each.row_count) for each in copies] == [
        ("pdf", "attendance", "総会", 3),
        ("xlsx", "attendance", "未記入", 3),
    ]


def test_it_is_found_from_the_groups_page_and_the_meetings(member, staff, group):
    assert f'href="{URL}"' in page(member, "/groups/keyaki/")
    assert f'href="{URL}"' in page(member, "/groups/keyaki/meetings/")
    assert 'href="/office/attendance/keyaki/"' in page(staff, "/groups/keyaki/")


def test_thirty_members_cost_as_many_queries_as_one(member, group, members):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(member)
        return len(asked)

    held(group, MAY, "○×", members)
    queries()
    first = queries()
    many = [*members, *(make_named(group, f"多{number}", "タ") for number in range(28))]
    for month in (6, 7, 8):
        held(group, datetime.date(2026, month, 10), "○" * 30, many)
    assert queries() == first
