"""自社紹介シート: each text for whom it is meant, one page a member, lines where something is missing."""

import datetime
import io

import pytest
from pypdf import PdfReader

from groups.models import OfficerTerm
from groups.papers.company_sheets import print_company_sheets
from groups.papers.job import Job
from groups.papers.selection import Readers, members
from members import consents
from tests.factories import make_company, make_group, make_membership, make_officer, make_person
from tests.groups.papers.sheets import pages, text_of

TODAY = datetime.date(2026, 11, 25)
TEXTS = {
    "strengths": "五軸加工",
    "strengths_for": "group",
    "seeking": "共同開発",
    "seeking_for": "members",
    "pr": "見学歓迎",
    "pr_for": "public",
}


@pytest.fixture
def keyaki(db):
    return make_group(name="けやき会", slug="keyaki", number_prefix="KY", mark="tree")


@pytest.fixture
def aoba(keyaki):
    company = make_company(
        name="株式会社青葉精機", kana="アオバセイキ", representative_name="青葉 一郎", representative_title="社長",
        fax="042-500-9999", email="info@example.jp", url="https://aoba.example.jp/", products="精密部品",
        founded="1968-04", capital=1000, employees=12, **TEXTS,
    )  # fmt: skip
    person = make_person(
        company=company,
        family_name="児玉",
        given_name="花子",
        family_kana="コダマ",
        given_kana="ハナコ",
        title="部長",
    )
    consents.answer_consent(company=company, kind="public_profile", given=True, since=TODAY)
    return make_membership(keyaki, company=company, representatives=[person])


def printed(group, readers=Readers.GROUP) -> bytes:
    present = members([group], TODAY, readers)
    return print_company_sheets(job=Job((group,), group, TODAY, None, readers=readers), members=present)


@pytest.mark.parametrize(
    ("readers", "told"),
    [
        (Readers.OFFICE, {"五軸加工", "共同開発", "見学歓迎", "児玉花子", "青葉一郎", "042-500-9999"}),
        (Readers.GROUP, {"五軸加工", "共同開発", "見学歓迎", "児玉花子", "青葉一郎", "042-500-9999"}),
        (Readers.MEMBERS, {"共同開発", "見学歓迎"}),
        (Readers.PUBLIC, {"見学歓迎"}),
    ],
)
def test_each_reader_learns_what_is_meant_for_them(keyaki, aoba, readers, told):
    text = text_of(printed(keyaki, readers))
    everything = {"五軸加工", "共同開発", "見学歓迎", "児玉花子", "青葉一郎", "042-500-9999"}
    assert {word for word in everything if word in text} == told
    for known in ("株式会社青葉精機", "アオバセイキ", "東京都昭島市", "精密部品", "https://aoba.example.jp/"):
        assert known in text


def test_the_sheet_of_a_company(keyaki, aoba):
    make_officer(keyaki, aoba.representatives.get().person, role=OfficerTerm.Role.CHAIR)
    (page,) = pages(printed(keyaki))
    texts = [each.text for each in page]
    for words in ("けやき会", "自社紹介シート", "令和8年11月25日", "けやき会 事務局", "001", "代表幹事", "社長　青葉 一郎",
                  "部長　児玉 花子（コダマ ハナコ）", "1968年4月", "1,000万円", "12人"):  # fmt: skip
        assert words in texts


def test_only_the_companys_own_words_for_who_lets_only_the_company_be_listed(keyaki):
    company = make_company(name="株式会社ろ")
    person = make_person(company=company, family_name="児玉", given_name="花子")
    make_membership(keyaki, company=company, representatives=[person], consent="company")
    assert "児玉" not in text_of(printed(keyaki))
    assert "児玉" in text_of(printed(keyaki, Readers.OFFICE))


def test_an_individual_has_a_sheet_of_their_own(keyaki):
    person = make_person(
        family_name="吉岡", given_name="德子", title="技術士", trade="技術サービス", products="設計審査"
    )
    make_membership(keyaki, person=person)
    text = text_of(printed(keyaki))
    for words in ("吉岡德子", "技術士", "技術サービス", "設計審査", "得意技術・設備"):
        assert words in text


def test_a_page_a_member_even_with_every_text_at_its_limit(keyaki):
    full = dict.fromkeys(("strengths", "seeking", "pr", "products"), "漢" * 400)
    for number in range(3):
        make_membership(keyaki, company=make_company(name=f"第{number}社", kana="", **full))
    assert len(pages(printed(keyaki))) == 3


def test_what_outgrows_its_page_goes_on_over_it(keyaki):
    company = make_company(products="製\n" * 199, strengths="得\n" * 199)
    make_membership(keyaki, company=company)
    content = printed(keyaki)
    assert len(pages(content)) > 1
    assert (text_of(content).count("製"), text_of(content).count("得")) >= (199, 199)


def tags(node):
    """The kinds of a node's children, depth first."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        child = kid.get_object()
        if "/S" in (child if isinstance(child, dict) else {}):
            yield child["/S"]
            yield from tags(child)


def test_it_can_be_read_aloud(keyaki, aoba):
    reader = PdfReader(io.BytesIO(printed(keyaki)))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ja", True)
    kinds = list(tags(root["/StructTreeRoot"]))
    assert [kinds.count(kind) for kind in ("/Figure", "/H1", "/Table", "/H2")] == [1, 1, 1, 4]
    assert kinds.count("/TH") == kinds.count("/TD") == 11
    assert reader.metadata.title == "けやき会 自社紹介シート 部数番号001"


def test_nobody_is_said_in_words(keyaki):
    assert text_of(printed(keyaki)) == "シートにする会員は、いません。"
