"""/joint/ and /joint/<year>/: the joint exchange as everybody sees it, before, on the day and afterwards."""

import datetime

import pytest

from events.models import JointExchange
from tests.exchange_factories import at, make_booth, make_exchange, make_partner, make_registration
from tests.strictness import parse_strictly

URL = "/joint/2026/"


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(address="東京都昭島市東町3-6-1", organisers="都産技研", title="合同交流会")


def page(actor, url=URL) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_a_visitor_finds_when_where_and_how(visitor, exchange):
    text = page(visitor)
    assert "参加を申し込む" in text
    assert 'href="/joint/2026/register/"' in text
    assert '<meta itemprop="startDate" content="2027-02-10T13:00:00+09:00">' in text
    assert "https://schema.org/EventScheduled" in text
    assert "schema.org/PostalAddress" in text


def test_a_draft_is_nobodys(visitor, member, staff, exchange):
    JointExchange.objects.update(state="draft")
    assert [each.client.get(URL).status_code for each in (visitor, member, staff)] == [404, 404, 200]
    assert "合同交流会は、まだ" in page(visitor, "/joint/")


def test_a_full_one_says_so_and_takes_who_waits(visitor, exchange):
    make_registration(exchange)
    JointExchange.objects.update(public_capacity=1)
    text = page(visitor)
    assert "いま満席です" in text
    assert "補欠で申し込む" in text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"registration_from": at(datetime.date(2026, 12, 1), 9)}, "令和8年12月1日 9:00に始まります"),
        (
            {
                "registration_from": at(datetime.date(2026, 11, 1), 9),
                "registration_until": at(datetime.date(2026, 11, 20), 23, 59),
            },
            "令和8年11月20日に締め切りました",
        ),
        ({"state": "cancelled", "cancel_reason": "大雪のため"}, "中止の理由：大雪のため"),
        ({"public_capacity": 0}, "会員の方の集まりです"),
    ],
)
def test_what_stands_in_the_way_is_said(visitor, exchange, facts, sentence):
    JointExchange.objects.update(**facts)
    text = page(visitor)
    assert sentence in text
    assert "参加を申し込む" not in text


def test_afterwards_it_tells_what_it_was(visitor, exchange):
    make_registration(exchange, arrived_at=at(datetime.date(2027, 2, 10), 13))
    JointExchange.objects.update(state="held", report_words="よい一日でした。")
    text = page(visitor)
    assert "よい一日でした。" in text
    assert "<dt>来場した方</dt><dd>1名</dd>" in text


def test_the_member_is_led_to_their_own_page(member, exchange):
    make_registration(exchange, kind="member", person=member.person)
    text = page(member)
    assert "参加のお申し込みは、すんでいます" in text
    assert "マイページで確かめる" in text


def test_the_calendar_replaces_what_a_phone_holds(visitor, exchange):
    JointExchange.objects.update(sequence=2, state="cancelled", cancel_reason="大雪のため")
    text = visitor.client.get("/joint/2026/calendar.ics").content.decode()
    for line in (f"UID:{exchange.uid}", "SEQUENCE:2", "STATUS:CANCELLED", "SUMMARY:【中止】合同交流会"):
        assert line in text
    assert "DTSTART;TZID=Asia/Tokyo:20270210T130000" in text


def test_home_events_and_the_calendar_of_all_know_it(visitor, exchange):
    assert "/joint/2026/" in page(visitor, "/")
    assert "/joint/2026/" in page(visitor, "/events/")
    assert exchange.uid in visitor.client.get("/calendar.ics").content.decode()


def test_the_page_asks_the_same_at_one_and_at_thirty_booths(
    visitor, member, exchange, django_assert_max_num_queries
):
    def more(number):
        for _each in range(number):
            make_booth(
                exchange, company=member.membership.company, applied_by=member.user,
                state="accepted", number=exchange.booths.count() + 1,
            )  # fmt: skip

    more(1)
    page(visitor)
    with django_assert_max_num_queries(12):
        page(visitor)
    more(29)
    with django_assert_max_num_queries(12):
        page(visitor)


def test_the_partner_is_led_to_its_own_entries_and_sees_no_more(outsider, exchange, group):
    make_partner(outsider.person)
    assert "/joint/2026/partner/" in page(outsider, "/my/")
    assert outsider.client.get("/office/joint/").status_code == 403


def test_the_desk_says_what_is_to_be_done(staff, exchange):
    JointExchange.objects.update(state="draft")
    assert "合同交流会を確かめて、公開する" in page(staff, "/office/")
    JointExchange.objects.update(fiscal_year=2025, state="held")
    assert "令和8年度の合同交流会をつくる" in page(staff, "/office/")
