"""Staff look at the portal as somebody else, to help: written down, told to the person, for half an hour at most.

That nothing is written meanwhile is the middleware's (iri_exchange.office.looking, docs/decisions/0016).
"""

import contextlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members import emails
from members.models import Look, Person, User
from members.models.look import LASTS


@transaction.atomic
def start(*, looker: User, person: Person, why: str) -> Look:
    """Begin to look, and tell the person by letter. Another look of the same looker ends.

    Raises ValidationError without a reason. Whether the looker may, the rule `members.look_as` says.
    """
    now = timezone.now()
    for earlier in Look.objects.filter(looker=looker, ended_at=None, expires_at__gt=now):
        end(look=earlier)
    look = Look(looker=looker, person=person, why=why, started_at=now, expires_at=now + LASTS)
    look.full_clean()
    look.save()
    if address := address_of(person):
        # What stands in an old roster need not be an address. The person's own page tells it all the same.
        with contextlib.suppress(ValidationError):
            emails.looked_at(look=look, to=address)
    return look


@transaction.atomic
def end(*, look: Look) -> Look:
    """The looker has seen enough. Ending twice, or after the half hour, changes nothing."""
    if look.is_on:
        look.ended_at = timezone.now()
        look.save(update_fields=["ended_at"])
    return look


def address_of(person: Person) -> str:
    """Where the person is told: the address of the login, else the one in the directory, else none."""
    login = person.users.filter(is_active=True).first()
    return login.email if login else person.email
