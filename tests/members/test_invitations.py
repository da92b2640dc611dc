"""Invitations: a link opens once, by a POST, within fourteen days; every other link says what to do."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from members import accounts, invitations
from members.models import Invitation, Letter, User
from tests.factories import PASSWORD, make_login, make_person
from tests.members.inviting import CHOSEN, elsewhere, link_in_letter, page

pytestmark = pytest.mark.django_db


def test_the_token_stands_in_the_letter_alone(person, invited):
    invitation, letter = Invitation.objects.get(), Letter.objects.get()
    token = invited.split("/")[2]
    assert (len(token), len(invitation.token_hash)) == (32, 64)
    assert token not in "".join(str(value) for value in vars(invitation).values())
    assert (letter.to, letter.person, letter.is_secret) == ("hana@example.jp", person, True)
    assert "濵田 花 様" in letter.text
    assert invitation.expires_at - invitation.made_at == datetime.timedelta(days=14)


def test_opening_the_link_changes_nothing_and_posting_it_logs_in_once(person, invited):
    client = Client()
    for _ in range(3):
        assert "濵田 花さん、ようこそ" in page(invited, client).content.decode()
    assert User.objects.filter(person=person).count() == 0
    answer = page(invited, client, **CHOSEN)
    assert (answer.status_code, answer.url) == (302, reverse("my_page"))
    user = User.objects.get(person=person)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.check_password(PASSWORD)) == ("hana@example.jp", True)
    assert user.emailaddress_set.get().verified
    assert "ようこそ" in client.get(answer.url).content.decode()
    for answer in (page(invited), page(invited, **CHOSEN)):
        assert "ログインは、もうできています" in answer.content.decode()
    assert User.objects.filter(person=person).count() == 1


def test_without_a_password_one_has_a_code_sent(person, invited):
    page(invited, way="code")
    assert not User.objects.get(person=person).has_usable_password()
    Client().post(reverse("account_request_login_code"), {"email": person.email})
    assert Letter.objects.latest("pk").kind == "account/login_code"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"way": "password"}, "パスワードを入れてください。"),
        ({**CHOSEN, "password2": "chigau-mono"}, "もう一度入れてください。"),
        ({"way": "password", "password1": "12345", "password2": "12345"}, "短すぎます"),
        ({**CHOSEN, "way": ""}, "直してください"),
    ],
)
def test_a_slip_is_told_and_costs_nothing(person, invited, typed, sentence):
    assert sentence in page(invited, **typed).content.decode()
    assert invitations.door(Invitation.objects.get()) == invitations.Door.OPEN


def test_a_link_that_ran_out_is_renewed_by_the_invited_person_alone(person, invited):
    with time_machine.travel(datetime.datetime(2026, 12, 9, 10, 1, tzinfo=datetime.UTC)):
        assert "新しいリンクを送ってもらう" in page(invited).content.decode()
        assert User.objects.filter(person=person).count() == 0
        assert "hana@example.jp" in page(f"{invited}renew/", now="1").content.decode()
        newer = link_in_letter()
        assert newer != invited
        assert "いちばん新しいメール" in page(invited).content.decode()
        assert page(newer, **CHOSEN).status_code == 302
    # Only what has run out is renewed: everything else says where it stands, and writes no letter.
    count = Letter.objects.count()
    assert "ログインは、もうできています" in page(f"{newer}renew/", now="1").content.decode()
    assert page(f"{invited}renew/").status_code == 405
    assert Letter.objects.count() == count


def test_a_link_that_is_unknown_or_taken_back_says_what_to_do(person, invited):
    answer = page("/invitations/nandemo-nai/")
    assert (answer.status_code, "途中で切れている" in answer.content.decode()) == (404, True)
    invitations.revoke(person=person)
    for answer in (page(invited), page(invited, **CHOSEN)):
        assert "取り消されました" in answer.content.decode()
    assert User.objects.filter(person=person).count() == 0


def test_who_shares_an_address_names_another_which_its_letter_confirms(person, invited):
    make_login(make_person(email="hana@example.jp"))
    assert "ほかの方のログインで使われています" in page(invited).content.decode()
    assert "ほかの方のログインで使われています" in page(invited, **CHOSEN).content.decode()
    assert "2か所、直してください" in page(f"{invited}elsewhere/", email="hana").content.decode()
    slip = page(f"{invited}elsewhere/", email="Hanako@Example.jp", again="hnaako@example.jp")
    assert "上のアドレスとちがいます。" in slip.content.decode()
    assert Letter.objects.count() == 1
    page(f"{invited}elsewhere/", email="Hanako@Example.jp", again="hanako@example.jp ")
    assert User.objects.filter(person=person).count() == 0
    assert page(link_in_letter("hanako@example.jp"), **CHOSEN).status_code == 302
    assert User.objects.get(person=person).email == "hanako@example.jp"
    person.refresh_from_db()
    assert person.email == "hana@example.jp"


def test_two_who_share_a_mailbox_are_both_invited(inviter):
    first, second = (make_person(email="kyoyu@example.jp") for _ in range(2))
    assert len(invitations.invite_all(people=[first, second], by=inviter)) == 2
    links = [
        re.search(r"/invitations/[\w-]+/", letter.text).group()
        for letter in Letter.objects.filter(to="kyoyu@example.jp").order_by("pk")
    ]
    assert [page(link, **CHOSEN).status_code for link in links] == [302, 200]
    elsewhere(links[1], "jibun@example.jp")
    assert page(link_in_letter("jibun@example.jp"), **CHOSEN).status_code == 302
    assert [each.users.get().email for each in (first, second)] == ["kyoyu@example.jp", "jibun@example.jp"]


def test_who_comes_back_gets_a_new_login(person, inviter):
    closed = make_login(person)
    closed.is_active = False
    accounts.change_login(user=closed)
    invitations.invite(person=person, email=person.email, by=inviter)
    assert page(link_in_letter(), **CHOSEN).status_code == 302
    assert [user.is_active for user in person.users.order_by("pk")] == [False, True]


def test_who_has_a_login_is_not_invited(person, invited):
    make_login(person)
    with pytest.raises(ValidationError, match="すでに有効なログイン"):
        invitations.invite(person=person, email="next@example.jp", by=None)
    assert invitations.invite_all(people=[person, make_person(email="")], by=make_login(make_person())) == []
    assert "ログインは、もうできています" in page(invited).content.decode()


def test_a_second_claim_at_the_same_moment_makes_no_second_login(person, invited):
    invitation = Invitation.objects.get()
    invitations.claim(invitation=invitation, password=PASSWORD)
    with pytest.raises(ValidationError, match="もう使えません"):
        invitations.claim(invitation=invitation, password=PASSWORD)
    assert User.objects.filter(person=person).count() == 1


def test_the_office_sends_the_letter_again_with_a_new_link(person, invited):
    letter = invitations.renew_letter(Letter.objects.get())
    assert (letter.to, invited in letter.text) == ("hana@example.jp", False)
    invitations.revoke(person=person)
    with pytest.raises(ValidationError, match="招待しなおしてください"):
        invitations.renew_letter(letter)


def test_guessing_and_asking_again_have_a_limit(person, invited):
    wrong = {**CHOSEN, "password2": "chigau"}
    assert [page(invited, **wrong).status_code for _ in range(11)] == [200] * 10 + [429]
    for number in range(5):
        if (answer := elsewhere(link_in_letter(), f"d{number}@example.jp")).status_code == 429:
            break
    assert (number, answer.status_code) == (3, 429)


def test_in_a_batch_one_who_cannot_be_invited_does_not_stop_the_others(person, inviter):
    silent = make_person(email="")
    ended = make_person(email="owari@example.jp")
    make_login(ended)
    sent = invitations.invite_all(people=[silent, ended, person], by=inviter)
    assert [each.person for each in sent] == [person]
    assert [letter.to for letter in Letter.objects.all()] == ["hana@example.jp"]
