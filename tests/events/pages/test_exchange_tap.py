"""POST /joint/<year>/enter/: a member takes part from the own page, in two interactions with the log-in behind them."""

import pytest

from events.models import Registration
from tests.exchange_factories import make_exchange, make_registration

pytestmark = pytest.mark.django_db
PATH = "/joint/2026/enter/"


def text(answer) -> str:
    return answer.content.decode()


def test_one_tap_on_the_own_page(member):
    make_exchange()
    page = text(member.client.get("/my/"))
    assert f'action="{PATH}"' in page
    page = text(member.client.post(PATH, follow=True))
    assert "参加番号は1です" in page
    assert "受付票を開く" in page
    assert "お申し込みはすんでいます（参加番号 1）" in page
    assert f'action="{PATH}"' not in page
    row = Registration.objects.get()
    assert (row.person, row.state, row.source) == (member.person, "confirmed", "login")


def test_the_own_page_leads_to_the_programme_and_to_the_call_for_booths(member):
    make_exchange()
    page = text(member.client.get("/my/"))
    assert 'href="/joint/2026/"' in page
    assert '<a href="/joint/2026/booths/">出展を申し込む・確かめる</a>' in page


def test_the_form_of_the_public_sends_a_member_to_the_one_tap(member, visitor):
    make_exchange()
    said = "会員のあなたのお申し込みは、上の枠からどうぞ。"
    pages = [text(each.client.get("/joint/2026/register/")) for each in (member, visitor)]
    assert [(said in page, f'action="{PATH}"' in page) for page in pages] == [(True, True), (False, False)]


def test_full_is_the_waiting_list(member):
    exchange = make_exchange(member_capacity=1)
    make_registration(exchange, kind="member")
    page = text(member.client.post(PATH, follow=True))
    assert "補欠として受け付けました（番号2）" in page


def test_who_may_not(visitor, left_member, member):
    assert "/login" in visitor.client.post(PATH).headers["Location"]
    make_exchange(state="draft")
    assert member.client.post(PATH).status_code == 404
    assert left_member.client.post(PATH).status_code == 404


def test_no_get(member):
    make_exchange()
    assert member.client.get(PATH).status_code == 405
    assert Registration.objects.count() == 0


def test_without_an_exchange_the_own_page_says_nothing(member):
    assert "合同交流会</h2>" not in text(member.client.get("/my/"))
