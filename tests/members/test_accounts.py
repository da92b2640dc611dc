"""Logins: given by the office, changed with their address, closed and given again."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from members import accounts
from members.models import Letter, User
from tests.factories import PASSWORD, make_login, make_person

pytestmark = pytest.mark.django_db


def can_log_in(email: str, password: str = PASSWORD) -> bool:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_a_given_login_works_at_once():
    make_login(make_person(email="hamada@example.jp"))
    assert can_log_in("hamada@example.jp")
    assert can_log_in("HAMADA@example.jp")
    assert not can_log_in("hamada@example.jp", "something else 1")


def test_an_address_and_a_person_have_one_active_login():
    person = make_person(email="one@example.jp")
    make_login(person)
    with pytest.raises(ValidationError, match="すでに別のログインで使われています"):
        accounts.give_login(person=make_person(), email="ONE@example.jp", password=None)
    with pytest.raises(ValidationError, match="すでに有効なログインがあります"):
        accounts.give_login(person=person, email="two@example.jp", password=None)
    assert User.objects.count() == 1


def test_a_login_without_a_password_gets_one_by_the_reset_letter():
    accounts.give_login(person=make_person(), email="new@example.jp", password=None)
    assert not can_log_in("new@example.jp", "")
    Client().post(reverse("account_reset_password"), {"email": "new@example.jp"})
    assert [letter.to for letter in Letter.objects.all()] == ["new@example.jp"]
    assert "/accounts/password/reset/key/" in Letter.objects.get().text


def test_a_login_with_another_address_begins_anew():
    """It may have been somebody else's who had it until now."""
    user = make_login(make_person(email="old@example.jp"))
    TOTP.activate(user, generate_totp_secret())
    inside = Client()
    inside.force_login(user)
    user.email = "new@example.jp"
    accounts.change_login(user=user)
    assert inside.get(reverse("my_page")).status_code == 302
    assert (can_log_in("new@example.jp"), can_log_in("old@example.jp")) == (False, False)
    assert not Authenticator.objects.exists()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("new@example.jp", True, True)
    ]
    Client().post(reverse("account_reset_password"), {"email": "new@example.jp"})
    assert [letter.to for letter in Letter.objects.all()] == ["new@example.jp"]


def test_a_login_of_another_person_begins_anew_too():
    user = make_login(make_person(email="one@example.jp"))
    user.person = make_person(email="two@example.jp")
    accounts.change_login(user=user)
    assert not can_log_in("one@example.jp")


def test_a_login_that_is_told_whose_it_is_goes_on():
    user = make_login(email="one@example.jp")
    user.person = make_person()
    accounts.change_login(user=user)
    assert can_log_in("one@example.jp")


def test_of_two_who_make_a_login_at_once_one_is_told(monkeypatch):
    """The check beforehand sees neither; the database decides."""
    make_login(make_person(email="one@example.jp"))
    monkeypatch.setattr(User, "full_clean", lambda self, **_: None)
    with pytest.raises(ValidationError, match="たったいま"):
        accounts.give_login(person=make_person(), email="one@example.jp", password=None)
    assert User.objects.count() == 1


def test_a_closed_login_opens_nothing_and_frees_its_address():
    person = make_person(email="back@example.jp")
    user = make_login(person)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("my_page")).status_code == 200
    user.is_active = False
    accounts.change_login(user=user)
    assert client.get(reverse("my_page")).status_code == 302
    assert not can_log_in("back@example.jp")
    again = accounts.give_login(person=person, email="back@example.jp", password=PASSWORD)
    assert can_log_in("back@example.jp")
    assert list(EmailAddress.objects.values_list("user", flat=True)) == [again.pk]


def test_a_login_that_was_closed_elsewhere_frees_its_address_too():
    user = make_login(make_person(email="back@example.jp"))
    User.objects.filter(pk=user.pk).update(is_active=False)
    accounts.give_login(person=make_person(), email="back@example.jp", password=PASSWORD)
    assert can_log_in("back@example.jp")


def test_links_in_letters_lead_to_the_one_address_whoever_asks(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://portal.example.jp", ["*"]
    user = make_login(make_person(email="known@example.jp"))
    client = Client(headers={"host": "evil.example.com:8000"})
    for address in ("known@example.jp", "unknown@example.jp"):
        client.post(reverse("account_reset_password"), {"email": address})
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "next@example.jp", "action_add": "1"})
    letters = Letter.objects.order_by("pk")
    assert [letter.to for letter in letters] == ["known@example.jp", "next@example.jp"]
    for letter in letters:
        assert "evil" not in letter.subject + letter.text + letter.html
        assert set(re.findall(r"https?://[^/\s]+", letter.text)) == {"https://portal.example.jp"}
    assert "https://portal.example.jp/accounts/password/reset/key/" in letters[0].text


def is_heard(forwarded_for: str = "", host: str = "127.0.0.1", email: str = "", tries: int = 1) -> bool:
    """Whether the log-in page still listens after so many wrong passwords."""
    headers = {"host": host} | ({"x-forwarded-for": forwarded_for} if forwarded_for else {})
    for number in range(tries):
        typed = {"login": email or f"nobody{number}@example.jp", "password": "chigau-chigau"}
        answer = Client(headers=headers).post(reverse("account_login"), typed)
    return "too_many_login_attempts" not in [
        error.code for error in answer.context["form"].non_field_errors().as_data()
    ]


def test_a_claimed_address_does_not_evade_the_limit():
    assert is_heard(tries=10)
    assert not is_heard()
    assert not is_heard(forwarded_for="203.0.113.9")


def test_behind_a_trusted_server_visitors_are_told_apart(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert is_heard(forwarded_for="203.0.113.1", tries=10)
    assert not is_heard(forwarded_for="203.0.113.1")
    assert not is_heard(forwarded_for="203.0.113.9, 203.0.113.1")
    assert is_heard(forwarded_for="203.0.113.2")


def test_another_host_does_not_evade_the_limit_of_an_account():
    assert is_heard(email="known@example.jp", tries=5)
    assert not is_heard(email="Known@example.jp", host="127.0.0.1:9999")


def test_nobody_signs_up_alone():
    assert accounts.AccountAdapter().is_open_for_signup(None) is False


def test_the_login_of_a_request_comes_with_its_person(db, django_assert_num_queries):
    login, loader = make_login(make_person()), accounts.LoginBackend()
    with django_assert_num_queries(1):
        found = loader.get_user(login.pk)
        assert (found, found.person) == (login, login.person)
    User.objects.filter(pk=login.pk).update(is_active=False)
    assert (loader.get_user(login.pk), loader.get_user(login.pk + 1)) == (None, None)
