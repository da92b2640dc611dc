"""What the page of a group shows of the turn of its year, and of its age."""

from typing import Any

from django import template
from django.utils import timezone

from groups.models import Group
from iri_exchange.office.succession import reminding

register = template.Library()


@register.simple_tag(takes_context=True)
def turning_of(context: template.Context, group: Group) -> reminding.Turning | None:
    """For its officers, when its year turns soon."""
    user: Any = context["user"]
    return reminding.of_page(group, user, timezone.localdate())


@register.simple_tag
def age_of(group: Group) -> reminding.Age | None:
    return reminding.age_of(group, timezone.localdate())
