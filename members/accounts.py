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
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
