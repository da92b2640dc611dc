"""Two groups with an officer each, a meeting of the one, and what it takes to see that nothing was left half done."""

from typing import Any

from django.apps import apps

from events.models import InvitedGroup, Meeting
from groups.models import Group
from members.models import Letter
from tests.conftest import Actor, log_in
from tests.factories import make_membership, make_officer, make_person


def officer_of(group: Group, **name: str) -> Actor:
    person = make_person(**name)
    membership = make_membership(group, representatives=[person], consent="yes")
    make_officer(group, person)
    return log_in(person, membership)


def fresh(actor: Actor) -> Any:
    """Standing is read once for each request."""
    return type(actor.user).objects.get(pk=actor.user.pk)


def row_of(meeting: Meeting, group: Group) -> InvitedGroup:
    return InvitedGroup.objects.get(meeting=meeting, group=group)


def sent() -> list[tuple[str, str]]:
    """The letters between groups so far: (kind, to whom)."""
    rows = Letter.objects.filter(kind__in=KINDS).order_by("pk").select_related("person")
    return [(each.kind.removeprefix("events/"), each.person.family_name) for each in rows]


KINDS = [f"events/{kind}" for kind in ("joint_asked", "joint_answered", "joint_news", "offer_answered")]


def everything() -> dict[str, list[Any]]:
    """All rows of all our tables, histories too."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for app in ("events", "groups", "members")
        for model in apps.get_app_config(app).get_models()
    }
