"""A group's years since its founding: its stages, how many members, who came, who left, and who led it."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from groups.faces import ANNIVERSARY_EVERY, told_stages
from groups.models import Group, GroupStage, Membership, MembershipStatus, OfficerTerm
from groups.officers import TermShown, terms_of
from groups.standing import standing
from groups.visibility import NOTHING, Listing, all_but, as_listed
from iri_exchange.lib import japan

BELONGING = frozenset(map(str, Membership.BELONGING))


@dataclass
class Passage:
    """Members who came, or went, in one year: the names the reader may know, and how many more there were."""

    names: list[str] = field(default_factory=list)
    unnamed: int = 0

    @property
    def count(self) -> int:
        return len(self.names) + self.unnamed


@dataclass
class Year:
    """One fiscal year. `members` on the day `end`, its last one, or today; none for a year to come. `led` names the 代表幹事."""

    year: int
    members: int | None = None
    events: list[str] = field(default_factory=list)
    came: Passage = field(default_factory=Passage)
    went: Passage = field(default_factory=Passage)
    led: list[str] = field(default_factory=list)
    end: datetime.date | None = None

    @property
    def label(self) -> str:
        return japan.fiscal_year_label(self.year)


@dataclass(frozen=True)
class Stretch:
    """From a day to another, the latter not included, with a state or a name."""

    start: datetime.date
    end: datetime.date
    key: str
    label: str


@dataclass(frozen=True)
class Life:
    """`inside`: the reader is told who came, went and led; others see stages, anniversaries and figures."""

    years: list[Year]
    stages: list[Stretch]
    leaders: list[Stretch]
    founded: int
    anniversaries: list[int]
    today: datetime.date
    inside: bool

    @property
    def most(self) -> int:
        return max((year.members or 0 for year in self.years), default=0)


def life_of(group: Group, user: Any) -> Life:
    """The years, the oldest first. Seven queries at most, whatever the number of members and years."""
    today = timezone.localdate()
    inside = user.has_perm("groups.see_members", group)
    stages = told_stages(group, today, inside=inside)
    years = _years(group, stages, today)
    _tell_members(years, group, user, inside=inside, today=today)
    for row in stages:
        _in(years, row.since).events.append(f"{row.get_state_display()}（{japan.wareki(row.since)}から）")
    anniversaries = [
        year.year
        for year in years
        if year.year > group.founded_year and (year.year - group.founded_year) % ANNIVERSARY_EVERY == 0
    ]
    for year in years:
        if year.year in anniversaries:
            year.events.append(f"{year.year - group.founded_year}周年")
    end = datetime.date(years[-1].year + 1, 4, 1)
    leaders = [*_leaders(group, user, today, end)] if inside else []
    for stretch in leaders:
        for year in years:
            first, after = datetime.date(year.year, 4, 1), datetime.date(year.year + 1, 4, 1)
            if stretch.start < after and stretch.end > first and stretch.label not in year.led:
                year.led.append(stretch.label)
    stretches = [*_stretches(stages, end)]
    return Life(years, stretches, leaders, group.founded_year, anniversaries, today, inside)


def _years(group: Group, stages: list[GroupStage], today: datetime.date) -> list[Year]:
    """From the founding year on, until the group's last stage if that is its end, or lies ahead."""
    begun = [group.founded_year, *(japan.fiscal_year(row.since) for row in stages[:1])]
    last = japan.fiscal_year(today)
    if stages and (stages[-1].since > today or stages[-1].state == Group.Stage.DISSOLVED):
        last = japan.fiscal_year(stages[-1].since)
    first = min(begun)
    return [Year(year) for year in range(first, max(first, last) + 1)]


def _in(years: list[Year], day: datetime.date) -> Year:
    """The year of a day; what lies outside of all is told in the nearest one."""
    place = japan.fiscal_year(day) - years[0].year
    return years[min(max(place, 0), len(years) - 1)]


def _tell_members(years: list[Year], group: Group, user: Any, *, inside: bool, today: datetime.date) -> None:
    """Who came and went, and how many there were at the end of each year."""
    names = _names(group, user) if inside else {}
    rows = MembershipStatus.objects.filter(membership__group=group, since__lte=today)
    balance = dict.fromkeys((year.year for year in years), 0)
    was: dict[int, str] = {}
    for pk, state, since in rows.order_by("since", "pk").values_list("membership_id", "state", "since"):
        before, now = was.get(pk, "") in BELONGING, state in BELONGING
        was[pk] = state
        if before == now:
            continue
        year = _in(years, since)
        balance[year.year] += 1 if now else -1
        _note(year.came if now else year.went, names.get(pk, ""))
    count, this_year = 0, japan.fiscal_year(today)
    for year in years:
        count += balance[year.year]
        if year.year <= this_year:
            year.members, year.end = count, min(today, datetime.date(year.year + 1, 3, 31))


def _note(passage: Passage, name: str) -> None:
    if name:
        passage.names.append(name)
    else:
        passage.unnamed += 1


def _names(group: Group, user: Any) -> dict[int, str]:
    """{membership id: the member's name} of those whom the reader may know today."""
    everyone = user.has_perm("groups.print_office_roster", group)
    in_full = all_but(standing(user).withheld) if everyone else NOTHING
    listed = as_listed(group.memberships, timezone.localdate(), in_full=in_full)
    rows = listed.filter(listing__gt=Listing.HIDDEN).select_related("company", "person")
    return {row.pk: row.member.name for row in rows}


def _stretches(stages: Iterable[GroupStage], end: datetime.date) -> Iterator[Stretch]:
    rows = list(stages)
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        until = after.since if after else max(end, row.since)
        yield Stretch(row.since, until, row.state, row.get_state_display())


def _leaders(group: Group, user: Any, today: datetime.date, end: datetime.date) -> Iterator[Stretch]:
    """The terms of the 代表幹事, the oldest first; whom the reader may not know is not named."""
    now, before = terms_of(group, today, user)
    terms = [shown for shown in [*now, *before] if shown.term.role == OfficerTerm.Role.CHAIR]
    for shown in sorted(terms, key=lambda shown: (shown.term.since, shown.term.pk)):
        until = shown.term.until
        after = until + datetime.timedelta(days=1) if until else max(end, shown.term.since)
        yield Stretch(shown.term.since, after, "chair", _name(shown))


def _name(shown: TermShown) -> str:
    return shown.person.name if shown.person else "（お名前は出していません）"
