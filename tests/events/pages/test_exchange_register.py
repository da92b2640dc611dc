"""/joint/<year>/register/: the public enters, and the address is confirmed by the letter's link."""

import time

import pytest
import time_machine
from django.core import signing

from events.exchange.entering import applying
from events.exchange.entering.tickets import ticket_url
from events.forms.exchange_entry import AGAIN, LEAST_SECONDS, RENEWED, SALT, TRAP
from events.models import Registration
from members.models import Letter
from tests.exchange_factories import DAY, at, make_exchange

pytestmark = pytest.mark.django_db
PATH = "/joint/2026/register/"
SENT = "/joint/2026/register/sent/"


@pytest.fixture
def exchange():
    return make_exchange(has_party=True)


def typed(**other) -> dict[str, str]:
    return {
        "name": "𠮷田 花子",
        "kana": "よしだ はなこ",
        "affiliation": "株式会社架空",
        "email": "hanako@example.jp",
        "wants_tables": "on",
        "consent": "on",
        "mark": signing.dumps(time.time() - LEAST_SECONDS, salt=SALT),
        "seen_text": str(applying.text_now().pk),
    } | other


def text(answer) -> str:
    return answer.content.decode()


def test_the_empty_form(visitor, exchange):
    page = text(visitor.client.get(PATH))
    assert applying.text_now().text.splitlines()[0] in page
    assert 'name="wants_party"' in page
    assert Registration.objects.count() == 0


def test_from_the_form_to_the_place(visitor, exchange):
    answer = visitor.client.post(PATH, typed(), follow=True)
    assert answer.redirect_chain == [(SENT, 302)]
    assert "hanako@example.jp" in text(answer)
    row = Registration.objects.get()
    assert (row.state, row.kana, row.wants_tables, row.wants_party) == (
        "pending",
        "ヨシダ ハナコ",
        True,
        False,
    )
    letter = Letter.objects.get()
    link = ticket_url(row)
    assert link in letter.text
    path = link.removeprefix("http://testserver").partition("//")[2].partition("/")[2]
    page = text(visitor.client.get(f"/{path}"))
    assert "申し込みを確かめる" in page
    row.refresh_from_db()
    assert row.state == "pending"
    page = text(visitor.client.post(f"/{path}", follow=True))
    row.refresh_from_db()
    assert (row.state, row.number) == ("confirmed", 1)
    assert "受付票" in page
    assert 'class="pass-number">1<' in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(visitor, exchange):
    page = text(visitor.client.post(PATH, typed(name="", email="hanako", consent="", words="長い話")))
    assert "お名前を入れてください。" in page
    assert "お読みのうえ、同意される場合は印をつけてください。" in page
    assert "長い話" in page
    assert "株式会社架空" in page
    assert "3か所、直してください" in page
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"nickname": "x"}, TRAP),
        ({"mark": "x"}, AGAIN),
        ({"mark": ""}, AGAIN),
        ({"seen_text": "0"}, RENEWED),
        ({"trade": "?"}, "正しく選択"),
        ({"name": "x" * 81}, "80文字以内"),
    ],
)
def test_programs_and_forgeries(visitor, exchange, other, sentence):
    answer = visitor.client.post(PATH, typed(**other))
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert Registration.objects.count() == 0


def test_too_quick(visitor, exchange):
    page = text(visitor.client.post(PATH, typed(mark=signing.dumps(time.time(), salt=SALT))))
    assert AGAIN in page


def test_a_box_gets_not_too_many_letters(visitor, exchange):
    statuses = [visitor.client.post(PATH, typed()).status_code for _ in range(9)]
    assert statuses == [302] * 8 + [429]
    assert Registration.objects.count() == 1


def test_full_is_said_before(visitor, exchange):
    exchange.public_capacity = 1
    exchange.save()
    Registration.objects.create(exchange=exchange, kind="public", state="confirmed", number=1, name="架空")
    assert "補欠としてお待ちいただき" in text(visitor.client.get(PATH))


def test_before_and_after_the_period(visitor, exchange):
    with time_machine.travel(at(DAY, 9)):
        assert "申込は、いま受け付けていません" in text(visitor.client.get(PATH))
        assert "申込は、いま受け付けていません" in text(visitor.client.post(PATH, typed()))
    exchange.registration_from = at(DAY.replace(month=1), 9)
    exchange.save()
    assert "申込は、まだ始まっていません" in text(visitor.client.get(PATH))


def test_no_places_for_the_public(visitor, exchange):
    exchange.public_capacity = 0
    exchange.save()
    assert "一般の方の申込は、受け付けていません" in text(visitor.client.get(PATH))


def test_a_draft_is_nobodys(visitor, exchange):
    exchange.state = "draft"
    exchange.save()
    assert visitor.client.get(PATH).status_code == 404


def test_sent_without_having_sent(visitor, exchange):
    assert "この画面には、お申し込みのあとで" in text(visitor.client.get(SENT))
