"""What pages ask about the reader and the joint exchange: {% load exchange_entry %}."""

from typing import Any

from django import template

from events.exchange.entering import shown

register = template.Library()


@register.simple_tag(takes_context=True)
def own_exchange(context: template.Context) -> dict[str, Any] | None:
    """The next joint exchange and the reader's own registration; None for who is no member."""
    return shown.own_exchange(context["user"])
