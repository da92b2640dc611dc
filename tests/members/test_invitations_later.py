"""What has become of a link since it was sent: its maker's right, its age, a slip in an address, a quicker window."""

import datetime
from contextlib import contextmanager

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from members import invitations
from members.models import Invitation, Letter, User
from tests.factories import PASSWORD, make_membership, make_person, make_staff
from tests.members.inviting import CHOSEN, elsewhere, link_in_letter, page

pytestmark = pytest.mark.django_db


def test_a_link_opens_nothing_that_its_maker_might_not_send_today(secretary, group):
    """An officer names the mailbox of a member, who works for the office from then on."""
    person = make_person(email="hana@example.jp")
    make_membership(group, representatives=[person])
    secretary.client.post(f"/people/{person.pk}/invitation/", {"email": "warui@example.com"})
    link = link_in_letter()
    assert "ようこそ" in page(link).content.decode()
    make_staff(person)
    client = Client()
    answers = [page(link, client), page(link, client, **CHOSEN), elsewhere(link, "x@example.com")]
    with time_machine.travel(datetime.datetime(2026, 12, 20, 10, 0, tzinfo=datetime.UTC)):
        answers += [page(link), page(f"{link}renew/", now="1")]
    assert ["事務局にお知らせください。" in answer.content.decode() for answer in answers] == [True] * 5
    assert client.get("/office/").status_code == 302
    assert (User.objects.filter(person=person).count(), Letter.objects.count()) == (0, 1)
    invitation = Invitation.objects.get()
    for verb in (
        lambda: invitations.claim(invitation=invitation, password=PASSWORD),
        lambda: invitations.renew(invitation=invitation),
        lambda: invitations.send_elsewhere(invitation=invitation, email="x@example.com"),
        lambda: invitations.renew_letter(Letter.objects.get()),
    ):
        with pytest.raises(ValidationError):
            verb()
    assert Invitation.objects.count() == 1


def test_a_link_falls_with_the_login_of_its_maker_and_with_his_post(person, inviter, invited):
    door = invitations.door
    assert door(Invitation.objects.get()) == invitations.Door.OPEN
    inviter.person.staff_assignments.update(until=datetime.date(2026, 11, 24))
    assert door(Invitation.objects.get()) == invitations.Door.REVOKED
    inviter.person.staff_assignments.update(until=None)
    User.objects.filter(pk=inviter.pk).update(is_active=False)
    assert door(Invitation.objects.get()) == invitations.Door.REVOKED
    Invitation.objects.update(made_by=None)
    assert door(Invitation.objects.get()) == invitations.Door.REVOKED


def test_the_invited_person_renews_for_sixty_days_however_often(person, inviter, invited):
    def on(month: int, day: int, year: int = 2026):
        return time_machine.travel(datetime.datetime(year, month, day, 10, 0, tzinfo=datetime.UTC))

    with on(12, 31):
        assert "お送りしました" in page(f"{invited}renew/", now="1").content.decode()
    with on(1, 20, 2027):
        newer = link_in_letter()
        assert "お送りしました" in page(f"{newer}renew/", now="1").content.decode()
    count, newest = Letter.objects.count(), link_in_letter()
    with on(2, 10, 2027):
        for answer in (page(newest), page(f"{newest}renew/", now="1")):
            assert "もう一度招待するようお頼みください" in answer.content.decode()
        with pytest.raises(ValidationError, match="招待しなおしてください"):
            invitations.renew_letter(Letter.objects.latest("pk"))
        assert Letter.objects.count() == count
        invitations.invite(person=person, email=person.email, by=inviter)
    with on(2, 27, 2027):
        assert "新しいリンクを送ってもらう" in page(link_in_letter()).content.decode()


def test_a_link_gone_astray_is_called_back_from_the_mailbox_that_was_invited(person, invited):
    elsewhere(invited, "hnaa@example.com")
    astray = link_in_letter("hnaa@example.com")
    assert "このアドレスに、もう一度送る" in page(invited).content.decode()
    assert "hana@example.jp" in page(f"{invited}renew/", now="1").content.decode()
    again = link_in_letter()
    assert Letter.objects.latest("pk").to == "hana@example.jp"
    # The stranger's mailbox neither opens nor calls back, and the former link has done its work.
    for link in (astray, invited):
        for answer in (page(link), page(link, **CHOSEN), page(f"{link}renew/", now="1")):
            assert "いちばん新しいメール" in answer.content.decode()
    assert Letter.objects.count() == 3
    assert page(again, **CHOSEN).status_code == 302
    assert User.objects.get(person=person).email == "hana@example.jp"


def test_a_link_gone_astray_is_called_back_also_when_it_ran_out(person, invited):
    elsewhere(invited, "hnaa@example.com")
    with time_machine.travel(datetime.datetime(2026, 12, 20, 10, 0, tzinfo=datetime.UTC)):
        assert "このアドレスに、もう一度送る" in page(invited).content.decode()
    with time_machine.travel(datetime.datetime(2027, 2, 20, 10, 0, tzinfo=datetime.UTC)):
        assert "このアドレスに、もう一度送る" not in page(invited).content.decode()


def test_an_address_that_the_inviter_corrected_calls_nothing_back(person, inviter, invited):
    invitations.invite(person=person, email="hanako@example.jp", by=inviter)
    for answer in (page(invited), page(f"{invited}renew/", now="1")):
        assert "このアドレスに、もう一度送る" not in answer.content.decode()
        assert "いちばん新しいメール" in answer.content.decode()
    assert Invitation.objects.waiting().get().email == "hanako@example.jp"


@contextmanager
def taken_back_meanwhile():
    """Another window is quicker: the invitation is taken back after the page has looked, before the verb begins."""
    seen = []

    def quicker(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and not seen:
            seen.append(sql)
            Invitation.objects.update(revoked_at=timezone.now())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(quicker):
        yield
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("what", "day", "typed"),
    [
        ("renew/", 20, {"now": "1"}),
        ("elsewhere/", 1, {"email": "x@example.jp", "again": "x@example.jp"}),
        ("", 1, CHOSEN),
    ],
)
def test_the_slower_of_two_windows_is_told_where_it_stands(person, invited, what, day, typed):
    with time_machine.travel(datetime.datetime(2026, 12, day, 10, 0, tzinfo=datetime.UTC)):
        with taken_back_meanwhile():
            answer = page(f"{invited}{what}", **typed)
        assert (answer.status_code, answer.url) == (302, invited)
        assert "取り消されました" in page(invited).content.decode()
    assert (Letter.objects.count(), User.objects.filter(person=person).count()) == (1, 0)
