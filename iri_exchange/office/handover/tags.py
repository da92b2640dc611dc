"""What the page of a group in its launch year says of its handover."""

from typing import Any

from django import template
from django.utils import timezone

from groups.models import Group
from iri_exchange.office.handover import desk

register = template.Library()


@register.simple_tag(takes_context=True)
def readiness_of(context: template.Context, group: Group) -> desk.Readiness | None:
    """None for a group that is not in its launch year, for who is not in it, and while there is nothing to tell."""
    user: Any = context["request"].user
    return desk.of_page(group, user, timezone.localdate())
