"""The book as a reader finds it: cover, contents, sections, with numbers that are true."""

import datetime
import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from groups.book import Order
from groups.book.front import Facts
from groups.book.joining import bound
from groups.book.parts import Section, sections
from groups.models import Group
from groups.rosters.building import rosters
from groups.rosters.variants import Variant
from tests.factories import make_group, make_membership, make_office

# Setting a page is the same whatever the database.
pytestmark = pytest.mark.any_database

DAY = datetime.date(2026, 11, 25)
FACTS = Facts("全グループの会員名簿", Variant.MEMBER, DAY, "事務局", "007", "濵田 隆 様", "控え")
NUMBER = re.compile(r"(\d+)／(\d+)")


def book_of(groups: list[Group]) -> tuple[list[Section], PdfReader]:
    made = sections(rosters(groups, Variant.MEMBER, DAY))
    count, content = bound(made, FACTS)
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == count
    return made, reader


def text_of(page: Any) -> str:
    return re.sub(r"\s", "", page.extract_text())


def lines_of(page: Any) -> str:
    """Line by line as they stand on paper, from the left to the right."""
    return re.sub(r"\s+", " ", page.extract_text(extraction_mode="layout"))


def first_pages(reader: PdfReader, groups: list[Group]) -> dict[str, int]:
    """On which page, counted from 0, each group's section begins: where its heading stands with the list's."""
    found: dict[str, int] = {}
    for place, page in list(enumerate(reader.pages))[1:]:
        text = text_of(page)
        for group in groups:
            if f"{group.name}会員名簿" in text:
                found.setdefault(group.name, place)
    return found


@pytest.fixture
def groups(db) -> list[Group]:
    """Two offices; the second group needs two pages."""
    offices = [make_office(name="本部"), make_office(name="多摩テクノプラザ")]
    made = [make_group(name=f"会{letter}", office=offices[letter > "B"]) for letter in "ABC"]
    for group, count in zip(made, (1, 16, 2), strict=True):
        for _ in range(count):
            make_membership(group, consent="yes")
    return made


def test_every_page_but_the_cover_bears_its_number_and_the_number_of_the_copy(groups):
    _, reader = book_of(groups)
    count = len(reader.pages)
    assert count == 2 + 1 + 2 + 1
    told = [NUMBER.findall(page.extract_text()) for page in reader.pages]
    assert told == [[], *[[(str(number), str(count))] for number in range(2, count + 1)]]
    assert all("部数番号007" in text_of(page) and "濵田隆様" in text_of(page) for page in reader.pages)


def test_the_contents_tell_the_pages_where_the_sections_begin(groups):
    _, reader = book_of(groups)
    begin = first_pages(reader, groups)
    assert begin == {"会A": 2, "会B": 3, "会C": 5}
    contents = lines_of(reader.pages[1])
    for group, members in zip(groups, (1, 16, 2), strict=True):
        assert f"{group.name} 平成24年度 {members} {begin[group.name] + 1}" in contents


def test_a_click_on_a_line_of_the_contents_leads_to_the_section(groups):
    _, reader = book_of(groups)
    links = [link.get_object() for link in reader.pages[1]["/Annots"]]
    leads = [reader.get_page_number(link["/Dest"][0].get_object()) for link in links]
    assert leads == [2, 3, 5]
    assert [link["/Contents"] for link in links] == ["会A　3ページ", "会B　4ページ", "会C　6ページ"]
    assert len({tuple(link["/Rect"]) for link in links}) == 3


def test_bookmarks_stand_beside_the_pages_by_office(groups):
    _, reader = book_of(groups)

    def told(outline: list[Any]) -> list[Any]:
        return [
            told(each) if isinstance(each, list) else (each.title, reader.get_destination_page_number(each))
            for each in outline
        ]

    assert told(reader.outline) == [
        ("表紙", 0), ("目次", 1),
        ("本部", 2), [("会A", 2), ("会B", 3)],
        ("多摩テクノプラザ", 5), [("会C", 5)],
    ]  # fmt: skip
    assert reader.trailer["/Root"]["/PageMode"] == "/UseOutlines"


def test_the_file_says_what_it_is(groups):
    _, reader = book_of(groups)
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "全グループの会員名簿　会員用"
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("ja", True)


def test_fonts_come_once_for_all_sections_that_were_set_together(groups):
    _, reader = book_of(groups)
    fonts = {
        font.idnum
        for page in reader.pages[2:]
        for name, font in page["/Resources"]["/Font"].items()
        if not name.startswith("/Stamp")
    }
    assert len(fonts) == 2


def test_later_pages_of_a_section_say_whose_it_is(groups):
    _, reader = book_of(groups)
    assert "会B会員名簿" in text_of(reader.pages[4])


def test_the_cover_says_how_much_and_whose(groups):
    _, reader = book_of(groups)
    cover = text_of(reader.pages[0])
    for told in (
        "全グループの会員名簿",
        "会員用令和8年11月25日現在",
        "3グループ19会員",
        "取扱注意",
        "控え",
        "007",
    ):
        assert told in cover


@pytest.mark.parametrize(("count", "pages"), [(0, 2), (1, 3), (27, 29), (60, 63)])
def test_any_number_of_groups(db, count, pages):
    made = [make_group(name=f"第{number:02}会") for number in range(count)]
    _, reader = book_of(made)
    assert len(reader.pages) == pages
    begin = first_pages(reader, made)
    assert [begin[group.name] for group in made] == list(range(pages - count, pages))
    contents = "".join(lines_of(page) for page in reader.pages[1 : pages - count])
    for group in made:
        assert f"{group.name} 平成24年度 0 {begin[group.name] + 1}" in contents
    if not count:
        assert "この日の名簿にのせるグループは、ありません。" in contents


def test_the_longest_names_stay_inside_their_lines(db):
    group = make_group(name="あ" * 60, office=make_office(name="い" * 60))
    facts = Facts("グループの会員名簿", Variant.OFFICE, DAY, "事務局", "1000", f"{'う' * 60} 様", "え" * 100)
    _, content = bound(sections(rosters([group], Variant.OFFICE, DAY)), facts)
    text = text_of(PdfReader(io.BytesIO(content)).pages[1])
    assert "あ" * 60 in text
    assert "い" * 10 in text


def test_an_order_survives_its_keeping():
    order = Order(Variant.OFFICE, DAY, (3, 1), False, "控え", "濵田 隆")
    assert Order.from_json(order.as_json()) == order
