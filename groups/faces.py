"""A group's public face: its time line, its trades, and as much about its officers as the reader may know."""

import datetime
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from groups.models import Group, GroupStage, Membership, Representative
from groups.officers import officer_terms
from groups.visibility import memberships_known_to, people_visible_to, public_memberships
from iri_exchange.lib import japan
from members.models import Company, Person

ANNIVERSARY_EVERY = 10  # years
STILL = (Group.Stage.DORMANT, Group.Stage.DISSOLVED)


@dataclass(frozen=True)
class Station:
    """One station of the time line; `ahead`: it lies in the future."""

    when: str
    title: str
    sentence: str
    ahead: bool


@dataclass(frozen=True)
class Seat:
    """One office of a group; `person` and `company` are None where the reader may not know them."""

    role: str
    person: Person | None
    company: Company | None


def time_line(group: Group, today: datetime.date, *, inside: bool = True) -> list[Station]:
    """The stages of a group's life and its anniversaries, the latest first, the next anniversary among them.

    `inside`: for a reader who also learns of a rest or an end that lies ahead.
    """
    stages = told_stages(group, today, inside=inside)
    dated = [(row.since, _stage_station(row, today, stages[:place])) for place, row in enumerate(stages)]
    if not any(row.state == Group.Stage.LAUNCHED for row in stages):
        begun = datetime.date(group.founded_year, 4, 1)
        dated.append((begun, Station(japan.fiscal_year_label(group.founded_year), "発足", "", False)))
    if not (stages and stages[-1].state == Group.Stage.DISSOLVED):
        dated += _anniversaries(group, japan.fiscal_year(today))
    return [station for _, station in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def told_stages(group: Group, today: datetime.date, *, inside: bool) -> list[GroupStage]:
    """Its stages, the oldest first. That a group will rest or end is its own business until the day comes."""
    rows = group.stages.order_by("since")
    return [row for row in rows if inside or row.since <= today or row.state not in STILL]


def standing_still(group: Group, day: datetime.date) -> GroupStage | None:
    """The stage in force on a day, if the group rests or is no more."""
    row = group.stages.filter(since__lte=day).order_by("since").last()
    return row if row and row.state in STILL else None


def officers(group: Group, day: datetime.date, user: Any, *, by_name: bool) -> list[Seat]:
    """The officers of a day in the order of their roles, each with the company that this user may know as a member.

    Of another day no more is told of anybody than today: who is not named is not told by a company either.
    """
    terms = officer_terms(group, day)
    people = [term.person_id for term in terms]
    if day != timezone.localdate():
        people = [*_known_today(people, group, user)] if by_name else []
    companies = _companies_of(people, group, day, user)
    return [
        Seat(
            term.get_role_display(),
            term.person if by_name and term.person_id in people else None,
            companies.get(term.person_id),
        )
        for term in terms
    ]


def advisers(group: Group, day: datetime.date, user: Any) -> list[Any]:
    """The terms of a day, for insiders; of another day those of whom the reader knows today."""
    terms = list(group.advisers.on(day).select_related("person"))
    if day == timezone.localdate():
        return terms
    known = _known_today([term.person_id for term in terms], group, user)
    return [term for term in terms if term.person_id in known]


def _known_today(people: list[int], group: Group, user: Any) -> set[int]:
    """Who keeps the register knows all that it holds."""
    if user.has_perm("groups.appoint_officers", group):
        return set(people)
    return set(people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True))


def trades(group: Group, day: datetime.date) -> list[tuple[str, int]]:
    """How many members of each trade, the commonest first; what stands in brackets does not divide a trade.

    Members whose trade nobody wrote down are not counted.
    """
    rows = (
        Membership.objects.belonging(day).filter(group=group).values_list("company__trade", "person__trade")
    )
    counts = Counter(
        re.sub(r"[（(].*", "", company or person) for company, person in rows if company or person
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], japan.sort_key("", pair[0])))


def public_companies(group: Group) -> int:
    """How many of its companies agreed to be shown to everyone, as its members."""
    return public_memberships().filter(group=group).count()


def _companies_of(people: list[int], group: Group, day: datetime.date, user: Any) -> dict[int, Company]:
    """{person id: the company they represent in this group}, as far as the user may know of it."""
    if not people:
        return {}
    known = memberships_known_to(user).filter(group=group, company__isnull=False)
    terms = Representative.objects.on(day).filter(person_id__in=people, membership__in=known.values("pk"))
    return {
        term.person_id: term.membership.company  # type: ignore[misc]
        for term in terms.select_related("membership__company").order_by("-rank")
    }


def _stage_station(row: GroupStage, today: datetime.date, before: list[GroupStage]) -> Station:
    again = any(earlier.state == row.state for earlier in before)
    title, sentence = _STAGES_AGAIN[row.state] if again else _STAGES[row.state]
    if row.since > today:
        return Station(japan.wareki(row.since), f"{title}（予定）", _AHEAD.get(row.state, ""), True)
    return Station(japan.wareki(row.since), title, sentence, False)


def _anniversaries(group: Group, this_year: int) -> list[tuple[datetime.date, Station]]:
    """The past ones and the next one; a year, not a day, so they stand at its beginning."""
    stations = []
    for years in range(
        ANNIVERSARY_EVERY, this_year - group.founded_year + ANNIVERSARY_EVERY + 1, ANNIVERSARY_EVERY
    ):
        year = group.founded_year + years
        ahead = year > this_year
        station = Station(japan.fiscal_year_label(year), f"{years}周年", "", ahead)
        stations.append((datetime.date(year, 4, 1), station))
        if ahead:
            break
    return stations


_STAGES: dict[str, tuple[str, str]] = {
    Group.Stage.FORMING: ("会員の募集", "新しいグループのために、会員を募集しました。"),
    Group.Stage.LAUNCHED: ("発足", "はじめの1年は拠点の職員が事務局になり、毎月の定例会を始めました。"),
    Group.Stage.SELF_MANAGED: ("自主運営へ", "会員が自分たちで運営するグループになりました。"),
    Group.Stage.DORMANT: ("活動を休止", "グループの活動をお休みしています。"),
    Group.Stage.DISSOLVED: ("解散", "グループの活動を終えました。"),
}
_STAGES_AGAIN: dict[str, tuple[str, str]] = _STAGES | {
    Group.Stage.SELF_MANAGED: ("活動を再開", "お休みを終えて、活動を再開しました。"),
}
_AHEAD: dict[str, str] = {
    Group.Stage.SELF_MANAGED: "この日から、会員が自分たちで運営します。",
    Group.Stage.DORMANT: "この日から、グループの活動をお休みします。",
    Group.Stage.DISSOLVED: "この日に、グループの活動を終えます。",
}
