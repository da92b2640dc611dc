"""The postal code stands in the post office's boxes; the sender is the office, the group, or nobody."""

import datetime

import pytest

from groups.papers.addressing import Addressee
from groups.papers.envelopes import BOX_WIDTH, Envelope, Sender, of_group, of_office, print_envelopes
from groups.papers.job import Job
from groups.papers.selection import Readers, members
from tests.factories import make_company, make_group, make_membership, make_office
from tests.groups.papers.sheets import pages, squeezed, text_of

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def keyaki(db):
    office = make_office(name="多摩テクノプラザ", address="東京都昭島市東町3-6-1", phone="042-500-2300")
    group = make_group(name="けやき会", slug="keyaki", number_prefix="KY", office=office)
    company = make_company(name="株式会社青葉精機", postal_code="196-0033")
    make_membership(group, company=company)
    return group


def printed(group, *, envelope=Envelope.NAGA3, sender=None, **options) -> bytes:
    return print_envelopes(
        job=Job((group,), group, TODAY, None),
        envelope=envelope,
        members=members([group], TODAY, Readers.OFFICE),
        addressee=Addressee.COMPANY,
        sender=sender or Sender(),
        **options,
    )


def test_the_boxes_of_the_post_office():
    left = [round(each, 2) for each in Envelope.NAGA3.size.boxes]
    assert left == [64.3, 71.3, 78.3, 85.9, 92.7, 99.5, 106.3]
    assert left[-1] + BOX_WIDTH == pytest.approx(120 - 8)
    assert Envelope.KAKU2.size.boxes[-1] + BOX_WIDTH == pytest.approx(240 - 8)


@pytest.mark.parametrize("envelope", list(Envelope))
def test_each_digit_stands_in_the_middle_of_its_box(keyaki, envelope):
    (page,) = pages(printed(keyaki, envelope=envelope))
    digits = page[:7]
    assert "".join(each.text for each in digits) == "1960033"
    width = 0.555 * 15 * 25.4 / 72
    for digit, left in zip(digits, envelope.size.boxes, strict=True):
        assert digit.x + width / 2 == pytest.approx(left + BOX_WIDTH / 2, abs=0.02)
        assert 12 < digit.y < 20


def test_the_address_does_not_repeat_the_postal_code_and_leaves_room_for_the_stamp(keyaki):
    (page,) = pages(printed(keyaki))
    assert [each.text for each in page[7:]] == ["東京都昭島市東町1-1", "株式会社青葉精機　御中"]
    assert [each for each in page if each.x < 35 and each.y < 70] == []


def test_a_company_without_postal_code(keyaki):
    company = make_company(name="株式会社ふじ", postal_code="", kana="")
    make_membership(keyaki, company=company)
    page = next(page for page in pages(printed(keyaki)) if "ふじ" in "".join(each.text for each in page))
    assert [each.text for each in page][-1] == "株式会社ふじ　御中"


def test_the_sender(keyaki):
    assert "多摩テクノプラザ東京都昭島市東町3-6-1電話042-500-2300" in text_of(
        printed(keyaki, sender=of_office(keyaki.office))
    )
    assert "けやき会事務局東京都立川市1-1" in text_of(
        printed(keyaki, sender=of_group(keyaki, "東京都立川市1-1"))
    )
    assert text_of(printed(keyaki)) == squeezed("1960033 東京都昭島市東町1-1 株式会社青葉精機 御中")
