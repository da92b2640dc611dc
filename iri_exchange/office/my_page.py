"""The reader's own page: the groups they are in, what the portal knows of them, what to do next."""

import datetime
from typing import Any

from django.db.models import Q

from events.calendars import exchanges
from events.partners import is_partner
from events.planning.desk import waiting_in
from groups.models import Membership, OfficerTerm
from groups.standing import standing
from groups.visible_records import saved_searches_of
from iri_exchange.office.handover.desk import own_readiness
from iri_exchange.office.succession import reminding
from members.models import Company

CONFIRM_AFTER = datetime.timedelta(days=365)


def my_page(user: Any, today: datetime.date) -> dict[str, Any]:
    """Context of the page. A login without a person is told so and sees nothing else."""
    who = standing(user)
    person = user.person
    once = Membership.objects.as_of(today).of_launched(today)
    own = once.filter(Q(person=person) | Q(representatives__person=person))
    memberships = Membership.objects.as_of(today).filter(pk__in=who.memberships)
    confirmed = person.confirmed_on if person else None
    partner = is_partner(user)
    return {
        "person": person,
        "memberships": memberships.select_related("group__office", "company", "person").order_by("joined_on"),
        "past": own.exclude(pk__in=who.memberships).select_related("group").order_by("joined_on").distinct()
        if person
        else [],
        "companies": Company.objects.filter(pk__in=who.own_companies),
        "offices": OfficerTerm.objects.on(today).filter(person=person).select_related("group")
        if person
        else [],
        "meetings_to_do": list(waiting_in(who.runs_meetings_of)),
        "readiness": list(own_readiness(who.officer_of - who.runs, today)),
        "turnings": reminding.own(who.runs, user, today),
        "kept": saved_searches_of(user),
        "is_partner": partner,
        "exchanges": list(exchanges.ahead()) if partner else [],
        # Who is of the partner corporation only stands in no roster.
        "to_confirm": bool(person and (who.memberships or not partner))
        and (confirmed is None or confirmed < today - CONFIRM_AFTER),
    }
