"""Asked once each, asked once more; new members by pressing again; by halves never."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.exchange.entering import entries
from events.exchange.inviting import letters, sending
from events.exchange.inviting.invitees import everybody, to_invite, with_reach
from events.exchange.inviting.sending import Sent
from events.models import Registration
from groups import lifecycle
from groups.models import Group
from members.letters import send_again
from members.models import Letter
from tests.conftest import NOW
from tests.events.exchange.inviting.told import letters_of, states
from tests.exchange_factories import at, make_registration
from tests.factories import make_group, make_membership, make_person

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def standing_clock(now) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_everybody_of_a_group_once(
    group, other_group, launched_group, member, secretary, left_member, outsider
):
    alone = make_person(family_name="個人", given_name="一子")
    make_membership(launched_group, person=alone)
    make_membership(other_group, company=member.membership.company, representatives=[member.person])
    people = {person: membership.group for membership, person in everybody()}
    assert people == {
        member.person: group,
        secretary.person: group,
        outsider.person: other_group,
        alone: launched_group,
    }


def test_groups_that_rest_are_asked_and_those_that_form_or_ended_are_not(office):
    def of(name: str, slug: str, prefix: str, stage: str) -> Group:
        made = make_group(
            name=name, kana="カ", slug=slug, number_prefix=prefix, office=office, founded_year=2012
        )
        make_membership(made)
        if stage:
            lifecycle.move(group=made, to=stage, since=timezone.localdate())
        return made

    resting = of("休む会", "rests", "RS", Group.Stage.DORMANT)
    of("終わった会", "ended", "EN", Group.Stage.DISSOLVED)
    assert [membership.group for membership, _ in everybody()] == [resting]


def test_each_gets_a_letter_of_their_own_or_stands_on_paper(exchange, group, member, secretary, staff):
    make_membership(group, representatives=[make_person(contact_method="fax", email="f@example.jp")])
    assert sending.invite(exchange=exchange, by=staff.user, words="お待ちしています。") == Sent(2, 1)
    assert states(exchange) == {"invited": 3}
    assert letters_of("invited") == sorted([member.person.email, secretary.person.email])
    row = Registration.objects.get(person=member.person)
    assert (row.kind, row.group, row.membership, row.affiliation, row.email, row.number) == (
        "member",
        group,
        member.membership,
        member.membership.company.name,
        member.person.email,
        None,
    )
    assert (row.sort_key != "", row.invited_at) == (True, NOW)
    letter = Letter.objects.get(to=member.person.email)
    assert (letter.is_secret, "お待ちしています。" in letter.text) == (True, True)
    assert f"/joint/ticket/{letters.ticket_url(row).split('/')[-2]}/" in letter.text


def test_pressed_again_it_asks_those_who_are_new(exchange, group, member, secretary, staff):
    sending.invite(exchange=exchange, by=staff.user)
    with pytest.raises(ValidationError, match="まだご案内していない会員はいません"):
        sending.invite(exchange=exchange, by=staff.user)
    make_membership(group)
    assert sending.invite(exchange=exchange, by=staff.user) == Sent(1, 0)
    assert states(exchange) == {"invited": 3}


def test_who_entered_before_is_not_asked(exchange, member, secretary, staff):
    Registration.objects.create(
        exchange=exchange, kind="member", state="confirmed", number=1, person=member.person, name="先に"
    )
    assert [person for _, person in to_invite(exchange)] == [secretary.person]


@pytest.mark.parametrize(
    ("state", "day", "said"),
    [
        ("draft", NOW, "先に公開してください"),
        ("cancelled", NOW, "「中止」なので"),
        ("held", NOW, "「終了」なので"),
        ("published", at(datetime.date(2026, 11, 1), 8, 59), "まだ始まっていない"),
        (
            "published",
            at(datetime.date(2027, 2, 3), 23, 59) + datetime.timedelta(seconds=1),
            "締切を過ぎている",
        ),
    ],
)
def test_nobody_is_asked_when_nobody_can_answer(exchange, member, staff, state, day, said):
    exchange.state = state
    exchange.save()
    for verb in (sending.invite, sending.remind):
        with time_machine.travel(day, tick=False), pytest.raises(ValidationError, match=said):
            verb(exchange=exchange, by=staff.user)
    assert Registration.objects.count() == 0


def test_to_the_last_second(exchange, member, staff):
    with time_machine.travel(at(datetime.date(2027, 2, 3), 23, 59), tick=False):
        assert sending.invite(exchange=exchange, by=staff.user) == Sent(1, 0)


def test_all_or_nothing(exchange, member, secretary, staff, monkeypatch):
    write, written = letters.write, []

    def fails(**about):
        if written:
            raise RuntimeError
        written.append(write(**about))

    monkeypatch.setattr(letters, "write", fails)
    with pytest.raises(RuntimeError):
        sending.invite(exchange=exchange, by=staff.user)
    assert (Registration.objects.count(), Letter.objects.count()) == (0, 0)


def test_reminded_once_a_day_and_only_the_silent(exchange, group, member, secretary, staff):
    make_membership(group, representatives=[make_person(contact_method="phone")])
    sending.invite(exchange=exchange, by=staff.user)
    entries.decline(registration=Registration.objects.get(person=secretary.person))
    with pytest.raises(ValidationError, match="いまメールでお願いできる方はいません"):
        sending.remind(exchange=exchange, by=staff.user)  # just asked
    with time_machine.travel(NOW + DAY, tick=False):
        assert sending.remind(exchange=exchange, by=staff.user) == Sent(1, 0)
        with pytest.raises(ValidationError, match="いまメールで"):
            sending.remind(exchange=exchange, by=staff.user)
    assert letters_of("reminder") == [member.person.email]
    with time_machine.travel(NOW + 2 * DAY - datetime.timedelta(seconds=1), tick=False):
        assert [each.reach.by_letter for _, each in sending.silent(exchange)] == [False]
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        assert sending.remind(exchange=exchange, by=staff.user) == Sent(1, 0)


def test_who_has_left_is_not_reminded(exchange, member, staff):
    sending.invite(exchange=exchange, by=staff.user)
    member.membership.representatives.update(until=timezone.localdate())
    with time_machine.travel(NOW + DAY, tick=False), pytest.raises(ValidationError, match="いまメールで"):
        sending.remind(exchange=exchange, by=staff.user)


def test_the_letter_goes_where_the_directory_says_today(exchange, member, staff):
    sending.invite(exchange=exchange, by=staff.user)
    member.person.email = "new@example.jp"
    member.person.save()
    with time_machine.travel(NOW + DAY, tick=False):
        sending.remind(exchange=exchange, by=staff.user)
    assert letters_of("reminder") == ["new@example.jp"]


def test_a_letter_is_sent_again_with_the_link_that_is_good(exchange, member, staff):
    sending.invite(exchange=exchange, by=staff.user)
    row = Registration.objects.get()
    row.generation = 2
    row.save()
    letter = Letter.objects.get()
    Letter.objects.update(state="sent", sent_at=NOW, written_at=NOW - DAY, text="", html="")
    letter.refresh_from_db()
    again = send_again(letter=letter)
    assert letters.ticket_url(row) in again.text
    exchange.state = "cancelled"
    exchange.save()
    with pytest.raises(ValidationError, match="もう送れません"):
        letters.renew_letter(letter)


def test_a_hundred_members_cost_no_more_to_look_at(exchange, group, member, django_assert_num_queries):
    for _ in range(5):
        make_membership(group)
    with django_assert_num_queries(5):
        few = with_reach(to_invite(exchange))
    for _ in range(30):
        make_membership(group)
    with django_assert_num_queries(5):
        many = with_reach(to_invite(exchange))
    assert (len(few), len(many)) == (6, 36)


def test_of_two_who_share_an_address_the_one_who_entered_is_not_asked(exchange, group, staff):
    here, there = (
        make_person(family_name="架空", given_name=name, email="shared@example.jp") for name in ("一", "二")
    )
    make_membership(group, representatives=[here, there])
    make_registration(exchange, "架空　一", email="Shared@example.jp")
    make_registration(
        exchange, "架空 三", email="shared@example.jp", state="pending", confirm_until=NOW + DAY
    )
    assert [person for _, person in to_invite(exchange)] == [there]


def test_who_enters_by_the_form_after_being_asked_is_not_reminded(exchange, member, secretary, staff):
    sending.invite(exchange=exchange, by=staff.user)
    make_registration(exchange, email=member.person.email)
    with time_machine.travel(NOW + 2 * DAY):
        assert [row.person for row, _ in sending.silent(exchange)] == [secretary.person]
