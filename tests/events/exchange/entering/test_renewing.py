"""A secret letter is sent again, by the button on its page: as it stands now, to the right person, or not at all."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from events.exchange.entering import letters, renewing, tickets
from events.models import JointExchange, Registration
from members.models import Letter
from tests.conftest import NOW
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_person

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
FIELDS = {
    "pending": {"confirm_until": NOW + HOUR},
    "offered": {"offered_until": NOW + HOUR},
    "lapsed": {"offered_until": NOW - HOUR},
}


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange()


def sent(kind: str, row: Registration, ago: datetime.timedelta = HOUR) -> Letter:
    """The letter went out, and its text is kept no longer."""
    letter = letters.write(kind, row)
    when = timezone.now() - ago
    Letter.objects.filter(pk=letter.pk).update(state="sent", sent_at=when, written_at=when, text="", html="")
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("pending", "confirm"),
        ("confirmed", "ticket"),
        ("waiting", "waiting"),
        ("offered", "offer"),
        ("lapsed", "lapsed"),
    ],
)
def test_by_the_button_on_its_page_with_the_link_that_is_good_now(exchange, staff, state, kind):
    row = make_registration(exchange, state=state, **FIELDS.get(state, {}))
    letter = sent(kind, row)
    Registration.objects.update(generation=2)
    row.refresh_from_db()
    staff.client.post(reverse("office_letter_again", args=[letter.pk]))
    again = Letter.objects.get(state="queued")
    assert (again.kind, again.to) == (f"events/exchange_{kind}", row.email)
    assert tickets.ticket_url(row) in again.text


def test_it_tells_how_it_stands_now(exchange):
    row = make_registration(exchange, state="waiting")
    letter = sent("waiting", row)
    Registration.objects.update(state="confirmed")
    assert renewing.renew_letter(letter).kind == "events/exchange_ticket"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "cancelled"}, "いま「取消」なので"),
        ({"state": "pending", "confirm_until": NOW - HOUR}, "アドレスを確かめる期限が過ぎました"),
        ({"email": "other@example.jp"}, "リンクを作りなおしてください"),
        ({"erased_at": NOW}, "リンクを作りなおしてください"),
    ],
)
def test_where_it_is_of_no_use_it_says_why(exchange, fields, said):
    row = make_registration(exchange)
    letter = sent("ticket", row)
    Registration.objects.update(**fields)
    with pytest.raises(ValidationError, match=said):
        renewing.renew_letter(letter)


def test_of_two_at_one_address_neither_gets_the_other_s(exchange):
    row = make_registration(exchange)
    letter = sent("ticket", row)
    make_registration(exchange, "架空 次郎", email=row.email)
    with pytest.raises(ValidationError, match="リンクを作りなおしてください"):
        renewing.renew_letter(letter)


def test_a_member_gets_it_at_the_address_of_today_or_by_telephone(exchange):
    person = make_person(email="before@example.jp")
    letter = sent("ticket", make_registration(exchange, kind="member", person=person))
    person.email = "now@example.jp"
    person.save()
    assert renewing.renew_letter(letter).to == "now@example.jp"
    person.contact_method = "phone"
    person.save()
    with pytest.raises(ValidationError, match="いまメールが届きません"):
        renewing.renew_letter(letter)


def test_once_it_is_over_and_never_for_the_year_after(exchange, office):
    person = make_person(email="a@example.jp")
    letter = sent("ticket", make_registration(exchange, kind="member", person=person))
    later = make_exchange(fiscal_year=2027, day=datetime.date(2028, 2, 9))
    make_registration(later, kind="member", person=person)
    with (
        time_machine.travel(exchange.ends_at + HOUR),
        pytest.raises(ValidationError, match="もう送れません"),
    ):
        renewing.renew_letter(letter)
