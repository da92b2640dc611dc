"""Whether somebody acts for the partner corporation today: read from the dated terms once per request."""

from typing import Any

from django.utils import timezone

from events.models import PartnerTerm


def is_partner(user: Any) -> bool:
    """A visitor never is. Asked of the database once for each user object and day."""
    today = timezone.localdate()
    day, said = getattr(user, "_partner", (None, False))
    if day != today:
        person = user.person_id if user.is_authenticated else None
        said = person is not None and PartnerTerm.objects.on(today).filter(person=person).exists()
        user._partner = (today, said)
    return said
