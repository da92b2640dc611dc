"""The office's pages of the joint exchange: made, copied, put right, published, called off, closed."""

import datetime

import pytest
from django.urls import reverse

from events import links
from events.models import JointExchange, PartnerGroup, PartnerTerm
from members.models import Invitation, Letter
from tests.exchange_factories import at, make_booth, make_exchange, make_registration
from tests.factories import make_person
from tests.strictness import parse_strictly

FACTS = {
    "day": "2028-02-09",
    "start": "13:00",
    "end": "17:00",
    "title": "異業種交流グループ合同交流会",
    "place": "多摩テクノプラザ 大ホール",
    "member_capacity": "150",
    "public_capacity": "50",
    "entry_from": "2027-11-01",
    "entry_until": "2028-01-31",
    "call_from": "2027-11-01",
    "call_until": "2027-12-10",
    "table_rounds": "3",
    "table_seats": "6",
    "table_minutes": "20",
}
OFFICE_PAGES = (
    "exchange_office",
    "exchange_edit",
    "exchange_programme",
    "exchange_publish",
    "exchange_cancel",
    "exchange_change_told",
)
ROW = {"pk": "", "time": "", "title": "", "kind": "other", "speaker": "", "group": "", "words": ""}


def rows(*items: dict, **others: str) -> dict[str, str]:
    sent = {"form-TOTAL_FORMS": str(len(items)), "form-INITIAL_FORMS": "0"}
    for number, item in enumerate(items):
        sent |= {f"form-{number}-{name}": value for name, value in (ROW | item).items()}
    return sent | others


@pytest.fixture
def exchange(staff) -> JointExchange:
    return make_exchange(address="東京都昭島市東町3-6-1")


@pytest.mark.parametrize("name", OFFICE_PAGES)
@pytest.mark.parametrize("state", ["draft", "published", "held"])
def test_each_page_opens_in_each_state(staff, exchange, name, state):
    JointExchange.objects.update(state=state)
    answer = staff.client.get(reverse(name, args=[2026]))
    assert answer.status_code == 200
    parse_strictly(answer.content)


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_only_the_office_opens_them(visitor, member, secretary, exchange, name):
    url = reverse(name, args=[2026])
    assert [each.client.get(url).status_code for each in (visitor, member, secretary)] == [302, 403, 403]


def test_the_list_and_the_new_one_open_without_any(staff):
    for url in ("/office/joint/", "/office/joint/new/"):
        answer = staff.client.get(url)
        assert answer.status_code == 200
        parse_strictly(answer.content)


def test_a_new_one_is_filled_with_last_years_a_year_later(staff, exchange):
    form = staff.client.get("/office/joint/new/?from=2026").context["form"]
    assert form["day"].value() == datetime.date(2028, 2, 9)
    assert form["call_until"].value() == datetime.date(2027, 12, 9)
    assert form["place"].value() == exchange.place


def test_the_new_one_is_stored_with_programme_floor_and_circuits(staff, exchange, office):
    exchange.programme.create(position=1, title="講演", kind="talk", speaker="架空 一郎")
    answer = staff.client.post("/office/joint/new/?from=2026", FACTS | {"office": office.pk})
    assert answer.status_code == 302, answer.context["form"].errors
    made = JointExchange.objects.get(fiscal_year=2027)
    assert (made.state, made.floor, made.starts_at) == (
        "draft",
        exchange.floor,
        at(datetime.date(2028, 2, 9), 13),
    )
    assert [*made.circuits.values_list("letter", flat=True)] == ["A", "B"]
    assert [*made.programme.values_list("title", "speaker")] == [("講演", "")]
    assert made.registration_until.astimezone().second == 59


def test_one_fiscal_year_has_one(staff, exchange, office):
    answer = staff.client.post("/office/joint/new/", FACTS | {"office": office.pk, "day": "2027-03-01"})
    assert "この日の年度には、もう合同交流会があります" in answer.content.decode()
    assert JointExchange.objects.count() == 1


def test_another_place_is_told_on_the_next_page(staff, exchange):
    make_registration(exchange, email="one@example.jp")
    sent = facts_of_form(staff, exchange) | {"place": "本部 講堂"}
    answer = staff.client.post(reverse("exchange_edit", args=[2026]), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == reverse("exchange_change_told", args=[2026])
    exchange.refresh_from_db()
    assert (exchange.place, exchange.sequence) == ("本部 講堂", 1)
    assert exchange.booths_from == at(datetime.date(2026, 11, 2), 9)
    answer = staff.client.post(answer.url, {"words": "会場が変わりました。"})
    letter = Letter.objects.get(kind="events/exchange_changed")
    assert letter.to == "one@example.jp"
    assert "会場が変わりました。" in letter.text
    assert "本部 講堂" in letter.text


def test_another_capacity_says_what_became_of_the_places(staff, exchange):
    JointExchange.objects.update(public_capacity=1)
    make_registration(exchange)
    make_registration(exchange, state="waiting")
    url = reverse("exchange_edit", args=[2026])
    answer = staff.client.post(url, facts_of_form(staff, exchange) | {"public_capacity": "2"}, follow=True)
    assert "空いた席を、補欠の1名にご案内しました。" in answer.content.decode()
    answer = staff.client.post(url, facts_of_form(staff, exchange) | {"public_capacity": "1"}, follow=True)
    assert "定員1名に対して2名に、もうお約束しています" in answer.content.decode()
    assert exchange.registrations.filter(state__in=["confirmed", "offered"]).count() == 2


def test_two_at_once_see_both_texts(staff, exchange):
    sent = facts_of_form(staff, exchange)
    staff.client.post(reverse("exchange_edit", args=[2026]), sent | {"theme": "一つめ"})
    answer = staff.client.post(reverse("exchange_edit", args=[2026]), sent | {"theme": "二つめ"})
    assert answer.status_code == 200
    assert [each.name for each in answer.context["form"].conflict.fields] == ["theme"]


def test_the_programme_stands_in_the_order_of_its_times(staff, exchange, group):
    url = reverse("exchange_programme", args=[2026])
    sent = rows(
        {"title": "分散会", "time": "15:00", "kind": "tables"},
        {"title": "つづき"},
        {"title": "開会", "time": "13:00", "kind": "opening"},
        {"title": "紹介", "time": "13:30", "kind": "group", "group": str(group.pk)},
    )
    assert staff.client.post(url, sent).status_code == 302
    titles = [*exchange.programme.values_list("title", flat=True)]
    assert titles == ["開会", "紹介", "分散会", "つづき"]
    first = exchange.programme.get(title="開会")
    staff.client.post(url, rows({"pk": str(first.pk), "title": "開会のことば", "time": "13:00"}))
    assert [*exchange.programme.values_list("pk", "title")] == [(first.pk, "開会のことば")]


def test_more_rows_lose_nothing_that_was_typed(staff, exchange):
    url = reverse("exchange_programme", args=[2026])
    answer = staff.client.post(url, rows({"title": "講演", "time": "25:99"}, more="1"))
    parse_strictly(answer.content)
    assert 'value="講演"' in answer.content.decode()
    assert exchange.programme.count() == 0


def test_the_programme_of_two_at_once_asks(staff, exchange):
    url = reverse("exchange_programme", args=[2026])
    staff.client.post(url, rows({"title": "一つめ"}, version="0"))
    answer = staff.client.post(url, rows({"title": "二つめ"}, version="0"))
    assert "ほかの方が、先にプログラムを直しました" in answer.content.decode()
    version = answer.context["form"].data["version"]
    assert staff.client.post(url, rows({"title": "二つめ"}, version=version)).status_code == 302


def test_publishing_shows_first_what_becomes_visible(staff, visitor, exchange):
    JointExchange.objects.update(state="draft")
    assert visitor.client.get("/joint/2026/").status_code == 404
    page = staff.client.get(reverse("exchange_publish", args=[2026])).content.decode()
    assert "ご案内の文がありません" in page
    assert "多摩テクノプラザ 大ホール" in page
    staff.client.post(reverse("exchange_publish", args=[2026]))
    assert visitor.client.get("/joint/2026/").status_code == 200


def test_calling_it_off_tells_each_address_once(staff, exchange, member):
    for name, state in (("受付", "confirmed"), ("補欠", "waiting"), ("取消", "cancelled")):
        make_registration(exchange, name=f"架空 {name}", state=state, email=f"{state}@example.jp")
    make_registration(exchange, name="架空 電話", email="", phone="042-500-0000")
    company = member.membership.company
    make_booth(exchange, company=company, applied_by=member.user, email="CONFIRMED@example.jp")
    url = reverse("exchange_cancel", args=[2026])
    assert "架空 電話" in staff.client.get(url).content.decode()
    staff.client.post(url, {"reason": "大雪のため"})
    exchange.refresh_from_db()
    assert (exchange.state, exchange.cancel_reason, exchange.sequence) == ("cancelled", "大雪のため", 1)
    told = Letter.objects.filter(kind="events/exchange_cancelled").order_by("to")
    assert [letter.to for letter in told] == ["confirmed@example.jp", "waiting@example.jp"]
    assert "大雪のため" in told[0].text
    staff.client.post(url, {"reason": "もう一度"})
    assert Letter.objects.filter(kind="events/exchange_cancelled").count() == 2


def test_before_calling_it_off_each_kind_is_counted_and_the_unconfirmed_link_says_so(
    staff, visitor, exchange
):
    person = {"kind": "member", "state": "invited"}
    for number in (1, 2):
        make_registration(exchange, person=make_person(email=f"asked{number}@example.jp"), **person)
    make_registration(exchange)
    pending = make_registration(exchange, state="pending", confirm_until=at(datetime.date(2026, 12, 1), 9))
    url = reverse("exchange_cancel", args=[2026])
    page = staff.client.get(url).content.decode()
    said = ("3通のお知らせを送ります", "受付 1名<br>お返事待ち 2名", "申し込み 1件には送りません")
    assert [each for each in said if each not in page] == []
    staff.client.post(url, {"reason": "大雪のため"})
    assert Letter.objects.filter(kind="events/exchange_cancelled").count() == 3
    shut = visitor.client.get(reverse("exchange_ticket", args=[links.token_of(pending)])).content.decode()
    assert ("中止になりました" in shut, "大雪のため" in shut) == (True, True)


def test_a_reason_is_needed(staff, exchange):
    answer = staff.client.post(reverse("exchange_cancel", args=[2026]), {"reason": ""})
    assert "中止の理由を入れてください" in answer.content.decode()
    exchange.refresh_from_db()
    assert exchange.state == "published"


def test_what_has_begun_is_not_called_off(staff, exchange):
    morning, october = (at(datetime.date(2026, *day), 10) for day in ((11, 25), (10, 1)))
    JointExchange.objects.update(starts_at=morning, booths_from=october, booths_until=exchange.booths_from)
    page = staff.client.get(reverse("exchange_cancel", args=[2026])).content.decode()
    assert ("中止にできません" in page, "通のお知らせを送る" in page) == (True, False)


def test_it_is_closed_once_it_has_begun(staff, exchange):
    url = reverse("exchange_close", args=[2026])
    staff.client.post(url)
    exchange.refresh_from_db()
    assert exchange.state == "published"
    JointExchange.objects.update(
        starts_at=at(datetime.date(2026, 11, 25), 10),
        booths_until=exchange.booths_from,
        booths_from=at(datetime.date(2026, 10, 1), 9),
    )
    staff.client.post(url)
    exchange.refresh_from_db()
    assert exchange.state == "held"


def test_a_person_of_the_partner_is_invited_and_ends(staff, visitor):
    assert staff.client.get("/office/joint/partners/new/").status_code == 200
    sent = {"family_name": "架空", "given_name": "公子", "email": "partner@example.jp", "since": "2026-11-01"}
    assert staff.client.post("/office/joint/partners/new/", sent).status_code == 302
    term = PartnerTerm.objects.get()
    assert (str(term.person.name), term.until) == ("架空 公子", None)
    assert Invitation.objects.get().email == "partner@example.jp"
    end = reverse("office_partner_end", args=[term.pk])
    assert "架空 公子" in staff.client.get(end).content.decode()
    staff.client.post(end)
    term.refresh_from_db()
    assert term.until == datetime.date(2026, 11, 24)


def test_without_an_address_nothing_is_stored(staff):
    sent = {"family_name": "架空", "given_name": "公子", "since": "2026-11-01"}
    answer = staff.client.post("/office/joint/partners/new/", sent)
    assert "招待のメールをお送りするので" in answer.content.decode()
    assert not PartnerTerm.objects.exists()


def test_the_partners_groups_come_and_go(staff):
    staff.client.post("/office/joint/partners/", {"name": "公社の架空会", "kana": "コウシャノカクウカイ"})
    group = PartnerGroup.objects.get()
    staff.client.post(reverse("office_partner_group", args=[group.pk]))
    group.refresh_from_db()
    assert group.is_current is False
    staff.client.post("/office/joint/partners/", {"name": "公社の架空会"})
    group.refresh_from_db()
    assert (group.is_current, group.kana, PartnerGroup.objects.count()) == (True, "コウシャノカクウカイ", 1)
    answer = staff.client.post("/office/joint/partners/", {"name": "公社の架空会"})
    assert answer.status_code == 200
    parse_strictly(answer.content)


def facts_of_form(staff, exchange) -> dict[str, str]:
    """What the browser would send if nothing was changed."""
    form = staff.client.get(reverse("exchange_edit", args=[exchange.fiscal_year])).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent["record-version"] = form.record_version
    return {name: str(value) for name, value in sent.items() if value not in (None, False, "")}


def test_what_is_over_offers_no_step_that_is_shut(staff, exchange):
    invite, enter = (reverse(name, args=[2026]) for name in ("exchange_invite", "exchange_registration_new"))
    page = staff.client.get(reverse("exchange_office", args=[2026])).content.decode()
    assert (f'href="{invite}"' in page, f'href="{enter}"' in page) == (True, True)
    JointExchange.objects.update(state="held")
    page = staff.client.get(reverse("exchange_office", args=[2026])).content.decode()
    assert (f'href="{invite}"' in page, f'href="{enter}"' in page) == (False, False)
