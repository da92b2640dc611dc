"""The joint exchange as everybody sees it: before, on the day, and afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.calendars import exchanges
from events.exchange.holding import public
from events.exchange.inviting.own_people import groups_led_by
from events.models import JointExchange
from events.views.calendars import answer_with
from events.visibility import exchanges_visible_to
from groups.standing import standing
from iri_exchange.lib import access


@require_safe
@access.public
def exchange_list(request: HttpRequest) -> HttpResponse:
    """All that are public, the next first."""
    rows = list(exchanges_visible_to(request.user).exclude(state=JointExchange.State.DRAFT))
    ahead = [each for each in rows if public.is_ahead(each)]
    context = {"ahead": ahead[::-1], "past": [each for each in rows if each not in ahead]}
    return render(request, "events/exchange_list.html", context)


@require_safe
@access.visible(exchanges_visible_to, by="fiscal_year")
def exchange(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """One main action, by the state of the period and by the reader."""
    context: dict[str, Any] = public.shown(exchange)
    context["own_groups"] = groups_led_by(request.user)
    context["way_in"] = public.way_in(exchange, own_entry(request.user, exchange))
    return render(request, "events/exchange.html", context)


@require_safe
@access.visible(exchanges_visible_to, by="fiscal_year")
def exchange_calendar(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """It alone, for one's own calendar; as an old address brings the newest."""
    name = f"joint-{exchange.fiscal_year}.ics"
    return answer_with(request, exchanges.ics_of(exchange), name, "private, no-cache")


def own_entry(user: Any, exchange: JointExchange) -> Any:
    """What the reader has entered, or was asked to, as a member; None for everybody else."""
    person = standing(user).person_id
    return exchange.registrations.filter(person=person).first() if person else None
