"""The letters that go by post: one sheet for each, the address in the window, the copy logged."""

import io

import pytest
from pypdf import PdfReader

from groups.recruitment import result_paper
from members import exports
from members.models import Export
from tests.groups.recruitment.closed_rounds import ACCEPT, DECLINE, announce, closed_round, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(office, staff):
    office.address, office.phone = "東京都昭島市東町3-6-1", "042-500-2300"
    office.save()
    call = closed_round(office)
    decided(call, ACCEPT, staff.user, contact_email="", contact_name="髙橋 花子", name="株式会社𠮷野鷗外堂")
    decided(call, DECLINE, staff.user, contact_email="", building="光ビル")
    decided(call, DECLINE, staff.user)
    return call


def pages(call, staff):
    written = result_paper.print_letters(round=call, by=staff.user)
    return [page.extract_text() for page in PdfReader(io.BytesIO(written)).pages]


def test_a_sheet_for_each_who_is_not_reached_by_mail(call, staff):
    first, second = pages(call, staff)
    for words in (
        "190-0012",
        "株式会社𠮷野鷗外堂",
        "髙橋 花子",
        "様",
        "採択のお知らせ",
        "042-500-2300",
        "2026-001",
    ):
        assert words in first
    assert ("光ビル" in second, "審査の結果のお知らせ" in second) == (True, True)


def test_after_the_announcement_the_same_and_the_copy_tells_of_the_members(call, staff):
    announce(call, staff.user)
    call.refresh_from_db()
    assert len(pages(call, staff)) == 2
    copy = Export.objects.get()
    company = call.group.memberships.get(company__name="株式会社𠮷野鷗外堂").company
    assert (copy.subject, copy.row_count, list(copy.companies.all()), exports.list_of(copy)) == (
        "offices/tama/result-letters",
        2,
        [company],
        "募集の結果のお知らせ（郵便）",
    )


def test_without_a_letter_the_sheet_says_so(office, staff):
    assert "ありません" in pages(closed_round(office), staff)[0]
