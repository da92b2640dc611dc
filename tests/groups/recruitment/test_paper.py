"""The applicant's copy, and the blank form."""

import datetime
import io

import pytest
from pypdf import PdfReader

from groups.models import Application, ApplicationConsent, RecruitmentRound
from groups.recruitment import paper
from members import consents
from tests.factories import make_application, make_office, make_round


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace(" ", "")


@pytest.fixture
def application(office):
    made = make_application(
        make_round(),
        name="株式会社𠮷﨑髙製作所",
        hopes=["people"],
        motive="<b>太い</b>線を引く仕事の話がしたい。",
    )
    ApplicationConsent.objects.create(application=made, kind="mail", given=False)
    return made


def test_the_copy_says_all_that_was_said_and_that_it_is_a_copy(application):
    text = text_of(paper.copy(application))
    for word in ("控え", "2026-001", "株式会社𠮷﨑髙製作所", "人脈", "<b>太い</b>線", "立川市"):
        assert word in text
    assert "今後の案内を送ること" in text


def test_facts_are_in_the_order_of_the_form_and_leave_out_what_is_empty(application):
    sections = dict(paper.facts(application))
    assert list(sections)[:3] == ["会社のこと", "事業のこと", "参加する方（1人目）"]
    labels = {row.label for rows in sections.values() for row in rows}
    assert ("FAX" in labels, "電話" in labels) == (False, True)


def test_a_decision_is_not_on_the_copy(application, staff):
    application.decision, application.decision_reason = Application.Decision.DECLINE, "業種が重なるため"
    text = text_of(paper.copy(application))
    assert ("不採択" in text, "重なる" in text) == (False, False)


def test_the_blank_form_asks_the_same(office):
    text = text_of(paper.blank(2026, [make_round()]))
    for word in ("令和8年度", "企業名", "参加の動機", "□製造業その他", office.name, "反社会的勢力"):
        assert word in text


def test_who_signs_the_blank_form_reads_what_they_agree_to(office):
    text = text_of(paper.blank(2026, [make_round()]))
    assert "写真を使うことに同意する" in text
    assert consents.current_texts()["photograph"].text[:10].replace(" ", "") in text


def test_the_blank_form_says_where_to_send_a_fax(office):
    call = make_round(office=office)
    assert "FAXの番号は、お電話で" in text_of(paper.blank(2026, [call]))
    office.fax = "042-500-2999"
    assert "FAX042-500-2999" in text_of(paper.blank(2026, [call]))


def test_the_blank_form_names_the_offices_that_still_take(office, visitor):
    make_round(office=office)
    over = make_round(office=make_office(slug="honbu", name="本部"), closes_on=datetime.date(2026, 11, 10))
    url = "/recruitment/2026/form.pdf"
    assert over.office.name not in text_of(visitor.client.get(url).content)
    RecruitmentRound.objects.update(closes_on=datetime.date(2026, 11, 10))
    assert over.office.name in text_of(visitor.client.get(url).content)
