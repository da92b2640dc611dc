"""What an invited person does: find the link in the letter, open it, post to it."""

import re

from django.test import Client

from members.models import Letter
from tests.factories import PASSWORD

CHOSEN = {"way": "password", "password1": PASSWORD, "password2": PASSWORD}


def link_in_letter(to: str = "") -> str:
    """The path in the newest invitation that was written (to this address)."""
    letters = Letter.objects.filter(kind="members/invitation")
    newest = (letters.filter(to=to) if to else letters).latest("pk")
    return re.search(r"/invitations/[\w-]+/", newest.text).group()


def elsewhere(link: str, email: str):
    return page(f"{link}elsewhere/", email=email, again=email)


def page(path: str, client: Client | None = None, **posted: str):
    client = client or Client()
    return client.post(path, posted) if posted else client.get(path)
