"""/joint/ticket/<token>/: the one personal page, in every state and behind every door."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from events.links import token_of
from events.models import JointExchange, Registration
from tests.exchange_factories import DAY, at, make_exchange, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange():
    return make_exchange(has_party=True)


def path(row, more="") -> str:
    return f"/joint/ticket/{token_of(row)}/{more}"


def text(answer) -> str:
    return answer.content.decode()


def asked(exchange, person, **fields) -> Registration:
    return Registration.objects.create(
        exchange=exchange, kind="member", person=person, name=person.name, **{"state": "invited"} | fields
    )


def test_who_was_asked_answers_with_one_button(visitor, exchange, member):
    row = asked(exchange, member.person)
    page = text(visitor.client.get(path(row)))
    assert "参加されますか" in page
    assert row.history.count() == 1
    page = text(visitor.client.post(path(row), {"wants_party": "on", "wants_tables": "on"}, follow=True))
    row.refresh_from_db()
    assert (row.state, row.source, row.wants_party, row.is_listed) == ("confirmed", "link", True, False)
    assert "参加番号は1です" in page


def test_or_declines_and_thinks_better_of_it(visitor, exchange, member):
    row = asked(exchange, member.person)
    page = text(visitor.client.post(path(row, "decline/"), follow=True))
    assert "「参加しない」とお返事をいただいています" in page
    visitor.client.post(path(row))
    row.refresh_from_db()
    assert row.state == "confirmed"
    page = text(visitor.client.post(path(row, "decline/"), follow=True))
    assert "変えられません" in page, page


def test_the_ticket_has_the_number_and_the_square_of_the_reception(visitor, exchange):
    row = make_registration(exchange)
    page = text(visitor.client.get(path(row)))
    assert f'class="pass-number">{row.number}<' in page
    assert "<path d=" in page
    answer = visitor.client.get(path(row, "ticket.pdf"))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert visitor.client.head(path(row, "ticket.pdf")).content == b""


@pytest.mark.parametrize(
    ("state", "fields", "said"),
    [
        ("pending", {"confirm_until": at(DAY, 9)}, "申し込みを確かめる"),
        ("waiting", {}, "お待ちの順番は、いちばん前です。"),
        ("offered", {"offered_until": at(DAY, 9)}, "この席で参加する"),
        ("offered", {"offered_until": at(DAY.replace(year=2026), 9)}, "お返事の期限"),
        ("lapsed", {"number": 9}, "もう一度申し込む"),
        ("lapsed", {}, "申込フォームを開く"),
        ("cancelled", {}, "参加を取り消しました"),
        ("declined", {}, "参加されますか"),
    ],
)
def test_each_state_says_what_to_do(visitor, exchange, state, fields, said):
    row = make_registration(exchange, state=state, **fields)
    assert said in text(visitor.client.get(path(row)))
    pdf = visitor.client.get(path(row, "ticket.pdf"))
    assert (pdf.status_code, pdf.headers["Location"]) == (302, path(row))


def test_the_order_of_waiting(visitor, exchange):
    make_registration(exchange, state="waiting", waiting_since=timezone.now() - datetime.timedelta(hours=1))
    row = make_registration(exchange, state="waiting")
    assert "お待ちの順番は、2番目です。" in text(visitor.client.get(path(row)))


def test_an_offer_is_taken_up_by_one_post(visitor, exchange):
    row = make_registration(exchange, state="offered", offered_until=at(DAY, 9))
    visitor.client.post(path(row))
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_wishes_are_changed(visitor, exchange):
    row = make_registration(exchange)
    assert text(visitor.client.get(path(row, "choices/"))).count("<form") >= 1
    visitor.client.post(path(row, "choices/"), {"is_listed": "on", "words": "よろしくお願いします。"})
    row.refresh_from_db()
    assert (row.is_listed, row.wants_tables, row.words) == (True, False, "よろしくお願いします。")
    page = text(visitor.client.post(path(row, "choices/"), {"words": "x" * 401}))
    assert "400文字以内" in page
    gone = make_registration(exchange, state="cancelled")
    assert visitor.client.get(path(gone, "choices/")).headers["Location"] == path(gone)


def test_cancelling_says_what_it_means_first(visitor, exchange):
    row = make_registration(exchange)
    assert "席は、すぐにお待ちの方へご案内します。" in text(visitor.client.get(path(row, "cancel/")))
    row.refresh_from_db()
    assert row.state == "confirmed"
    page = text(visitor.client.post(path(row, "cancel/"), follow=True))
    assert "参加を取り消しました" in page
    again = visitor.client.get(path(row, "cancel/"))
    assert again.headers["Location"] == path(row)
    come = make_registration(exchange, arrived_at=timezone.now())
    assert "もう来場されている" in text(visitor.client.post(path(come, "cancel/"), follow=True))


MORE = ["", "choices/", "cancel/", "ticket.pdf"]


@pytest.mark.parametrize("more", MORE)
def test_doors(visitor, exchange, more):
    row = make_registration(exchange, name="架空 秘密")
    good = path(row, more)
    shut = visitor.client.get(f"/joint/ticket/{token_of(row)[:-1]}/{more}")
    assert shut.status_code == 404
    assert "架空 秘密" not in text(shut)
    row.generation += 1
    row.save()
    renewed = text(visitor.client.get(good))
    assert "新しいリンクがあります" in renewed
    assert "架空 秘密" not in renewed
    row.erased_at = timezone.now()
    row.save()
    assert visitor.client.get(path(row, more)).status_code == 404


@pytest.mark.parametrize("more", ["", "choices/", "cancel/"])
def test_over_and_called_off(visitor, exchange, more):
    row = make_registration(exchange)
    with time_machine.travel(exchange.ends_at):
        assert "は、終わりました" in text(visitor.client.get(path(row, more)))
    JointExchange.objects.update(state="cancelled", cancel_reason="大雪のため")
    page = text(visitor.client.post(path(row, more)))
    assert "中止になりました" in page
    assert "大雪のため" in page
    row.refresh_from_db()
    assert row.state == "confirmed"
    JointExchange.objects.update(state="draft", cancel_reason="")
    assert visitor.client.get(path(row, more)).status_code == 404


def test_outside_of_the_period_nobody_enters(visitor, exchange, member):
    row = asked(exchange, member.person)
    with time_machine.travel(exchange.registration_until + datetime.timedelta(seconds=1)):
        assert "申込の期間ではありません" in text(visitor.client.get(path(row)))
        page = text(visitor.client.post(path(row), follow=True))
    assert "参加の申込は、いま受け付けていません。" in page


def test_who_has_arrived_is_not_asked_whether_to_cancel(visitor, exchange):
    row = make_registration(exchange, arrived_at=timezone.now())
    assert visitor.client.get(path(row, "cancel/")).headers["Location"] == path(row)
