"""/office/joint/<year>/registrations/: the list, its filter, its sheets; and the pages of one registration."""

import datetime
import io

import openpyxl
import pytest
import time_machine

from events.exchange.inviting import sending
from events.exchange.inviting.registrations import COLUMNS
from events.models import JointExchange, Registration
from members.models import Export, Letter
from tests.conftest import NOW
from tests.exchange_factories import make_exchange, make_partner_group, make_registration

LIST = "/office/joint/2026/registrations/"


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(has_party=True)


@pytest.fixture
def three(exchange, group) -> list[Registration]:
    theirs = make_partner_group()
    made = [
        make_registration(exchange, "亜田 一", kana="アダ ハジメ", affiliation="あお商事", wants_party=True),
        make_registration(exchange, "伊田 二", kana="イダ フタ", kind="member", group=group, state="waiting"),
        make_registration(exchange, "宇田 三", kana="ウダ ミツ", kind="partner", partner_group=theirs),
    ]
    # The factory counts its addresses: a search for a number must not find it there.
    for row in made:
        row.email = "p@example.jp"
        row.save()
    return made


def named(page) -> list[str]:
    return [row.name for row in page.context["page"].object_list]


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "一二三"),
        ("?q=アダ", "一"),
        ("?q=あお商事", "一"),
        ("?q=3", "三"),
        ("?state=waiting", "二"),
        ("?kind=partner", "三"),
        ("?group=keyaki", "二"),
        ("?party=yes", "一"),
        ("?party=no", "二三"),
        ("?arrived=yes", ""),
        ("?arrived=no&kind=public", "一"),
    ],
)
def test_found_by_what_is_asked(staff, three, query, found):
    assert "".join(name[-1] for name in named(staff.client.get(f"{LIST}{query}"))) == found


def test_what_is_not_understood_is_said(staff, three):
    page = staff.client.get(f"{LIST}?state=nonsense&color=red")
    assert len(named(page)) == 3
    assert "「color」というしぼり込みはありません" in text(page)


def test_the_counts_lead_to_the_list(staff, three):
    page = text(staff.client.get(LIST))
    assert f'href="{LIST}?state=confirmed"><b>2' in page
    assert f'href="{LIST}?state=waiting"><b>1' in page


def test_thirty_rows_cost_what_one_costs(staff, exchange, group, django_assert_max_num_queries):
    make_registration(exchange, kind="member", group=group)
    staff.client.get(LIST)
    with django_assert_max_num_queries(12) as one:
        staff.client.get(LIST)
    for number in range(30):
        make_registration(exchange, f"架空 {number}", kind="member", group=group)
    with django_assert_max_num_queries(12) as many:
        page = staff.client.get(LIST)
    assert (len(named(page)), len(many)) == (31, len(one))


def test_the_sheets_hold_what_the_list_shows_and_are_logged(staff, three):
    address = "/office/joint/2026/registrations"
    assert staff.client.head(f"{address}.xlsx").status_code == 200
    assert Export.objects.count() == 0
    book = openpyxl.load_workbook(io.BytesIO(staff.client.get(f"{address}.xlsx?kind=partner").content))
    rows = list(book.worksheets[0].values)
    assert list(rows[0]) == [column.label for column in COLUMNS]
    assert (rows[1][0], rows[1][4], rows[1][7], len(rows)) == (3, "宇田 三", "公社の架空会", 2)
    csv = staff.client.get(f"{address}.csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[4] for line in csv] == ["お名前", "亜田 一", "伊田 二", "宇田 三"]
    told = [(copy.subject, copy.file_format, copy.row_count, copy.taken_by) for copy in Export.objects.all()]
    assert sorted(told) == [
        ("joint/2026/registrations", "csv", 3, staff.user),
        ("joint/2026/registrations", "xlsx", 1, staff.user),
    ]


def test_an_empty_list_says_what_to_do(staff, exchange):
    assert "会員にご案内を送ると、ここに並びます" in text(staff.client.get(LIST))
    JointExchange.objects.update(state="draft")
    assert "公開して、参加申込の期間になると" in text(staff.client.get(LIST))


def entry(**fields) -> dict[str, object]:
    return {"kind": "guest", "name": "来賓 太郎", "wants_tables": "on"} | fields


def test_the_office_enters_a_guest_without_an_address(staff, exchange):
    page = staff.client.post(f"{LIST}new/", entry())
    row = Registration.objects.get()
    assert (page.url, row.state, row.number, row.source, row.entered_by) == (
        f"/office/joint/registrations/{row.pk}/",
        "confirmed",
        1,
        "office",
        staff.user,
    )


def test_where_it_is_full_it_asks_once_more(staff, exchange):
    exchange.public_capacity = 1
    exchange.save()
    make_registration(exchange)
    refused = staff.client.post(f"{LIST}new/", entry(kind="public"))
    assert ("定員に達しています" in text(refused), Registration.objects.count()) == (True, 1)
    staff.client.post(f"{LIST}new/", entry(kind="public", name="次の 人", when_full="wait"))
    staff.client.post(f"{LIST}new/", entry(kind="public", when_full="over"))
    states = dict(Registration.objects.values_list("name", "state"))
    assert (states["次の 人"], states["来賓 太郎"]) == ("waiting", "confirmed")


def test_of_a_name_that_is_there_it_asks_once_more(staff, exchange):
    there = make_registration(exchange, "来賓太郎")
    refused = staff.client.post(f"{LIST}new/", entry())
    assert f"/office/joint/registrations/{there.pk}/" in text(refused)
    staff.client.post(f"{LIST}new/", entry(is_another="on"))
    assert Registration.objects.count() == 2


def test_the_same_form_twice_makes_one_row_and_leads_to_it(staff, exchange):
    sent = entry(affiliation="青葉製作所", email="guest@example.jp")
    first = staff.client.post(f"{LIST}new/", sent)
    again = sent | {"name": "来賓　太郎", "affiliation": "株式会社青葉製作所", "email": "Guest@example.jp"}
    second = staff.client.post(f"{LIST}new/", again, follow=True)
    assert second.redirect_chain == [(first.url, 302)]
    assert "いま同じ内容で受け付けたところです" in text(second)
    assert (Registration.objects.count(), Letter.objects.count()) == (1, 1)
    exchange.refresh_from_db()
    assert exchange.last_number == 1


@pytest.mark.parametrize("field", ["kana", "affiliation", "email"])
def test_who_differs_is_somebody_else(staff, exchange, field):
    staff.client.post(f"{LIST}new/", entry(email="one@example.jp"))
    other = {"kana": "ライヒン タロウ", "affiliation": "別の会社", "email": "two@example.jp"}[field]
    sent = entry(email="one@example.jp", is_another="on") | {field: other}
    staff.client.post(f"{LIST}new/", sent)
    assert Registration.objects.count() == 2


def test_a_minute_later_it_asks_as_ever(staff, exchange):
    staff.client.post(f"{LIST}new/", entry())
    with time_machine.travel(NOW + datetime.timedelta(minutes=2)):
        assert "同じお名前の方が、すでに一覧にいます" in text(staff.client.post(f"{LIST}new/", entry()))
        staff.client.post(f"{LIST}new/", entry(is_another="on"))
    assert Registration.objects.count() == 2


def test_nothing_typed_is_lost(staff, exchange):
    page = text(staff.client.post(f"{LIST}new/", entry(kind="partner", affiliation="残る商事")))
    assert ("残る商事" in page, "公社のグループを選んでください" in page) == (True, True)


def test_the_page_of_one_tells_all_and_what_became_of_it(staff, three):
    page = text(staff.client.get(f"/office/joint/registrations/{three[0].pk}/"))
    assert ("アダ ハジメ" in page, "参加番号 1" in page, "登録しました" in page) == (True, True, True)


def test_put_right_and_two_at_once(staff, three):
    address = f"/office/joint/registrations/{three[0].pk}/edit/"
    version = staff.client.get(address).context["form"].record_version
    given = {"kind": "public", "name": "亜田 壱", "record-version": version}
    assert staff.client.post(address, given).status_code == 302
    second = staff.client.post(address, given | {"name": "亜田 市"})
    assert (second.status_code, Registration.objects.get(number=1).name) == (200, "亜田 壱")


def test_who_waits_is_let_in_over_the_capacity(staff, three):
    JointExchange.objects.update(member_capacity=1)
    address = f"/office/joint/registrations/{three[1].pk}/answer/"
    assert "どちらにするか選んで" in text(staff.client.post(address, {"answer": "yes"}))
    staff.client.post(address, {"answer": "yes", "when_full": "over", "wants_party": "on"})
    row = Registration.objects.get(pk=three[1].pk)
    assert (row.state, row.wants_party, row.wants_tables) == ("confirmed", True, False)


def test_who_stays_on_the_list_keeps_what_was_said(staff, three):
    JointExchange.objects.update(member_capacity=1)
    address = f"/office/joint/registrations/{three[1].pk}/answer/"
    given = {"answer": "yes", "when_full": "wait", "wants_party": "on", "words": "遅れます"}
    staff.client.post(address, given)
    row = Registration.objects.get(pk=three[1].pk)
    assert (row.state, row.wants_party, row.words) == ("waiting", True, "遅れます")


@pytest.mark.parametrize(("state", "days"), [("pending", 1), ("lapsed", -1)])
def test_who_telephones_because_no_letter_came_is_let_in(staff, exchange, state, days):
    row = make_registration(exchange, state=state, confirm_until=NOW + datetime.timedelta(days=days))
    address = f"/office/joint/registrations/{row.pk}/answer/"
    staff.client.post(address, {"answer": "yes"})
    row.refresh_from_db()
    assert (row.state, row.source, row.number) == ("confirmed", "office", 1)


def test_an_answer_on_paper_is_written_down(staff, exchange, member):
    sending.invite(exchange=exchange, by=staff.user)
    row = Registration.objects.get()
    address = f"/office/joint/registrations/{row.pk}/answer/"
    staff.client.post(address, {"answer": "no"})
    assert Registration.objects.get().state == "declined"
    staff.client.post(address, {"answer": "yes", "wants_tables": "on"})
    row.refresh_from_db()
    assert (row.state, row.source, row.entered_by) == ("confirmed", "office", staff.user)
    assert staff.client.get(address).url == f"/office/joint/registrations/{row.pk}/"


def test_cancelled_after_a_second_look(staff, three):
    address = f"/office/joint/registrations/{three[0].pk}/cancel/"
    assert "参加を取り消します" in text(staff.client.get(address))
    assert Registration.objects.get(number=1).state == "confirmed"
    staff.client.post(address)
    assert Registration.objects.get(number=1).state == "cancelled"


def test_the_link_is_made_anew(staff, three):
    staff.client.post(f"/office/joint/registrations/{three[0].pk}/link/")
    assert Registration.objects.get(number=1).generation == 2


def test_nobody_else_comes_in(three, member, secretary, visitor):
    for actor, status in ((member, 403), (secretary, 403), (visitor, 302)):
        assert actor.client.get(LIST).status_code == status
    assert secretary.client.get(f"/office/joint/registrations/{three[0].pk}/").status_code == 404
