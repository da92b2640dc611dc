"""Many invitations are set quickly, and read as if each had been set by itself."""

import io

import pytest
from pypdf import PdfReader

from events.exchange.inviting import forms_on_paper
from events.exchange.inviting.forms_on_paper import Sheet, draw
from events.models import Registration
from iri_exchange.lib import qr
from tests.exchange_factories import make_exchange

LONG = "一般社団法人多摩地域ものづくり産業連携推進協議会試作開発支援部会"
PEOPLE = [
    ("株式会社青葉製作所", "架空 一郎"),
    (LONG, "架空 次郎"),
    ("", "架空 三郎"),
    ("青葉精機", "架空 花子"),
]


@pytest.fixture
def context(office) -> dict:
    facts = [("とき", "2月10日"), ("ところ", "多摩テクノプラザ\n大ホール")]
    return {
        "exchange": make_exchange(),
        "facts": facts,
        "until": "2月3日",
        "answers": [("合同交流会", ["参加", "不参加"])],
    }


@pytest.fixture
def sheets() -> list[Sheet]:
    return [
        Sheet(
            Registration(affiliation=affiliation, name=name), qr.picture(f"https://portal.example.jp/{name}")
        )
        for affiliation, name in PEOPLE
    ]


def words(content: bytes) -> list[list[str]]:
    """Of each page, in whatever order they were drawn."""
    pages = PdfReader(io.BytesIO(content)).pages
    return [sorted("".join(page.extract_text().split())) for page in pages]


def codes(content: bytes) -> list[set[bytes]]:
    """The images of each page that are larger than the pixel which keeps the place."""
    pages = PdfReader(io.BytesIO(content)).pages
    return [{image.data for image in page.images if image.image.size > (1, 1)} for page in pages]


def test_joined_is_what_each_would_be_alone_and_in_the_same_order(sheets, context):
    joined, alone = draw(sheets, context, "ご案内"), [draw([sheet], context, "ご案内") for sheet in sheets]
    assert words(joined) == [page for each in alone for page in words(each)]
    assert [sheet.is_alike for sheet in sheets] == [True, False, True, True]
    assert PdfReader(io.BytesIO(joined)).metadata.title == "ご案内"
    assert len({code for page in codes(joined) for code in page}) == len(sheets)


def test_names_stand_where_the_whole_sheet_has_them(sheets, context):
    """The corners of who and code, on the form and on a sheet set with its name."""
    form, whole = (
        forms_on_paper._written([sheet], context, "x")
        for sheet in (Sheet(None, forms_on_paper.NOTHING), sheets[0])
    )
    for place in ("code-0", "who-0"):
        assert form.corners[place] == pytest.approx(whole.corners[place], abs=0.01)


@pytest.mark.parametrize("rows", [0, 1, 30])
def test_no_sheet_one_and_a_form_of_two_pages(sheets, context, rows):
    """Facts that do not fit on a page: nothing is put on anything."""
    context["facts"] = [("とき", "2月10日")] * 40
    many = sheets[:1] * rows
    assert len(words(draw(many, context, "x"))) == max(1, 2 * rows)


def test_the_name_stays_in_the_line_up_to_the_length_that_counts_as_alike(context):
    """Full-width letters are the widest there are."""
    longest = Registration(affiliation="亜" * forms_on_paper.AFFILIATION, name="亜" * forms_on_paper.NAME)
    sheet = Sheet(longest, forms_on_paper.NOTHING)
    form, whole = (
        forms_on_paper._written([each], context, "x").corners
        for each in (Sheet(None, forms_on_paper.NOTHING), sheet)
    )
    assert sheet.is_alike
    assert form == {name: pytest.approx(corner, abs=0.01) for name, corner in whole.items()}


def test_the_stamps_are_one_page_each(sheets):
    made = forms_on_paper._names(sheets, {"code-0": (156.0, 60.0), "who-0": (48.0, 170.0)}, "x")
    assert len(PdfReader(io.BytesIO(made)).pages) == len(sheets)
