"""STAFF_MFA_REQUIRED: who sees everybody's data has a second step, before any of it opens."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from members.second_step import has_second_step
from tests.factories import make_login
from tests.members.test_second_step import code_of

NEEDED = "/accounts/second-step/"
OFFICE = ["/office/", "/admin/", "/my/", "/groups/", "/companies/", "/office/members/"]


@pytest.fixture(autouse=True)
def required(settings) -> None:
    settings.STAFF_MFA_REQUIRED = True


def answers(client: Client, paths: list[str]) -> set[tuple[int, str]]:
    return {(answer.status_code, answer.get("Location", "")) for answer in map(client.get, paths)}


def test_staff_without_a_second_step_are_told_why_and_led_to_it(staff):
    assert answers(staff.client, OFFICE) == {(302, NEEDED)}
    assert staff.client.post("/groups/new/", {"name": "x"}).url == NEEDED
    page = staff.client.get(NEEDED).content.decode()
    assert "すべてのグループの会員の連絡先が見えます" in page
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page


def test_what_is_about_the_login_and_tells_nobodys_data_stays_open(staff):
    for path in ("/", "/help/", "/healthz", "/accounts/", "/accounts/sessions/", "/accounts/2fa/"):
        assert staff.client.get(path).status_code == 200, path
    assert staff.client.post("/accounts/logout/").url == "/"


def test_a_browser_that_was_logged_in_before_is_asked_for_the_second_step(staff):
    """It may be that of somebody who knows the password alone."""
    secret = generate_totp_secret()
    TOTP.activate(staff.user, secret)
    asked = "/accounts/2fa/reauthenticate/?next=%2Foffice%2F"
    assert answers(staff.client, ["/office/"]) == {(302, asked)}
    assert staff.client.post("/groups/new/", {"name": "x"}).url == asked
    assert staff.client.get(asked).status_code == 200
    assert staff.client.post(asked, {"code": "00000000"}).status_code == 200
    assert answers(staff.client, ["/office/"]) == {(302, asked)}
    assert staff.client.post(asked, {"code": code_of(secret)}).url == "/office/"
    assert answers(staff.client, ["/office/", "/groups/"]) == {(200, "")}


def test_who_logs_in_with_it_is_not_asked_again(staff):
    secret, client = generate_totp_secret(), Client()
    TOTP.activate(staff.user, secret)
    staff.user.set_password("correct horse battery")
    staff.user.save()
    client.post("/accounts/login/", {"login": staff.user.email, "password": "correct horse battery"})
    assert client.get("/office/").url.startswith("/accounts/login/")
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert answers(client, ["/office/"]) == {(200, "")}


def test_who_sets_it_up_goes_on_and_other_browsers_do_not(staff):
    staff.user.set_password("correct horse battery")
    staff.user.save()
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/accounts/login/", {"login": staff.user.email, "password": "correct horse battery"})
    asked = here.get(reverse("mfa_activate_totp")).url
    here.post(asked, {"password": "correct horse battery"})
    page = here.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert here.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert answers(here, ["/office/"]) == {(200, "")}
    assert elsewhere.get("/office/").url.startswith("/accounts/login/")


def test_recovery_codes_alone_are_no_second_step(staff):
    Authenticator.objects.create(user=staff.user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert answers(staff.client, ["/office/"]) == {(302, NEEDED)}


def test_members_and_visitors_are_not_asked(member, secretary, visitor):
    for actor in (member, secretary):
        assert actor.client.get("/my/").status_code == 200
    assert visitor.client.get("/groups/").status_code == 200


def test_who_installs_the_portal_is_asked_too(db):
    client = Client()
    client.force_login(make_login(email="root@example.jp", is_superuser=True))
    assert answers(client, ["/admin/"]) == {(302, NEEDED)}


def test_off_unless_said(staff, settings):
    settings.STAFF_MFA_REQUIRED = False
    assert staff.client.get("/office/").status_code == 200


def with_a_second_step(actor) -> None:
    TOTP.activate(actor.user, generate_totp_secret())
    RecoveryCodes.activate(actor.user)


def test_who_lost_everything_is_helped_by_another_member_of_staff(staff, member, settings):
    with_a_second_step(staff)
    with_a_second_step(member)
    settings.STAFF_MFA_REQUIRED = False  # this browser has not shown it
    login = reverse("admin:members_user_change", args=[member.user.pk])
    assert "二段階認証を外す" in staff.client.get(login).content.decode()
    typed = {"email": member.user.email, "person": member.person.pk, "is_active": "on"}
    staff.client.post(login, typed)
    assert has_second_step(member.user)
    assert staff.client.post(login, {**typed, "forget_second_step": "on"}).status_code == 302
    assert not Authenticator.objects.filter(user=member.user).exists()
    assert has_second_step(staff.user)
    assert "二段階認証を外す" not in staff.client.get(reverse("admin:members_user_add")).content.decode()


def test_the_last_one_is_helped_by_a_command(staff):
    with_a_second_step(staff)
    call_command("forget_second_step", staff.user.email.upper(), stdout=StringIO())
    assert not has_second_step(staff.user)
    with pytest.raises(CommandError, match="ありません"):
        call_command("forget_second_step", "nobody@example.jp")
