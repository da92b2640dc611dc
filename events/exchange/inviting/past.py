"""What became of one registration, newest first, for its office page."""

from typing import Any

from django.db.models import Q

from events.models import Registration
from groups.models import Group
from iri_exchange.lib import history_reading
from iri_exchange.lib.history_reading import Entry, Source
from members.models import User

MOST = 20
TOLD = (
    "kind", "state", "number", "affiliation", "name", "kana", "title", "group", "partner_group", "email",
    "phone", "trade", "wants_party", "wants_tables", "is_listed", "photo_agreed", "mail_agreed", "words",
    "source", "arrived_at",
)  # fmt: skip


def past_of(registration: Registration) -> list[tuple[Entry, str]]:
    """[(entry, who)] of the newest twenty; in a few queries."""
    source = Source(Registration, Q(id=registration.pk), TOLD)
    entries = history_reading.newest(source, MOST, _named)
    users = User.objects.filter(pk__in={each.step.user_id for each in entries}).select_related("person")
    names = {user.pk: str(user.person or user) for user in users}
    return [(each, names.get(each.step.user_id or 0, "")) for each in entries]


def _named(model: Any, ids: Any) -> dict[Any, str]:
    """Groups are called by their names, ours and the partner corporation's."""
    known = model if issubclass(model, Group) else model._base_manager.model
    return {each.pk: str(each) for each in known._base_manager.filter(pk__in=ids)}
