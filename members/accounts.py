"""Accounts: who may have a login, and how one is made."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest

from members.models import Person, User


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up: a login is given by the office."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


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
