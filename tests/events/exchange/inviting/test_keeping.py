"""The office and others put right, answer for somebody, and send a new link."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events import links
from events.exchange.inviting import keeping, letters, sending
from events.exchange.inviting.own_people import person_of
from events.models import JointExchange, Registration
from members.models import Letter
from tests.events.exchange.inviting.told import letters_of, states
from tests.exchange_factories import make_partner_group, make_registration

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def entered(exchange) -> Registration:
    return make_registration(exchange, "架空 花子", affiliation="架空商事")


def test_what_is_put_right_is_stored_and_nothing_else(exchange, entered, staff):
    entered.name, entered.kana, entered.state, entered.number = "架空 華子", "カクウ ハナコ", "invited", 99
    keeping.correct(registration=entered, by=staff.user)
    row = Registration.objects.get()
    assert (row.name, row.kana, row.state, row.number) == ("架空 華子", "カクウ ハナコ", "confirmed", 1)
    assert "華" in row.search_key
    newest = row.history.latest()
    assert (newest.history_change_reason, newest.history_user) == ("参加申込を直す", staff.user)


def test_another_kind_needs_a_place_there(exchange, entered, staff):
    exchange.member_capacity = 1
    exchange.save()
    make_registration(exchange, "先の 人", kind="member")
    entered.kind = "member"
    with pytest.raises(ValidationError, match="席は、もうありません"):
        keeping.correct(registration=entered, by=staff.user)
    assert Registration.objects.get(pk=entered.pk).kind == "public"
    keeping.correct(registration=entered, by=staff.user, over=True)
    assert Registration.objects.get(pk=entered.pk).kind == "member"


def test_who_becomes_a_guest_leaves_a_place_that_is_offered(exchange, entered, staff):
    exchange.public_capacity = 1
    exchange.save()
    make_registration(exchange, "待つ 人", state="waiting")
    entered.kind = "guest"
    keeping.correct(registration=entered, by=staff.user)
    assert states(exchange) == {"confirmed": 1, "offered": 1}


def test_who_was_offered_a_place_needs_no_answer_as_a_guest(exchange, staff):
    until = timezone.now() + HOUR
    row = make_registration(exchange, "待つ 人", state="offered", offered_until=until)
    row.kind = "guest"
    keeping.correct(registration=row, by=staff.user)
    assert (states(exchange), len(letters_of("ticket"))) == ({"confirmed": 1}, 1)


def test_who_is_asked_stays_a_member(exchange, member, staff):
    sending.invite(exchange=exchange, by=staff.user)
    row = Registration.objects.get()
    row.kind = "guest"
    with pytest.raises(ValidationError, match="会員のほかの種類には変えられません"):
        keeping.correct(registration=row, by=staff.user)


def test_a_new_link_shuts_the_old_one(exchange, entered, staff):
    old = links.token_of(entered)
    assert keeping.renew_link(registration=entered, by=staff.user) is True
    fresh = Registration.objects.get()
    assert (links.key_of(Registration, old), fresh.generation) == ((entered.pk, 1), 2)
    assert letters_of("link") == [entered.email]


def test_without_an_address_no_letter(exchange, staff):
    entered = make_registration(exchange, email="")
    assert keeping.renew_link(registration=entered, by=staff.user) is False
    assert (Registration.objects.get().generation, letters_of("link")) == (2, [])


def test_an_officer_answers_for_a_member_who_was_asked_or_not(exchange, group, member, secretary):
    for actor, comes in ((member, True), (secretary, False)):
        each = person_of(group, actor.person.pk)
        keeping.answer_member(exchange=exchange, each=each, comes=comes, by=secretary.user)
    assert states(exchange) == {"confirmed": 1, "declined": 1}
    row = Registration.objects.get(person=member.person)
    assert (row.source, row.entered_by, row.group, row.number) == ("group", secretary.user, group, 1)


def test_what_a_member_said_is_not_overruled(exchange, group, member, secretary):
    each = person_of(group, member.person.pk)
    keeping.answer_member(exchange=exchange, each=each, comes=False, by=secretary.user)
    with pytest.raises(ValidationError, match="もうお返事があります"):
        keeping.answer_member(exchange=exchange, each=each, comes=True, by=secretary.user)
    assert states(exchange) == {"declined": 1}


def test_outside_of_the_period_an_officer_enters_nobody(exchange, group, member, secretary):
    exchange.state = "held"
    exchange.save()
    each = person_of(group, member.person.pk)
    with pytest.raises(ValidationError, match="受け付けていません"):
        keeping.answer_member(exchange=exchange, each=each, comes=True, by=secretary.user)
    assert states(exchange) == {}


def test_of_another_group_nobody(group, outsider):
    assert person_of(group, outsider.person.pk) is None


def test_the_partner_enters_within_the_period_and_the_office_always(exchange, staff):
    theirs = make_partner_group()

    def new() -> Registration:
        return Registration(
            exchange=JointExchange.objects.get(), name="公社 太郎", partner_group=theirs, kind="partner"
        )

    row = keeping.enter_partner(registration=new(), by=staff.user)
    assert (row.kind, row.state, row.source) == ("partner", "confirmed", "partner")
    JointExchange.objects.update(registration_until=exchange.registration_from.replace(hour=10))
    with pytest.raises(ValidationError, match="受け付けていません"):
        keeping.enter_partner(registration=new(), by=staff.user)
    Registration.objects.all().delete()
    assert keeping.enter_partner(registration=new(), by=staff.user, as_office=True).source == "office"


def test_namesakes_are_found_whatever_the_spaces(exchange, entered):
    make_registration(exchange, "架空 花男")
    make_registration(exchange, "架空花子", state="cancelled")
    assert keeping.namesakes(exchange, "架空　花子") == [entered]


def test_who_waits_and_becomes_a_guest_waits_no_longer(exchange, staff):
    """Guests need no place, so that nothing would ever be offered to one who waits."""
    row = make_registration(exchange, "待つ 来賓", state="waiting")
    row.kind = "guest"
    keeping.correct(registration=row, by=staff.user)
    assert states(exchange) == {"confirmed": 1}
    assert letters_of("ticket") == [row.email]


def test_what_was_erased_is_not_written_again(exchange, entered, staff):
    Registration.objects.update(name="（消しました）", erased_at=timezone.now())
    with pytest.raises(ValidationError, match="消した"):
        keeping.correct(registration=entered, by=staff.user)
    assert Registration.objects.get().name == "（消しました）"


def test_the_same_person_twice_is_entered_once(exchange, staff):
    theirs = make_partner_group()
    about = {"exchange": exchange, "affiliation": "架空社", "partner_group": theirs}
    keeping.enter_partner(registration=Registration(name="公社 太郎", **about), by=staff.user)
    with pytest.raises(ValidationError, match="公社 太郎さんは、もう申し込んであります"):
        keeping.enter_partner(registration=Registration(name="公社　太郎", **about), by=staff.user)
    assert Registration.objects.count() == 1
    Registration.objects.update(state="cancelled")
    again = keeping.enter_partner(registration=Registration(name="公社 太郎", **about), by=staff.user)
    assert again.state == "confirmed"


def test_two_at_one_address_do_not_get_each_other_s_link(exchange, entered):
    """Which of the two an old letter was for, nothing says any more."""
    make_registration(exchange, "架空 次郎", email=entered.email)
    keeping.renew_link(registration=entered, by=None)
    letter = Letter.objects.get(kind="events/exchange_link")
    with pytest.raises(ValidationError, match="リンクを作りなおしてください"):
        letters.renew_letter(letter)
    Registration.objects.exclude(pk=entered.pk).delete()
    assert letters.renew_letter(letter).to == entered.email


def test_who_is_put_right_after_it_was_called_off_brings_no_letters(exchange, entered, staff):
    make_registration(exchange, "待った 人", state="offered", offered_until=timezone.now() - HOUR)
    JointExchange.objects.update(state="cancelled")
    entered.kind = "guest"
    keeping.correct(registration=entered, by=staff.user)
    assert letters_of("lapsed") == []
    assert Registration.objects.get(pk=entered.pk).kind == "guest"
