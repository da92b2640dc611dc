"""/joint/arrive/<token>/: what the phone's own camera opens."""

from urllib.parse import quote

import pytest

from events.links import token_of
from events.models import Registration
from tests.events.pages.test_exchange_reception import NOON, exchange, here, on_the_day  # noqa: F401
from tests.exchange_factories import make_exchange, make_registration
from tests.strictness import parse_strictly


def url(row: Registration) -> str:
    return f"/joint/arrive/{token_of(row)}/"


def page(staff, row: Registration) -> str:
    answer = staff.client.get(url(row))
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_others_come_to_their_own_page(exchange, on_the_day, visitor, member, secretary):  # noqa: F811
    row = make_registration(exchange)
    own_page = f"/joint/ticket/{token_of(row)}/"
    for each, leads_to in ((visitor, f"{own_page}?from=qr"), (member, own_page), (secretary, own_page)):
        for method in (each.client.get, each.client.post):
            answer = method(url(row))
            assert (answer.status_code, answer["Location"]) == (302, leads_to)
    assert here() == 0


HINT = "受付担当の方は、ログインしてからお読み取りください。"


def test_staff_who_are_not_logged_in_are_told_and_come_back(exchange, on_the_day, visitor, staff):  # noqa: F811
    row = make_registration(exchange)
    text = visitor.client.get(url(row), follow=True).content.decode()
    log_in = f"/accounts/login/?next={quote(url(row), safe='')}"
    assert (HINT in text, f'href="{log_in}"' in text) == (True, True)
    field = f'name="next" value="{url(row)}"'
    assert field in visitor.client.get(log_in).content.decode()
    assert "受け付ける</button>" in page(staff, row)


@pytest.mark.parametrize("change", [{"generation": 2}, {"state": "cancelled"}])
def test_they_are_told_whatever_the_paper_is_worth(exchange, on_the_day, visitor, change):  # noqa: F811
    row = make_registration(exchange)
    read = url(row)
    Registration.objects.update(**change)
    assert HINT in visitor.client.get(read, follow=True).content.decode()


def test_nobody_else_reads_that_line(exchange, on_the_day, visitor, member):  # noqa: F811
    row = make_registration(exchange)
    own_page = f"/joint/ticket/{token_of(row)}/"
    pages = [
        visitor.client.get(own_page),
        visitor.client.get(f"{own_page}?from=mail"),
        member.client.get(f"{own_page}?from=qr"),
        member.client.get(url(row), follow=True),
    ]
    assert [HINT in each.content.decode() for each in pages] == [False] * 4


def test_one_press(exchange, on_the_day, staff, group):  # noqa: F811
    row = make_registration(exchange, kind="member", group=group, wants_party=True)
    text = page(staff, row)
    for told in ("架空 花子", "会員", "けやき会", "参加", "× 写真不可"):
        assert told in text
    assert text.count("受け付ける</button>") == 1
    assert here() == 0
    answer = staff.client.post(url(row), follow=True)
    assert answer.redirect_chain == [("/office/joint/2026/reception/", 302)]
    assert "No. 1 架空 花子様を受け付けました（13:05）。" in answer.content.decode()


def test_received_before(exchange, on_the_day, staff):  # noqa: F811
    row = make_registration(exchange, arrived_at=NOON, received_by=staff.user)
    text = page(staff, row)
    assert "受付済み" in text
    assert "受け付ける</button>" not in text
    assert "人数は、増やしていません。" in staff.client.post(url(row), follow=True).content.decode()


def test_an_older_paper(exchange, on_the_day, staff):  # noqa: F811
    row = make_registration(exchange)
    old = url(row)
    row.generation = 2
    row.save()
    assert "古い受付票です" in staff.client.get(old).content.decode()
    staff.client.post(old)
    assert here() == 1


@pytest.mark.parametrize("state", ["cancelled", "waiting"])
def test_without_a_place(exchange, on_the_day, staff, state):  # noqa: F811
    row = make_registration(exchange, state=state)
    assert "それでも受け付ける</button>" in page(staff, row)
    staff.client.post(url(row))
    assert here() == 0
    staff.client.post(url(row), {"anyway": "1"})
    assert here() == 1


def test_of_last_year(exchange, on_the_day, staff):  # noqa: F811
    last = make_exchange(fiscal_year=2025, day=exchange.day.replace(year=2026), state="held")
    row = make_registration(last)
    text = page(staff, row)
    assert "これは、令和8年2月10日に開いた合同交流会です。" in text
    assert "受け付ける</button>" not in text
    assert '/office/joint/2026/reception/"' in text
    staff.client.post(url(row))
    assert here() == 0


@pytest.mark.parametrize("token", ["x", "1-1.x", "あ"])
def test_no_square_of_ours(exchange, on_the_day, staff, token):  # noqa: F811
    answer = staff.client.get(f"/joint/arrive/{token}/")
    assert answer.status_code == 404
    parse_strictly(answer.content)
    assert "この受付票は読めません" in answer.content.decode()


def test_before_the_day_it_is_for_practising(exchange, staff):  # noqa: F811
    row = make_registration(exchange)
    assert "受付は、当日" in page(staff, row)
    staff.client.post(url(row))
    assert here() == 0
