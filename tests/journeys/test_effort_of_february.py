"""What the joint exchange costs: two taps to register, one for each who comes in, three for 23 badges."""

from typing import Any

import pytest

from events.exchange.entering.tickets import arrival_url
from events.exchange.inviting import sending
from events.models import Registration
from tests.exchange_factories import DAY, make_exchange, make_registration
from tests.factories import make_membership
from tests.house.portal.crawling import text_of_pdf
from tests.journeys.conftest import at
from tests.journeys.post import Post
from tests.journeys.test_effort import tell
from tests.journeys.walking import Walker

MOST_TO_REGISTER, MOST_FOR_BADGES = 2, 3
STATE = Registration.State


def taps(capsys: Any, what: str, walker: Walker) -> int:
    """Links, buttons and boxes: all but what is typed."""
    many = len(walker.did) + walker.touched - len(walker.typed)
    tell(capsys, f"{what}: {many} taps: {'  '.join(walker.did)}")
    return many


def at_the_office(staff: Any, address: str) -> Walker:
    staff.client.force_login(staff.user)
    return Walker("staff", staff.client).open(address)


def test_a_member_registers_from_the_own_page(member, capsys):
    make_exchange()
    walker = Walker("member", member.client).open("/my/").send("参加する").reads("参加番号")
    assert Registration.objects.get(person=member.person).state == STATE.CONFIRMED
    assert (taps(capsys, "registering on the own page", walker) <= MOST_TO_REGISTER, walker.typed) == (
        True,
        [],
    )


def test_a_member_registers_by_the_letter(group, staff, capsys):
    """Opening the letter's link is one, the button the other."""
    exchange, post = make_exchange(), Post()
    person = make_membership(group).representatives.get().person
    sending.invite(exchange=exchange, by=staff.user)
    post.goes_out()
    walker = Walker("member").open(post.link(person.email, f"{exchange.title}のご案内"))
    walker.send("参加する").reads("参加番号")
    assert Registration.objects.get(person=person).state == STATE.CONFIRMED
    assert (taps(capsys, "registering by the letter", walker) + 1 <= MOST_TO_REGISTER, walker.typed) == (
        True,
        [],
    )


@pytest.mark.parametrize("by", ["square", "number"])
def test_one_button_for_each_who_comes_in(staff, capsys, by):
    """The telephone's camera opens the square's address. At the desk Enter sends the typed number."""
    exchange = make_exchange()
    row = make_registration(exchange, "架空 花子")
    with at(DAY.month, DAY.day, 12):
        if by == "square":
            walker = at_the_office(staff, arrival_url(row)).send("受け付ける")
        else:
            walker = at_the_office(staff, f"/office/joint/{exchange.fiscal_year}/reception/")
            walker.send("受け付ける・さがす", q=str(row.number))
        walker.reads("来場")
        row.refresh_from_db()
        assert row.arrived_at is not None
        assert taps(capsys, f"received by the {by}", walker) <= 1


def test_23_badges_from_the_years_page(staff, capsys):
    exchange = make_exchange()
    for number in range(23):
        make_registration(exchange, f"架空 {number}号")
    walker = at_the_office(staff, f"/office/joint/{exchange.fiscal_year}/")
    walker.follow("名札を刷る").send("名札を刷る（PDF）")
    text = "".join(text_of_pdf(walker.file).split())
    assert [number for number in range(23) if f"架空{number}号" not in text] == []
    assert (taps(capsys, "23 badges", walker) <= MOST_FOR_BADGES, walker.typed) == (True, [])
