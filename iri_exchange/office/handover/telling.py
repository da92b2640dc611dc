"""Both sides are told of a handover: in advance, if it is taken back, and on the day, when every member is told, too."""

import datetime
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from events.telling.reminders import BY_DAY
from groups import first_year
from groups.confirming import takes_letters
from groups.models import Group, Handover, Membership, OfficerTerm, Representative, StaffAssignment
from groups.officers import officer_terms
from iri_exchange.lib import history, japan
from members import bounces, letters
from members.models import Person

Role = OfficerTerm.Role
LEADERS = (Role.CHAIR, Role.SECRETARY)
# A worker that stood still is late, but nobody is told of what is long known.
LATE = datetime.timedelta(days=31)


class Told(NamedTuple):
    """Those who get a letter, and those who have to be told otherwise."""

    by_letter: list[Person]
    otherwise: list[Person]


# ── whom ─────────────────────────────────────────────────────────────────────
def both_sides(group: Group, since: datetime.date) -> Told:
    """The officers of today and of the first own day, and the staff of the group's office, each once."""
    officers, colleagues = officers_of(group, since), staff_of(group)
    return reached([*officers, *(each for each in colleagues if each not in officers)], colleagues)


def officers_of(group: Group, since: datetime.date) -> list[Person]:
    """Of today and of the first own day, the highest first, each once."""
    terms = [*officer_terms(group, since), *officer_terms(group, timezone.localdate())]
    return list(dict.fromkeys(term.person for term in terms))


def staff_of(group: Group) -> list[Person]:
    """Who works at the group's office today."""
    terms = StaffAssignment.objects.on(timezone.localdate()).filter(office=group.office_id)
    return list(dict.fromkeys(term.person for term in terms.select_related("person").order_by("since", "pk")))


def members_of(group: Group, day: datetime.date) -> list[Person]:
    """Who attends for a member on a day, by name, each once."""
    members = Membership.objects.belonging(day).filter(group=group)
    attending = (
        Representative.objects.on(day).filter(membership__in=members.values("pk")).select_related("person")
    )
    alone = members.filter(person__isnull=False).select_related("person")
    people = {term.person for term in attending} | {each.person for each in alone if each.person}
    return sorted(people, key=lambda person: (person.sort_key, person.pk))


def reached(people: Iterable[Person], colleagues: Collection[Person] = ()) -> Told:
    """Who of them gets a letter. A colleague is reached by mail whatever the directory says of how to reach them."""
    found = list(people)
    stopped = bounces.suppressions_of([person.email for person in found if person.email])
    by_letter = [
        person
        for person in found
        if (takes_letters(person) or (person in colleagues and person.email))
        and person.email.lower() not in stopped
    ]
    return Told(by_letter, [person for person in found if person not in by_letter])


# ── what ─────────────────────────────────────────────────────────────────────
@transaction.atomic
def in_advance(*, group: Group, since: datetime.date) -> Told:
    """From which day on the group runs itself, and what changes for whom."""
    return _tell_both("handover_ahead", group, since)


@transaction.atomic
def taken_back(*, group: Group, since: datetime.date) -> Told:
    """It does not begin on that day after all."""
    return _tell_both("handover_back", group, since)


def _tell_both(kind: str, group: Group, since: datetime.date) -> Told:
    """Whose office has not begun cannot open the list yet, and is led to the group."""
    told, today = both_sides(group, since), timezone.localdate()
    now = {term.person for term in officer_terms(group, today)} | set(staff_of(group))
    for person in told.by_letter:
        _write(kind, person, group, since, _page("group_readiness" if person in now else "group", group))
    return told


def tell_on_the_day() -> int:
    """To whom it is due: how many groups were told of. Between nine and six, each group in a transaction of its own.

    Killed at any point and run again, it tells those groups of which nothing had been told yet.
    """
    if timezone.localtime().hour not in BY_DAY:
        return 0
    waiting = Handover.objects.filter(decided_at__isnull=False, told_on=None)
    return sum(_tell(group) for group in waiting.order_by("pk").values_list("group_id", flat=True))


@transaction.atomic
def _tell(pk: int) -> int:
    Group.objects.select_for_update(no_key=True).get(pk=pk)
    group = Group.objects.select_related("office").get(pk=pk)
    handover = Handover.objects.filter(group=group, decided_at__isnull=False, told_on=None).first()
    since, today = first_year.own_since(group), timezone.localdate()
    if handover is None or since is None or not today - LATE <= since <= today:
        return 0
    if group.stage_on(today) != Group.Stage.SELF_MANAGED:
        return 0
    with history.in_step("自主運営の始まりのお知らせ（自動）"):
        sides, officers = both_sides(group, since), officers_of(group, since)
        for person in sides.by_letter:
            page = "handover_book" if person in officers else "group"
            _write("handover_today", person, group, since, _page(page, group))
        others = [person for person in members_of(group, today) if person not in officers]
        for person in reached(others).by_letter:
            _write("handover_members", person, group, since, _page("group", group))
        handover.told_on = today
        handover.save()
    return 1


def _write(kind: str, person: Person, group: Group, since: datetime.date, link: str) -> None:
    letters.write(
        kind=f"groups/{kind}",
        to=person.email,
        values={
            "お名前": str(person),
            "グループ": group.name,
            "日": japan.full_date(since),
            "役員": _leaders(group, since),
            "拠点": _office(group),
        },
        person=person,
        link=link,
    )


def _leaders(group: Group, day: datetime.date) -> str:
    """代表幹事 青木 …さん、事務局 …さん, as they are on a day."""
    terms = [term for term in officer_terms(group, day) if term.role in LEADERS]
    named = [f"{term.get_role_display()} {term.person.name}さん" for term in terms]
    return "、".join(named) or "役員（お名前は、グループのページにあります）"


def _office(group: Group) -> str:
    phone = f"（電話 {group.office.phone}）" if group.office.phone else ""
    return f"{group.office.name}{phone}"


def _page(name: str, group: Group) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[group.slug])}"
