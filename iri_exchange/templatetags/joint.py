"""What pages ask about meetings that several groups hold together: {% load joint %}."""

from django import template

from events.models import Meeting
from events.visibility import of_group, partners_of, with_partners
from groups.models import Group

register = template.Library()
AHEAD = 3


@register.filter
def joint_name(meeting: Meeting) -> str:
    """合同：けやき会・みなと会; empty where it is one group's alone."""
    partners = partners_of(meeting)
    return f"合同：{'・'.join(group.name for group in partners)}" if partners else ""


@register.simple_tag
def meetings_ahead(group: Group) -> list[Meeting]:
    """The next ones of the group, those included that it holds with others."""
    rows = Meeting.objects.upcoming().filter(of_group(group)).select_related("group")
    return list(with_partners(rows)[:AHEAD])
