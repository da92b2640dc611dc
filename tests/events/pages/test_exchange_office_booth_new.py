"""The office takes in an application that came on paper or by telephone, also after the call."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from events.models import Booth, JointExchange
from iri_exchange.lib.history import of as history_of
from members.models import Company, Letter
from tests.events.pages.test_exchange_booths import TYPED, picture
from tests.exchange_factories import at, make_exchange, make_partner_group
from tests.factories import make_company

URL = "/office/joint/2026/booths/new/"
LATE = at(datetime.date(2026, 12, 11), 0, 0)


@pytest.fixture
def exchange(office):
    return make_exchange(office=office)


@pytest.fixture
def late(exchange, staff):
    """The first second after the call."""
    with time_machine.travel(LATE, tick=False):
        staff.client.force_login(staff.user)
        yield exchange


def text(actor, url=URL, *args, **how):
    return actor.client.get(url, *args, **how).content.decode()


def test_the_list_of_applications_leads_there_while_there_is_something_to_enter(exchange, staff):
    assert (reverse("exchange_office_booth_new", args=[2026]), URL) == (URL, URL)
    list_url = reverse("exchange_office_booths", args=[2026])
    assert "紙・電話の申し込みを入れる" in text(staff, list_url)
    JointExchange.objects.update(state="held")
    assert "紙・電話の申し込みを入れる" not in text(staff, list_url)
    assert "合同交流会を公開してから、終わるまでです" in text(staff, follow=True)


def test_a_company_is_chosen_and_entered_after_the_call_without_an_address(late, staff):
    company = make_company(name="株式会社かみのもうしこみ", city="八王子市", url="https://kami.example.jp/")
    assert f'<option value="company-{company.pk}">株式会社かみのもうしこみ（八王子市）</option>' in text(
        staff
    )
    chosen = f"{URL}?for=company-{company.pk}"
    page = text(staff, chosen)
    assert "https://kami.example.jp/" in page
    assert "出展の募集は、終わりました。いま入れると、募集の期間の外の申込として受け付けます。" in page
    assert str(staff.person) not in page.split("<main")[1].split("</main>")[0]
    answer = staff.client.post(chosen, TYPED | {"email": "", "phone": "042-111-2222", "photo": picture()})
    booth = Booth.objects.get()
    assert answer.url == reverse("exchange_office_booth", args=[booth.pk])
    assert (booth.company, booth.state, booth.applied_by, booth.phone, booth.picture_format) == (
        company, "applied", staff.user, "042-111-2222", "png",
    )  # fmt: skip
    assert history_of(Booth).get(id=booth.pk).history_change_reason == "出展の申込（事務局が入力）"
    assert Letter.objects.count() == 0
    assert f"申込を入れた人</dt><dd>{staff.user}" in text(staff, answer.url)


def test_with_an_address_the_letter_says_until_when_it_can_be_corrected(late, staff):
    staff.client.post(f"{URL}?for=company-{make_company().pk}", TYPED)
    assert "令和9年（2027年）2月10日（水） 13:00" in Letter.objects.get().text


def test_groups_and_the_partners_groups_are_entered_as_well(exchange, staff, group):
    theirs = make_partner_group()
    for key in (f"group-{group.pk}", f"partner-{theirs.pk}"):
        staff.client.post(f"{URL}?for={key}", TYPED)
    assert list(Booth.objects.order_by("pk").values_list("group", "partner_group")) == [
        (group.pk, None), (None, theirs.pk),
    ]  # fmt: skip


def test_what_was_typed_stays_beside_the_sentence(exchange, staff):
    company = make_company()
    chosen = f"{URL}?for=company-{company.pk}"
    page = staff.client.post(chosen, TYPED | {"watts": "2000", "first_person": ""}).content.decode()
    assert ("カメラで傷を見つけます。" in page, "2か所、直してください" in page) == (True, True)
    assert Booth.objects.count() == 0
    staff.client.post(chosen, TYPED)
    again = staff.client.post(chosen, TYPED | {"words": "二度目の文"}).content.decode()
    assert ("二度目の文" in again, "もう申し込んであります" in again) == (True, True)
    assert Booth.objects.count() == 1


def test_who_is_no_more_is_not_offered(exchange, staff):
    closed = make_company(status=Company.Status.CLOSED)
    page = text(staff, f"{URL}?for=company-{closed.pk}")
    assert f'value="company-{closed.pk}"' not in page
    assert ("どこの出展ですか" in page, "一覧から選んでください" in page) == (True, True)


@pytest.mark.parametrize("key", ["company-", "company-x", "group-99999999999999999999", "'", "partner"])
def test_a_key_that_means_nobody_asks_again(exchange, staff, key):
    assert "どこの出展ですか" in text(staff, URL, {"for": key})
    assert staff.client.post(f"{URL}?for={key}", TYPED).status_code == 200
    assert Booth.objects.count() == 0


def test_the_choice_is_in_plain_words_and_asks_as_much_of_thirty_as_of_one(
    exchange, staff, django_assert_max_num_queries
):
    make_company()
    with django_assert_max_num_queries(16) as one:
        page = text(staff)
    assert ("---------" in page, '<option value="">選んでください</option>' in page) == (False, True)
    for _ in range(29):
        make_company()
    with django_assert_max_num_queries(len(one.captured_queries)):
        text(staff)
