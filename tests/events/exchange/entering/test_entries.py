"""Entering, changing and cancelling: a place where one is free and nobody waits, a number once, a letter each time."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.exchange.entering import entries, letters, places
from events.exchange.entering.entries import cancel, change, confirm, decline
from events.models import JointExchange, Registration
from members.models import Letter, Suppression
from tests.exchange_factories import DAY, at, make_exchange, make_registration
from tests.factories import make_group, make_membership

pytestmark = pytest.mark.django_db
State, Source = Registration.State, Registration.Source


@pytest.fixture
def exchange():
    return make_exchange(public_capacity=2, member_capacity=2)


def new(exchange, name="架空 花子", kind="public", **fields) -> Registration:
    return Registration(exchange=exchange, name=name, kind=kind, email="h@example.jp", **fields)


def asked(exchange, **fields) -> Registration:
    person = make_membership(make_group()).representatives.get().person
    return Registration.objects.create(
        exchange=exchange, name=person.name, kind="member", state="invited", person=person, **fields
    )


def kinds() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def test_a_free_place_a_number_and_a_letter(exchange):
    row = confirm(registration=asked(exchange), source=Source.LINK, wants_tables=False)
    row.refresh_from_db()
    assert (row.state, row.number, row.source, row.wants_tables) == ("confirmed", 1, "link", False)
    assert kinds() == ["events/exchange_ticket"]
    assert places.free(exchange, "member") == 1


def test_a_second_time_changes_nothing(exchange):
    row = confirm(registration=asked(exchange), source=Source.LINK)
    again = confirm(registration=row, source=Source.LOGIN, wants_tables=False)
    assert (again.number, again.source, again.wants_tables) == (1, "link", True)
    assert kinds() == ["events/exchange_ticket"]


def test_full_is_the_waiting_list_also_with_a_number(exchange):
    for _ in range(2):
        make_registration(exchange)
    row = confirm(registration=new(exchange), source=Source.OFFICE)
    assert (row.state, row.number, row.waiting_since) == ("waiting", 3, timezone.now())
    assert kinds() == ["events/exchange_waiting"]


def test_members_and_the_partners_share_and_others_need_no_place(exchange):
    make_registration(exchange, kind="member")
    make_registration(exchange, kind="partner")
    assert [places.free(exchange, kind) for kind in ("member", "partner", "public", "guest")] == [
        0,
        0,
        2,
        None,
    ]
    for kind in ("guest", "staff", "press"):
        row = confirm(registration=new(exchange, kind=kind), source=Source.OFFICE, tell=False)
        assert row.state == "confirmed"
    assert kinds() == []


def test_who_waits_goes_first(exchange):
    exchange.public_capacity = 1
    exchange.save()
    coming = make_registration(exchange)
    first = make_registration(exchange, state="waiting", name="架空 一郎")
    cancel(registration=coming)
    first.refresh_from_db()
    assert first.state == "offered"
    late = confirm(registration=new(exchange), source=Source.OFFICE)
    assert late.state == "waiting"


def test_over_lets_in_though_it_is_full(exchange):
    for _ in range(2):
        make_registration(exchange)
    waiting = make_registration(exchange, state="waiting")
    assert confirm(registration=waiting, source=Source.OFFICE, over=True).state == "confirmed"
    assert confirm(registration=new(exchange), source=Source.DOOR, over=True).state == "confirmed"


def test_at_the_door_nobody_waits_but_places_count(exchange):
    make_registration(exchange)
    make_registration(exchange, state="waiting")
    make_registration(exchange, kind="member")
    with time_machine.travel(at(DAY, 13), tick=False):
        assert confirm(registration=new(exchange), source=Source.DOOR).state == "confirmed"
        assert confirm(registration=new(exchange), source=Source.DOOR).state == "waiting"


def test_the_period_to_the_second(exchange):
    until = exchange.registration_until
    with time_machine.travel(until, tick=False):
        assert confirm(registration=asked(exchange), source=Source.LINK).state == "confirmed"
    with time_machine.travel(until + datetime.timedelta(seconds=1), tick=False):
        with pytest.raises(ValidationError) as refused:
            confirm(registration=asked(exchange), source=Source.LINK)
        assert refused.value.messages == [entries.NOT_OPEN]
        assert confirm(registration=asked(exchange), source=Source.OFFICE).state == "confirmed"
    early = time_machine.travel(exchange.registration_from - datetime.timedelta(seconds=1), tick=False)
    with early, pytest.raises(ValidationError):
        confirm(registration=asked(exchange), source=Source.LOGIN)


def test_what_was_applied_for_in_time_is_confirmed_in_time(exchange):
    until = exchange.registration_until
    row = make_registration(exchange, state="pending", confirm_until=until + datetime.timedelta(hours=20))
    with time_machine.travel(row.confirm_until, tick=False):
        assert confirm(registration=row, source=Source.WEB).state == "confirmed"
    late = make_registration(exchange, state="pending", confirm_until=timezone.now())
    with time_machine.travel(late.confirm_until + datetime.timedelta(seconds=1), tick=False):
        with pytest.raises(ValidationError) as refused:
            confirm(registration=late, source=Source.WEB)
        assert refused.value.messages == [entries.NOT_CONFIRMED]


@pytest.mark.parametrize("state", ["pending", "lapsed"])
def test_the_office_vouches_for_an_address_that_was_never_confirmed(exchange, state):
    row = make_registration(exchange, state=state, confirm_until=timezone.now())
    with time_machine.travel(row.confirm_until + datetime.timedelta(seconds=1), tick=False):
        with pytest.raises(ValidationError):
            confirm(registration=row, source=Source.LINK)
        assert confirm(registration=row, source=Source.OFFICE).state == "confirmed"


def test_a_place_that_falls_free_while_it_is_asked_for_is_told_of_once(exchange):
    JointExchange.objects.update(public_capacity=1)
    late = timezone.now() - datetime.timedelta(seconds=1)
    gone = make_registration(exchange, state="offered", offered_until=late, email="gone@example.jp")
    next_one = make_registration(exchange, state="waiting", email="next@example.jp")
    assert confirm(registration=next_one, source=Source.LINK).state == "confirmed"
    told = [("events/exchange_lapsed", gone.email), ("events/exchange_ticket", next_one.email)]
    assert list(Letter.objects.order_by("pk").values_list("kind", "to")) == told


def test_who_takes_a_place_too_late_is_told_how_it_stands_now_and_nothing_else(exchange):
    late = timezone.now() - datetime.timedelta(seconds=1)
    row = make_registration(exchange, state="offered", offered_until=late)
    assert confirm(registration=row, source=Source.LINK).state == "confirmed"
    assert kinds() == ["events/exchange_ticket"]


@pytest.mark.parametrize("state", ["draft", "held", "cancelled"])
def test_nobody_enters_what_is_not_published(exchange, state):
    row = asked(exchange)
    JointExchange.objects.update(state=state)
    for verb in (lambda: confirm(registration=row, source=Source.OFFICE), lambda: decline(registration=row)):
        with pytest.raises(ValidationError):
            verb()


def test_an_offer_is_taken_up_until_its_last_second(exchange):
    make_registration(exchange)
    row = make_registration(
        exchange, state="offered", offered_until=at(DAY, 12) - datetime.timedelta(days=30)
    )
    with time_machine.travel(row.offered_until, tick=False):
        taken = confirm(registration=row, source=Source.LINK)
    assert (taken.state, taken.offered_until) == ("confirmed", None)


def test_after_it_one_queues_again(exchange):
    exchange.public_capacity = 1
    exchange.save()
    row = make_registration(
        exchange, state="offered", offered_until=timezone.now() - datetime.timedelta(seconds=1)
    )
    make_registration(exchange, state="waiting", name="架空 次郎")
    again = confirm(registration=row, source=Source.LINK)
    assert (again.state, again.number) == ("waiting", row.number)
    assert Registration.objects.get(name="架空 次郎").state == "offered"
    assert kinds() == ["events/exchange_offer", "events/exchange_waiting"]


def test_cancelling_frees_the_place_and_tells(exchange):
    row = make_registration(exchange)
    assert places.free(exchange, "public") == 1
    gone = cancel(registration=row)
    assert (gone.state, gone.ended_at, gone.number) == ("cancelled", timezone.now(), row.number)
    assert places.free(exchange, "public") == 2
    cancel(registration=gone)
    assert kinds() == ["events/exchange_withdrawn"]
    back = confirm(registration=gone, source=Source.LINK)
    assert (back.state, back.number, back.ended_at) == ("confirmed", row.number, None)


def test_who_has_come_is_not_cancelled(exchange):
    row = make_registration(exchange, arrived_at=timezone.now())
    with pytest.raises(ValidationError) as refused:
        cancel(registration=row)
    assert refused.value.messages == [entries.HAS_COME]
    with pytest.raises(ValidationError):
        cancel(registration=asked(exchange))


def test_declining_and_thinking_better_of_it(exchange):
    row = asked(exchange)
    assert decline(registration=row).state == "declined"
    assert decline(registration=row).state == "declined"
    assert confirm(registration=row, source=Source.LOGIN).state == "confirmed"
    with pytest.raises(ValidationError):
        decline(registration=row)


def test_wishes_are_changed_and_what_is_no_wish_is_not(exchange):
    row = change(registration=make_registration(exchange), is_listed=True, words="よろしく", wants_party=True)
    row.refresh_from_db()
    assert (row.is_listed, row.words, row.wants_party) == (True, "よろしく", False)
    with pytest.raises(ValidationError):
        change(registration=asked(exchange), is_listed=True)
    with pytest.raises(TypeError):
        change(registration=row, number=1)
    with pytest.raises(TypeError):
        confirm(registration=row, source=Source.LINK, number=1)


def test_all_or_nothing(exchange, monkeypatch):
    row = asked(exchange)
    monkeypatch.setattr(letters, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirm(registration=row, source=Source.LINK)
    row.refresh_from_db()
    exchange.refresh_from_db()
    assert (row.state, row.number, exchange.last_number) == ("invited", None, 0)


def test_who_is_not_reached_by_letter_gets_none(exchange):
    row = asked(exchange)
    row.person.contact_method = "fax"
    row.person.save()
    assert confirm(registration=row, source=Source.OFFICE).state == "confirmed"
    assert kinds() == []


def test_history_says_who_and_how(exchange, django_user_model):
    row = confirm(registration=asked(exchange), source=Source.GROUP)
    assert row.history.first().history_change_reason == "参加の申込（グループの役員）"


def test_an_address_that_takes_no_letters_loses_nothing(exchange):
    """The place holds; the letter is there, stopped, until the address is taken up again."""
    Suppression.objects.create(address="h@example.jp", is_hard=True, why="戻りました。")
    row = confirm(registration=new(exchange), source=Source.OFFICE)
    assert row.state == "confirmed"
    letter = Letter.objects.get()
    assert (letter.state, letter.text) == ("stopped", "")


def test_a_letter_waits_for_the_mail_server(exchange):
    confirm(registration=new(exchange), source=Source.OFFICE)
    assert Letter.objects.get().state == "queued"


def test_who_has_left_the_group_enters_as_a_member_no_more(exchange, left_member):
    """The invitation went out before; whoever had entered by then keeps the place."""
    row = make_registration(exchange, kind="member", person=left_member.person, state="invited")
    with pytest.raises(ValidationError, match="いまは会員ではない"):
        entries.confirm(registration=row, source="link")
    assert Registration.objects.get().state == "invited"
    assert entries.confirm(registration=row, source="office").state == "confirmed"
