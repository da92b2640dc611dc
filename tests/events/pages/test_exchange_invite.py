"""/office/joint/<year>/invite/ and remind/: how many, how and what first; then sent; and the same on paper."""

import datetime
import io

import pikepdf
import pytest
import time_machine
from pypdf import PdfReader

from events.models import JointExchange, Registration
from members.models import Export, Letter
from tests.conftest import NOW
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_membership, make_person

INVITE, REMIND, PAPER = (f"/office/joint/2026/{name}" for name in ("invite/", "remind/", "invite.pdf"))


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange()


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def faxed(group):
    return make_membership(group, representatives=[make_person(contact_method="fax", fax="042-000-0001")])


def test_looked_at_first_then_sent_once(staff, exchange, member, secretary, faxed):
    look = text(staff.client.get(INVITE))
    assert "3名にご案内を送ります" in look
    assert "メール 2名　紙・FAX・電話 1名" in look
    assert "連絡手段はFAXです" in look
    assert "042-000-0001" in look
    assert (Registration.objects.count(), Letter.objects.count()) == (0, 0)
    sent = staff.client.post(INVITE, {"words": "お待ちしています。"}, follow=True)
    assert "2名にメールでご案内を送りました。1名には、紙のご案内" in text(sent)
    assert Letter.objects.count() == 2
    assert "まだご案内していない会員はいません" in text(staff.client.post(INVITE, {"words": ""}))
    assert "会員のみなさんに、ご案内しました" in text(staff.client.get(INVITE))


def test_the_silent_are_asked_once_more(staff, exchange, member, faxed):
    staff.client.post(INVITE, {"words": ""})
    assert "いまメールでお願いできる方はいません" in text(staff.client.get(REMIND))
    with time_machine.travel(NOW + datetime.timedelta(days=2)):
        look = text(staff.client.get(REMIND))
        assert ("1名にお願いを送ります" in look, "ぜんぶで2名" in look) == (True, True)
        staff.client.post(REMIND, {"words": ""})
    assert Letter.objects.filter(kind="events/exchange_reminder").count() == 1


def test_who_has_entered_by_the_form_is_not_asked(staff, exchange, member, secretary):
    entered = make_registration(exchange, "別の書き方", email=member.person.email.upper())
    look = text(staff.client.get(INVITE))
    assert ("1名にご案内を送ります" in look, "すでに申し込み済み 1名" in look) == (True, True)
    staff.client.post(INVITE, {"words": ""})
    assert list(Letter.objects.values_list("to", flat=True)) == [secretary.person.email]
    assert "会員のみなさんに、ご案内しました" in text(staff.client.get(INVITE))
    Registration.objects.filter(pk=entered.pk).update(state="cancelled")
    assert "1名にご案内を送ります" in text(staff.client.get(INVITE))


def test_before_it_is_public_nothing_can_be_sent(staff, exchange, member):
    JointExchange.objects.update(state="draft")
    assert "先に公開してください" in text(staff.client.get(INVITE))
    assert "先に公開してください" in text(staff.client.get(REMIND))


def test_on_paper_for_those_off_mail_or_for_one(staff, exchange, member, faxed):
    staff.client.post(INVITE, {"words": ""})
    assert staff.client.head(PAPER).status_code == 200
    assert Export.objects.count() == 0

    def pages(query: str = "") -> int:
        return len(pikepdf.open(io.BytesIO(staff.client.get(f"{PAPER}{query}").content)).pages)

    one = Registration.objects.get(person=member.person)
    assert (pages(), pages(f"?registration={one.pk}"), pages("?registration=x")) == (1, 1, 1)
    assert list(Export.objects.order_by("pk").values_list("row_count", flat=True)) == [1, 1, 0]


def test_each_sheet_has_a_name_twice_the_facts_the_boxes_and_a_code_of_its_own(staff, exchange, group):
    people = [make_person(contact_method="fax", fax=f"042-000-000{number}") for number in (1, 2)]
    for person in people:
        make_membership(group, representatives=[person])
    staff.client.post(INVITE, {"words": ""})
    made = PdfReader(io.BytesIO(staff.client.get(PAPER).content))
    texts = ["".join(page.extract_text().split()) for page in made.pages]
    names = ["".join(person.name.split()) for person in people]
    assert [[each.count(name) for name in names] for each in texts] in ([[2, 0], [0, 2]], [[0, 2], [2, 0]])
    for told in (f"{exchange.title}のご案内", "ところ", "□参加", "ひとこと", "携帯電話で読み取ると"):
        assert [told for each in texts if told not in each] == []
    images = [image for page in made.pages for image in page.images]
    codes = {
        image.data for image in images if image.image.size > (1, 1)
    }  # a pixel keeps the place on the form
    assert len(codes) == 2
    one = PdfReader(io.BytesIO(staff.client.get(f"{PAPER}?registration={_last().pk}").content))
    assert ["/StructTreeRoot" in file.trailer["/Root"] for file in (made, one)] == [False, True]


def _last() -> Registration:
    return Registration.objects.order_by("pk").last()
