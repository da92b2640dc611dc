"""What the records say about groups that are to be handed over: read for all of them together, in so many queries."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from events.models import Meeting
from groups import first_year
from groups.handing_on import HANDOVER
from groups.models import (
    Adviser,
    AdviserRequest,
    Bylaws,
    ConfirmationRound,
    Group,
    GroupStage,
    Handover,
    Membership,
    OfficerTerm,
    Representative,
)
from groups.officers import ROLES
from iri_exchange.lib import japan
from members.models import Consent, User

Stage = Group.Stage


@dataclass
class Facts:
    """About one group. `day`: its first own day, the registered one or the usual; `is_decided`: it is registered.

    `terms` are the officers' of that day, the highest first; `logins` {person id: has logged in}; `silent`: how many who
    attend on that day have not said whether the roster may be handed over.
    """

    day: datetime.date
    launched: datetime.date | None
    is_decided: bool
    terms: list[OfficerTerm] = field(default_factory=list)
    logins: dict[int, bool] = field(default_factory=dict)
    bylaws_since: datetime.date | None = None
    asking: ConfirmationRound | None = None
    silent: int = 0
    meetings: list[datetime.date] = field(default_factory=list)
    request: AdviserRequest | None = None
    advisers: list[Adviser] = field(default_factory=list)
    handover: Handover | None = None


def load(groups: Collection[Group], *, day: datetime.date | None = None) -> dict[int, Facts]:
    """{group id: what is known}, as of `day` or each group's own first day."""
    facts = _days(groups, day)
    if not facts:
        return {}
    _people(facts)
    _papers(facts)
    _plans(facts)
    for on in {each.day for each in facts.values()}:
        _silent(facts, on)
    return facts


def _days(groups: Collection[Group], day: datetime.date | None) -> dict[int, Facts]:
    rows = GroupStage.objects.filter(group__in=groups, state__in=[Stage.LAUNCHED, Stage.SELF_MANAGED])
    stages: dict[tuple[int, str], datetime.date] = {}
    for row in rows.order_by("since"):
        stages.setdefault((row.group_id, row.state), row.since)
    today = timezone.localdate()
    found = {}
    for group in groups:
        launched, own = stages.get((group.pk, Stage.LAUNCHED)), stages.get((group.pk, Stage.SELF_MANAGED))
        first = day or own or first_year.usual_first_day(launched, today)
        found[group.pk] = Facts(first, launched, own is not None)
    return found


def _people(facts: dict[int, Facts]) -> None:
    terms = OfficerTerm.objects.filter(group__in=facts).select_related("person")
    for term in terms.order_by("person__sort_key", "pk"):
        if _is_on(term, facts[term.group_id].day):
            facts[term.group_id].terms.append(term)
    people = {term.person_id for each in facts.values() for term in each.terms}
    logins: dict[int, bool] = {}
    known = User.objects.filter(person__in=people, is_active=True).values_list("person_id", "last_login")
    for person, last in known:
        logins[person] = logins.get(person, False) or last is not None
    for each in facts.values():
        each.terms.sort(key=lambda term: ROLES.index(term.role))
        each.logins = {
            term.person_id: logins[term.person_id] for term in each.terms if term.person_id in logins
        }
    for adviser in Adviser.objects.filter(group__in=facts).select_related("person"):
        if _is_on(adviser, facts[adviser.group_id].day):
            facts[adviser.group_id].advisers.append(adviser)


def _papers(facts: dict[int, Facts]) -> None:
    versions = Bylaws.objects.filter(group__in=facts).order_by("valid_from")
    for group, since in versions.values_list("group_id", "valid_from"):
        if since <= facts[group].day:
            facts[group].bylaws_since = since
    belonging = Membership.objects.belonging(timezone.localdate()).filter(group__in=facts).values("pk")
    lacking = Q(confirmations__confirmed_at=None, confirmations__membership__in=belonging)
    rounds = ConfirmationRound.objects.filter(group__in=facts).order_by("started_at", "pk")
    for asking in rounds.annotate(open_count=Count("confirmations", filter=lacking)):
        each = facts[asking.group_id]
        if each.launched and timezone.localdate(asking.started_at) >= each.launched:
            each.asking = asking


def _silent(facts: dict[int, Facts], day: datetime.date) -> None:
    """As `groups.handing_on.answers` tells it of one group, counted for all that begin on a day."""
    groups = [group for group, each in facts.items() if each.day == day]
    members = Membership.objects.belonging(day).filter(group__in=groups)
    attending = Representative.objects.on(day).filter(membership__in=members.values("pk"))
    said = Consent.objects.filter(kind=HANDOVER, person=OuterRef("person"), since__lte=day)
    alone = (
        members.filter(~Exists(said), person__isnull=False).order_by().values_list("group_id", "person_id")
    )
    people = attending.filter(~Exists(said)).annotate(group=F("membership__group"))
    for group, _ in {*alone, *people.order_by().values_list("group", "person_id")}:
        facts[group].silent += 1


def _plans(facts: dict[int, Facts]) -> None:
    first = min(each.day for each in facts.values())
    begins = timezone.make_aware(datetime.datetime.combine(first, datetime.time()))
    planned = Meeting.objects.filter(group__in=facts, starts_at__gte=begins)
    for meeting in planned.exclude(state=Meeting.State.CANCELLED).order_by("starts_at", "pk"):
        if meeting.day >= facts[meeting.group_id].day:
            facts[meeting.group_id].meetings.append(meeting.day)
    asked = AdviserRequest.objects.filter(group__in=facts).exclude(state=AdviserRequest.State.WITHDRAWN)
    for request in asked.order_by("asked_at", "pk"):
        if request.fiscal_year == japan.fiscal_year(facts[request.group_id].day):
            facts[request.group_id].request = request
    for handover in Handover.objects.filter(group__in=facts).select_related("decided_by__person"):
        facts[handover.group_id].handover = handover


def _is_on(term: Any, day: datetime.date) -> bool:
    return term.since <= day and (term.until is None or term.until >= day)
