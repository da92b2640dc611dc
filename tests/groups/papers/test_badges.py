"""Badges: the role in word and shape, cut marks at every cut, blank ones to be filled in by hand."""

import datetime

import pytest

from groups.models import OfficerTerm
from groups.papers.badges import Badge, Kind, Layout, badges, cut_marks, print_badges
from groups.papers.job import Job
from groups.papers.selection import Readers, guests, members
from members.models import Export
from tests.factories import make_adviser, make_company, make_group, make_membership, make_officer, make_person
from tests.groups.papers.sheets import pages, text_of

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def keyaki(db):
    return make_group(name="けやき会", slug="keyaki", number_prefix="KY", room="green")


def person(company=None, **fields):
    names = {"family_name": "青木", "given_name": "花子", "family_kana": "アオキ", "given_kana": "ハナコ"}
    return make_person(company=company, **names | fields)


def printed(group, present=(), **options) -> bytes:
    return print_badges(job=Job((group,), group, TODAY, None), layout=Layout.TEN, members=present, **options)


def test_who_bears_which(keyaki):
    company = make_company(name="株式会社青葉精機")
    chair, plain = person(company), person(company, given_name="次郎", given_kana="ジロウ")
    make_membership(keyaki, company=company, representatives=[chair, plain])
    make_officer(keyaki, chair, role=OfficerTerm.Role.CHAIR)
    make_officer(keyaki, chair, role=OfficerTerm.Role.TREASURER)
    make_adviser(keyaki, person(given_name="言一", given_kana="ゲンイチ"))
    present = members([keyaki], TODAY, Readers.OFFICE)
    common = ("けやき会", "green")
    assert badges(present, guests([keyaki], TODAY, Readers.OFFICE, present)) == [
        Badge(Kind.OFFICER, "代表幹事", *common, "青木 花子", "アオキ ハナコ", "株式会社青葉精機"),
        Badge(Kind.MEMBER, "会員", *common, "青木 次郎", "アオキ ジロウ", "株式会社青葉精機"),
        Badge(Kind.OFFICER, "助言者", *common, "青木 言一", "アオキ ゲンイチ", ""),
    ]


def test_what_stands_on_a_badge_and_how_large(keyaki):
    company = make_company(name="株式会社青葉精機")
    make_membership(keyaki, company=company, representatives=[person(company)])
    (page,) = pages(printed(keyaki, members([keyaki], TODAY, Readers.OFFICE)))
    assert {each.text: each.size for each in page[:5]} == {
        "● 会員": 11,
        "けやき会": 10,
        "アオキ ハナコ": 10,
        "青木 花子": 30,
        "株式会社青葉精機": 12,
    }
    assert page[-1].text == "けやき会　名札　令和8年11月25日現在　部数番号 001　1／1"


def test_every_kind_has_a_shape_of_its_own():
    assert [kind.shape for kind in Kind] == ["★", "●", "△"]


@pytest.mark.parametrize(
    ("layout", "lefts", "tops"),
    [
        (Layout.TEN, [14, 105], [11, 66, 121, 176, 231]),
        (Layout.EIGHT, [10, 109], [25, 89, 153, 217]),
    ],
)
def test_badges_lie_in_the_middle_of_the_sheet_with_marks_at_every_cut(layout, lefts, tops):
    grid = layout.grid
    assert (grid.lefts, grid.tops, grid.places) == (lefts, tops, len(lefts) * len(tops))
    marks = cut_marks(grid)
    upright = {x for x, _, to_x, _ in marks if x == to_x}
    level = {y for _, y, _, to_y in marks if y == to_y}
    assert upright == {edge for left in lefts for edge in (left, left + 91)}
    assert level == {edge for top in tops for edge in (top, top + 55)}
    ends = [end for x, y, to_x, to_y in marks for end in ((x, y), (to_x, to_y))]
    assert [
        (x, y) for x, y in ends if lefts[0] <= x <= lefts[-1] + 91 and tops[0] <= y <= tops[-1] + 55
    ] == []
    assert all(0 < x < 210 and 0 < y < 297 for x, y in ends)


def test_blank_badges_alone_tell_of_nobody_and_are_not_logged(keyaki):
    content = printed(keyaki, blanks=11)
    assert [len([each for each in page if each.text == "△ ゲスト"]) for page in pages(content)] == [10, 1]
    assert "部数番号" not in text_of(content)
    assert Export.objects.count() == 0


def test_blank_badges_of_several_groups_bear_no_name(keyaki):
    other = make_group(name="みなと会", number_prefix="MN")
    job = Job((keyaki, other), keyaki.office, TODAY, None)
    content = print_badges(job=job, layout=Layout.EIGHT, members=[], blanks=1)
    assert "けやき会" not in text_of(content)


def test_nobody_is_said_in_words(keyaki):
    assert text_of(printed(keyaki)) == "名札にする方は、いません。"
