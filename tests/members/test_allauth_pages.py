"""allauth's pages, account, second step and sessions: every one in our look and in Japanese, none forgotten."""

import importlib
import inspect
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD
from tests.strictness import parse_strictly
from tests.urlmap import addresses

OURS = settings.BASE_DIR / "templates"
PAGES = [each for each in addresses() if each.name.startswith(("account_", "mfa_"))]
# Sign-up is closed: its page is signup_closed.html. Only one address at a time: email.html is not shown.
# Named by functions: a decorator, and a view that chooses between two.
BY_FUNCTIONS = {"account/verified_email_required.html", "account/verification_sent.html"}
NEVER_SHOWN = {"account/signup.html"}
SOURCES = ["allauth.account", "allauth.mfa", "allauth.usersessions"]
# Words of the page that are no English: names of programs, and what stands in addresses and secrets.
NAMES = re.compile(r"[\w.+-]+@[\w.-]+|JavaScript|FAX|URL|Chrome|Firefox|Safari|[A-Z2-7]{32}")
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def templates() -> set[str]:
    """Every template that a view of the URLconf names, and every message that the packages' code names."""
    views = {
        value
        for each in PAGES
        for name, value in inspect.getmembers(getattr(each.view, "view_class", None))
        if name.startswith("template_name") and str(value).endswith((".html", ".txt"))
    }
    return (views | BY_FUNCTIONS | messages()) - NEVER_SHOWN


def messages() -> set[str]:
    found = set()
    for name in SOURCES:
        for path in Path(importlib.import_module(name).__file__).parent.rglob("*.py"):
            found |= set(re.findall(r'"((?:account|mfa|usersessions)/messages/\w+\.txt)"', path.read_text()))
    # No telephone numbers here; the list of sessions is a page of ours with sentences of its own.
    return {each for each in found if "phone" not in each and not each.startswith("usersessions/")}


def foreign(names: Iterable[str]) -> list[str]:
    """Those that are not ours, and those whose parents are not, but for the empty frames of the package."""
    return sorted(each for each in names if not get_template(each).origin.name.startswith(str(OURS)))


def test_every_template_that_can_be_rendered_is_ours():
    found = templates()
    assert {"mfa/index.html", "mfa/totp/activate_form.html", "account/email_change.html"} < found
    assert "mfa/messages/webauthn_added.txt" in found
    assert foreign(found) == []


def test_a_template_of_the_package_is_reported():
    assert foreign(["account/login.html", "account/signup.html", "mfa/trust.html"]) == [
        "account/signup.html",
        "mfa/trust.html",
    ]


def english(html: bytes) -> list[str]:
    main = next(parse_strictly(html).iter("main"))
    for script in list(main.iter("script")):
        script.text = ""
    return ENGLISH.findall(NAMES.sub("", " ".join(main.itertext())))


def look(client: Client, *but: str, **keys: int) -> dict[str, int]:
    """{name of a page: its status}, after a look at what it says."""
    seen = {}
    known = {"pk": 0, "key": "abc-def", "uidb36": "1"} | keys
    for each in PAGES:
        if each.name in but:
            continue
        answer = client.get(reverse(each.name, kwargs={name: known[name] for name in each.parameters}))
        seen[each.name] = answer.status_code
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert english(answer.content) == [], each.name
    return seen


@pytest.mark.django_db
def test_every_page_says_it_in_japanese(member, visitor):
    as_visitor = look(visitor.client)
    assert as_visitor["account_login"] == as_visitor["account_request_login_code"] == 200
    assert as_visitor["mfa_index"] == 302
    member.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    before = look(member.client)
    assert (before["mfa_activate_totp"], before["mfa_add_webauthn"], before["account_email"]) == (
        200,
        200,
        200,
    )
    TOTP.activate(member.user, generate_totp_secret())
    RecoveryCodes.activate(member.user)
    key = Authenticator.objects.create(
        user=member.user, type="webauthn", data={"name": "鍵", "credential": {}}
    )
    # A stored key that no device made: the pages that ask a device for it are looked at in a browser.
    after = look(member.client, "mfa_add_webauthn", "mfa_reauthenticate_webauthn", pk=key.pk)
    assert {after[name] for name in ("mfa_list_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn")} == {
        200
    }
    assert {after[name] for name in ("mfa_view_recovery_codes", "mfa_deactivate_totp", "mfa_index")} == {200}


def test_the_english_of_the_package_would_be_noticed():
    page = b"<!doctype html><html lang=ja><title>t</title><main><h1>Sign In</h1><p>a@example.jp</p></main></html>"
    assert english(page) == ["Sign"]
