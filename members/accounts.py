"""Accounts: who may have a login, and how one is made."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from members.models import Person, User


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up: a login is given by the office. Letters know the portal by SITE_URL alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth makes its links from the request; whoever asks for a letter would choose where they lead."""
        links = {name: _at_home(value) for name, value in context.items() if name.endswith("_url")}
        site = SimpleNamespace(name="異業種交流ポータル", domain=urlsplit(settings.SITE_URL).netloc)
        super().send_mail(template_prefix, email, {**context, **links, "current_site": site})

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count by the login alone: allauth adds the Host, which a visitor varies at will."""
        return str(credentials["email"]).lower()


def _at_home(url: str) -> str:
    """The same page at the portal's one address."""
    asked = urlsplit(url)
    return f"{settings.SITE_URL}{asked._replace(scheme='', netloc='').geturl()}"


@transaction.atomic
def give_login(*, person: Person | None, email: str, password: str | None, **fields: Any) -> User:
    """Make a login for a person with a confirmed address; raises ValidationError if the address is in use."""
    user = User(email=email.strip().lower(), person=person, **fields)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    _confirm(user)
    return user


@transaction.atomic
def change_login(*, user: User) -> User:
    """Save a login whose address, person or state was corrected; the address one logs in with follows."""
    EmailAddress.objects.filter(user=user).delete()
    user.save()
    if user.is_active:
        _confirm(user)
    return user


def _confirm(user: User) -> None:
    """The address counts as confirmed: the office knows it. One that a closed login still held becomes free."""
    EmailAddress.objects.filter(email=user.email, user__is_active=False).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
