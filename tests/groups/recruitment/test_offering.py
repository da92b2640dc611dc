"""繰り上げ: a place that became free goes to the next who waits, and by itself to the one after."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError

from groups import lifecycle
from groups.models import Application, Group, Membership, Offer
from groups.recruitment import links, offering, withdrawing
from members import bounces, letters
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_company
from tests.groups.recruitment.closed_rounds import ACCEPT, TODAY, WAIT, announce, closed_round, decided

State = Application.State
DUE = datetime.date(2026, 12, 2)
DAY = datetime.timedelta(days=1)
OFFERED = "groups/application_offered"
NUMBER = "4012301004567"


def at(day: datetime.date) -> time_machine.travel:
    return time_machine.travel(NOW + (day - TODAY))


@pytest.fixture
def call(office, staff):
    """Announced: two places, both taken; three wait, the second in number first."""
    call = closed_round(office, capacity=2)
    for _ in range(2):
        decided(call, ACCEPT, staff.user)
    for place in (2, 1, 3):
        decided(call, WAIT, staff.user, waiting_place=place)
    announce(call, staff.user)
    call.refresh_from_db()
    Letter.objects.all().delete()
    return call


def accepted(call):
    return list(call.applications.filter(state=State.ACCEPTED).order_by("serial"))


def waiting(call) -> list[int]:
    return [each.serial for each in offering.places_of(call).waiting]


def freed(call) -> None:
    withdrawing.withdraw(application=accepted(call)[0])
    Letter.objects.all().delete()


def offer(call, staff, serial=4, due=DUE) -> Offer:
    application = call.applications.get(serial=serial)
    return offering.offer(application=application, due=due, by=staff.user)


def test_a_withdrawal_frees_a_place_for_the_first_in_line(call):
    places = offering.places_of(call)
    assert (places.free, places.next, waiting(call)) == (0, None, [4, 3, 5])
    assert offering.rounds_with_a_place(type(call).objects.all()) == []
    freed(call)
    places = offering.places_of(call)
    assert (places.free, places.accepted, places.next and places.next.serial) == (1, 1, 4)
    (found,) = offering.rounds_with_a_place(type(call).objects.all())
    assert (found, found.free) == (call, 1)


def test_an_offer_holds_the_place_and_its_letter_opens_the_status(call, staff):
    freed(call)
    made = offer(call, staff)
    places = offering.places_of(call)
    assert (places.free, list(places.offered), waiting(call)) == (0, [made], [3, 5])
    application = call.applications.get(serial=4)
    assert (application.state, offering.open_offer(application)) == (State.OFFERED, made)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.is_secret) == (OFFERED, application.contact_email, True)
    (token,) = re.findall(r"/applications/([\w-]+)/", letter.text)
    link = links.find(token, links.Purpose.STATUS)
    assert link
    assert link.application == application
    assert offering.rounds_with_a_place(type(call).objects.all()) == []


def test_who_takes_it_is_a_member_and_is_told(call, staff):
    freed(call)
    row = offering.answer(offer=offer(call, staff), taken=True)
    row.refresh_from_db()
    assert (row.state, row.membership.status_on(TODAY)) == (State.ACCEPTED, Membership.Status.ACTIVE)
    assert Letter.objects.latest("pk").kind == "groups/application_accepted"
    assert offering.places_of(call).free == 0


def test_who_gives_it_up_has_withdrawn_and_the_next_is_asked(call, staff):
    freed(call)
    row = offering.answer(offer=offer(call, staff), taken=False)
    assert (row.state, row.membership) == (State.WITHDRAWN, None)
    places = offering.places_of(call)
    assert (places.free, places.next and places.next.serial) == (1, 3)


def test_it_lapses_by_itself_at_the_end_of_the_day(call, staff):
    freed(call)
    made = offer(call, staff)
    with at(DUE):
        assert offering.is_open(made)
    with at(DUE + DAY):
        places = offering.places_of(call)
        assert (offering.is_open(made), places.free, waiting(call)) == (False, 1, [3, 5, 4])
        assert offering.open_offer(call.applications.get(serial=4)) is None
        (found,) = offering.rounds_with_a_place(type(call).objects.all())
        assert found.free == 1
        with pytest.raises(ValidationError, match="令和8年12月2日まで"):
            offering.answer(offer=made, taken=True)
        offer(call, staff, serial=3, due=DUE + 7 * DAY)
    made.refresh_from_db()
    assert (made.taken, made.answered_at is not None) == (None, True)
    assert call.applications.get(serial=4).state == State.WAITLISTED


def test_what_lapsed_is_written_down_once(call, staff):
    freed(call)
    offer(call, staff)
    assert offering.lapse_everywhere() == 0
    with at(DUE + DAY):
        assert [offering.lapse_everywhere(), offering.lapse_everywhere()] == [1, 0]
        assert [(each.due, each.taken) for each in offering.past_offers(call)] == [(DUE, None)]


def test_answered_twice_is_refused(call, staff):
    freed(call)
    made = offer(call, staff)
    offering.answer(offer=made, taken=True)
    for taken in (True, False):
        with pytest.raises(ValidationError, match="もうお返事"):
            offering.answer(offer=made, taken=taken)
    assert len(accepted(call)) == 2


def test_after_it_was_withdrawn_it_is_not_answered(call, staff):
    freed(call)
    made = offer(call, staff)
    withdrawing.withdraw(application=call.applications.get(serial=4))
    with pytest.raises(ValidationError, match="もうお返事"):
        offering.answer(offer=made, taken=True)
    assert offering.places_of(call).free == 1


def test_without_a_free_place_nothing_is_offered(call, staff):
    with pytest.raises(ValidationError, match="空いている席"):
        offer(call, staff)
    freed(call)
    offer(call, staff)
    with pytest.raises(ValidationError, match="空いている席"):
        offer(call, staff, serial=3)


def test_a_smaller_capacity_than_promised_is_told(call, staff):
    freed(call)
    made = offer(call, staff)
    type(call).objects.filter(pk=call.pk).update(capacity=1)
    with pytest.raises(ValidationError, match="定員"):
        offering.answer(offer=made, taken=True)
    made.refresh_from_db()
    assert made.answered_at is None


@pytest.mark.parametrize(
    ("due", "sentence"), [(TODAY - DAY, "これからの日"), (datetime.date(2027, 1, 20), "発会式")]
)
def test_the_day_lies_between_today_and_the_launch(call, staff, due, sentence):
    freed(call)
    with pytest.raises(ValidationError, match=sentence):
        offer(call, staff, due=due)


def test_the_usual_day_is_in_a_week_but_before_the_launch(call):
    assert offering.usual_day(call) == DUE
    for launch, day in ((DUE, DUE - DAY), (TODAY, TODAY), (None, DUE)):
        call.launch_on = launch
        assert offering.usual_day(call) == day


def test_only_who_waits_and_is_matched_and_only_after_the_announcement(call, staff):
    freed(call)
    for state in (State.ACCEPTED, State.WITHDRAWN):
        with pytest.raises(ValidationError, match="補欠で待っている"):
            offer(call, staff, serial=call.applications.filter(state=state)[0].serial)
    call.applications.update(is_new_company=False)
    with pytest.raises(ValidationError, match="名簿にある企業かどうか"):
        offer(call, staff)
    type(call).objects.filter(pk=call.pk).update(announced_at=None)
    with pytest.raises(ValidationError, match="先に、募集の結果"):
        offer(call, staff)


def test_after_the_launch_places_are_the_groups_business(call, staff):
    freed(call)
    made = offer(call, staff)
    lifecycle.move(group=call.group, to=Group.Stage.LAUNCHED, since=TODAY)
    assert offering.rounds_with_a_place(type(call).objects.all()) == []
    with pytest.raises(ValidationError, match="発会しています"):
        offering.answer(offer=made, taken=True)
    with pytest.raises(ValidationError, match="発会しています"):
        offer(call, staff, serial=3)


def test_who_has_no_address_is_offered_without_a_letter(call, staff):
    freed(call)
    call.applications.update(contact_email="")
    offering.answer(offer=offer(call, staff), taken=True, by=staff.user)
    assert not Letter.objects.exists()


def test_the_letter_is_sent_again_with_a_new_link(call, staff):
    freed(call)
    made = offer(call, staff)
    letter = Letter.objects.get()
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.STOPPED, reason="止めました。", text="", html="", written_at=NOW - DAY
    )
    again = letters.send_again(letter=letter)
    assert (again.kind, again.to, again.pk != letter.pk) == (OFFERED, letter.to, True)
    assert made.application.links.count() == 2
    offering.answer(offer=made, taken=False)
    with pytest.raises(ValidationError, match="もうお返事"):
        offering.renew_letter(letter)


def test_to_an_address_that_takes_none_the_letter_is_stopped(call, staff):
    freed(call)
    call.applications.update(contact_email="gone@example.com")
    bounces.record(letter=None, address="gone@example.com", is_hard=True)
    offer(call, staff)
    assert Letter.objects.get().state == Letter.State.STOPPED


def test_the_applicant_is_not_told_what_the_office_knows(call, staff):
    """Neither that the directory has the number, nor that the company has applied twice."""
    freed(call)
    made = offer(call, staff)
    make_company(corporate_number=NUMBER)
    Application.objects.filter(pk=made.application_id).update(corporate_number=NUMBER)
    with pytest.raises(ValidationError) as told:
        offering.answer(offer=made, taken=True)
    assert told.value.messages == [offering.CALL_US]
    with pytest.raises(ValidationError) as office:
        offering.answer(offer=made, taken=True, by=staff.user)
    assert offering.CALL_US not in office.value.messages
    made.refresh_from_db()
    assert (made.answered_at, made.application.state, made.application.membership) == (None, "offered", None)


def test_nothing_is_offered_to_who_is_a_member_by_another_application(call, staff):
    freed(call)
    (member,) = accepted(call)
    company = member.membership.company
    Application.objects.filter(round=call, serial=4).update(known_company=company, is_new_company=False)
    with pytest.raises(ValidationError, match=f"受付番号{member.number}の応募で、もう会員"):
        offer(call, staff)
