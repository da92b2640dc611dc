"""Whom each roster is for: who stands in it, in which order, what it tells and what not."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import memberships
from groups.models import OfficerTerm
from groups.permissions import RULES
from groups.rosters.building import Variant, roster
from groups.rosters.cells import PAPER_WIDTH, Row, fitted
from groups.rosters.columns import month_columns
from members.consents import answer_consent
from members.models import Consent
from tests.factories import make_company, make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)
CONTACT = {
    "postal_code": "190-0099", "prefecture": "山形県", "city": "米沢市", "street": "通町7-7", "building": "塔2階",
    "phone": "042-777-0001", "fax": "042-777-0002", "email": "info@secret.example.jp",
}  # fmt: skip
OF_PERSON = {"title": "秘密の肩書", "phone": "090-7777-0001", "email": "person@secret.example.jp"}
WITHHELD = (*(value for value in CONTACT.values() if value != "山形県"), *OF_PERSON.values())


@pytest.fixture
def keyaki(db):
    return make_group(
        name="けやき会", kana="ケヤキカイ", slug="keyaki", number_prefix="KY", fiscal_year_start=10
    )


def join(group, name, kana, *people, public=None, **fields):
    """A company with people (family name, kana); `public`: its answer to the public profile."""
    company = make_company(
        name=name,
        kana=kana,
        url="https://shown.example.jp/",
        products="見せる製品",
        trade="見せる業種",
        **CONTACT,
    )
    named = [
        make_person(
            company=company, family_name=family, given_name="", family_kana=kana, given_kana="", **OF_PERSON
        )
        for family, kana in people
    ]
    if public is not None:
        answer_consent(
            kind=Consent.Kind.PUBLIC_PROFILE, given=public, since=datetime.date(2020, 4, 1), company=company
        )
    return make_membership(group, company=company, representatives=named, **fields)


def person_of(membership):
    return membership.representatives.first().person


# ── for all ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("variant", Variant)
def test_each_has_a_rule_and_columns_that_fill_the_paper(variant):
    terms = variant.terms
    assert terms.rule in RULES
    assert terms.handling.endswith("。")
    assert len(terms.offered) == len(terms.columns) + len(terms.more)
    assert terms.usual == tuple(column.key for column in terms.columns)
    for columns in (
        terms.columns,
        *[[column] for column in terms.offered.values()],
        [*terms.offered.values()],
    ):
        widths = [column.width for column in fitted(columns)]
        assert min(widths) > 0
        assert sum(widths) == pytest.approx(PAPER_WIDTH, abs=0.1)


def test_columns_are_chosen_by_their_keys():
    terms = Variant.OFFICE.terms
    assert [column.key for column in terms.chosen(["mail", "company", "gone", "mail"])] == ["mail", "company"]
    for nothing in (None, [], ["gone"]):
        assert terms.chosen(nothing) == terms.columns


def test_a_roster_has_the_columns_it_is_asked_for(keyaki):
    made = roster(keyaki, Variant.MEMBER, TODAY, ["company", "number"])
    assert [(column.key, column.width) for column in made.columns] == [("company", 264.0), ("number", 9)]
    assert made.counted == "0会員"


@pytest.mark.parametrize("variant", Variant)
def test_as_many_queries_for_one_row_as_for_thirty(keyaki, variant):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert roster(keyaki, variant, TODAY).table
        return len(asked)

    join(keyaki, "一番社", "イチバン", ("一木", "イチキ"), public=True)
    one = queries()
    for number in range(28):
        join(keyaki, f"第{number}社", "ダイ", ("二木", "ニキ"), ("三木", "ミキ"), public=True)
    assert queries() == one <= 4


# ── 公開用 ───────────────────────────────────────────────────────────────────


def test_public_has_only_companies_that_agreed_to_be_shown_to_everyone(keyaki):
    shown = join(keyaki, "見せる社", "ミセル", ("隠田", "カクシダ"), public=True)
    join(keyaki, "企業だけ社", "アイウ", ("隠木", "カクシギ"), public=True, consent="company")
    join(keyaki, "公開しない社", "コ", ("隠山", "カクシヤマ"), public=False)
    join(keyaki, "未確認社", "ミ", ("隠川", "カクシガワ"))
    join(keyaki, "のせない社", "ノ", ("隠沢", "カクシザワ"), public=True, consent="no")
    left = join(keyaki, "退会社", "タ", ("隠谷", "カクシタニ"), public=True)
    memberships.leave(membership=left, since=datetime.date(2026, 10, 1), reason="busy")
    make_membership(keyaki, person=make_person(family_name="隠野", family_kana="カクシノ"), consent="yes")
    make_officer(keyaki, person_of(shown), role=OfficerTerm.Role.CHAIR)
    make_officer(keyaki, make_person(family_name="隠村"), role=OfficerTerm.Role.COUNSEL)
    resting = join(keyaki, "休む社", "ヤスム", ("隠原", "カクシハラ"), public=True)
    memberships.rest(membership=resting, since=datetime.date(2026, 4, 1))

    made = roster(keyaki, Variant.PUBLIC, TODAY)
    # By フリガナ, whoever leads.
    assert [row.company for row in made.rows] == ["企業だけ社", "見せる社", "休む社"]
    assert made.rows[1] == Row(
        number=2, company="見せる社", company_kana="ミセル", url="https://shown.example.jp/", trade="見せる業種",
        products="見せる製品", company_id=shown.company_id,
    )  # fmt: skip
    told = (made.counted, made.officer_rows, made.left_out, made.gone, made.other_officers)
    assert told == ("3社", 0, 0, 0, ())
    everything = repr(made.rows) + repr(made.table)
    assert [word for word in (*WITHHELD, "隠", "カクシ", "休会") if word in everything] == []
    # Nor on a day when they were members, for they are none now.
    assert "退会社" not in repr(roster(keyaki, Variant.PUBLIC, datetime.date(2026, 9, 1)).rows)


def test_public_follows_a_withdrawn_consent_at_once(keyaki):
    member = join(keyaki, "見せる社", "ミセル", public=True)
    assert len(roster(keyaki, Variant.PUBLIC, TODAY).rows) == 1
    answer_consent(kind=Consent.Kind.PUBLIC_PROFILE, given=False, since=TODAY, company=member.company)
    assert roster(keyaki, Variant.PUBLIC, TODAY).rows == ()
    assert roster(keyaki, Variant.PUBLIC, datetime.date(2026, 1, 1)).rows == ()


# ── 受付用 ───────────────────────────────────────────────────────────────────


@pytest.fixture
def reception(keyaki):
    chair = join(keyaki, "わかば社", "ワカバ", ("若田", "ワカタ"), ("我妻", "アガツマ"), consent="no")
    make_officer(keyaki, person_of(chair), role=OfficerTerm.Role.CHAIR)
    join(keyaki, "あおば社", "アオバ", ("青木", "アオキ"))
    join(keyaki, "かえで社", "カエデ")
    memberships.rest(membership=join(keyaki, "さくら社", "サクラ", ("桜木", "サクラギ")), since=TODAY)
    make_membership(
        keyaki,
        person=make_person(
            family_name="江戸", given_name="花", family_kana="エド", given_kana="ハナ", **CONTACT | OF_PERSON
        ),
    )
    return keyaki


def test_reception_has_a_row_for_each_who_attends_by_kana(reception):
    made = roster(reception, Variant.RECEPTION, TODAY)
    assert [
        (row.number, row.company, [person.name for person in row.people], row.roles, row.status)
        for row in made.rows
    ] == [
        (1, "あおば社", ["青木"], (), ""),
        (2, "（個人会員）", ["江戸 花"], (), ""),
        (3, "かえで社", [], (), ""),
        (4, "さくら社", ["桜木"], (), "休会中"),
        (5, "わかば社", ["若田"], ("代表幹事",), ""),
        (6, "わかば社", ["我妻"], (), ""),
    ]
    assert made.officer_rows == 0
    cells = {cell.key: [line.text for line in cell.lines] for cell in made.table[0]}
    assert (cells["check"], cells["names"]) == (["□"], ["アオキ", "青木"])
    assert "".join(cells["signature"]) == ""


@pytest.mark.parametrize("variant", [Variant.RECEPTION, Variant.ATTENDANCE])
def test_lists_of_names_tell_no_way_to_reach_anybody(reception, variant):
    made = roster(reception, variant, TODAY)
    everything = repr(made.rows) + repr(made.table)
    assert [word for word in WITHHELD if word in everything] == []
    assert "若田" in everything


# ── 出席簿 ───────────────────────────────────────────────────────────────────


def test_attendance_has_the_months_of_the_groups_fiscal_year(reception):
    made = roster(reception, Variant.ATTENDANCE, TODAY)
    months = [f"{month}月" for month in (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    assert [column.label for column in made.columns] == ["No.", "役職", "企業名", "氏名", *months, "計"]
    assert made.title == made.full_title == "けやき会 出席簿　令和8年度"
    assert roster(reception, Variant.OFFICE, TODAY).full_title == "けやき会 会員名簿　事務局用"
    assert roster(reception, Variant.ATTENDANCE, datetime.date(2026, 9, 30)).title.endswith("令和7年度")
    # One row for each member, officers first, and room to write.
    assert [row.company for row in made.rows] == [
        "わかば社",
        "あおば社",
        "（個人会員）",
        "かえで社",
        "さくら社",
    ]
    blank = ["".join(line.text for line in cell.lines) for cell in made.table[0][4:]]
    assert blank == [""] * 13


def test_what_is_known_of_a_month_stands_in_its_column():
    row = Row(number=1, attended={11: "○"})
    marks = [line.text for column in month_columns(4) for line in column.cell(row).lines]
    assert marks == ["○"]
