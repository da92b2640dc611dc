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


def test_with_a_second_step_all_is_as_ever(staff):
    TOTP.activate(staff.user, generate_totp_secret())
    assert answers(staff.client, ["/office/", "/groups/"]) == {(200, "")}


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


def test_who_lost_everything_is_helped_by_another_member_of_staff(staff, member):
    with_a_second_step(staff)
    with_a_second_step(member)
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
