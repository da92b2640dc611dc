"""What a user is today: read from the dated records once per request, kept on the user object."""

import datetime
from collections.abc import Collection
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from groups.handing_on import NOTHING_WITHHELD, Withheld, withheld_in
from groups.models import Adviser, Group, Membership, OfficerTerm, Representative, StaffAssignment
from iri_exchange.lib.prepared import Prepared
from members.models import Person, User

SELF_RUNNING = (Group.Stage.SELF_MANAGED, Group.Stage.DORMANT)


class Hat(NamedTuple):
    """One thing that a person is on a day. `place`: the group, or the office."""

    kind: str
    key: int
    place: int
    company: int | None
    name: str
    since: Any
    founded_year: int
    sort_key: str


def _hats(kind: str, rows: Any, place: str, **fields: str) -> QuerySet[Any, Any]:
    """As rows of `Hat`; what this kind does not know is empty."""
    empty: dict[str, Any] = {
        "company": Cast(Value(None), BigIntegerField()),
        "name": Value(""),
        "since": Cast(Value(None), DateField()),
        "founded_year": Value(0),
        "sort_key": Value(""),
    }
    known = [fields.get(name, blank) for name, blank in empty.items()]
    hats: QuerySet[Any, Any] = rows.order_by().values_list(Value(kind), "pk", place, *known)
    return hats


@Prepared
def _hats_of(person: int, day: datetime.date) -> QuerySet[Any, Any]:
    """All that somebody is on a day, in one query."""

    def terms(model: Any) -> Any:
        return model.objects.on(day).filter(person_id=person)

    in_group = {"name": "group__name", "founded_year": "group__founded_year", "sort_key": "group__sort_key"}
    in_company = in_group | {"company": "company_id"}
    # Who was admitted to a group that is being formed is told so by a letter; what it holds begins with its launch.
    members = Membership.objects.belonging(day).of_launched(day)
    represented = terms(Representative).order_by().values("membership_id")
    officer = terms(OfficerTerm)
    led = Group.objects.as_of(day).filter(
        pk__in=officer.order_by().values("group_id"), stage__in=SELF_RUNNING
    )
    granted = Group.objects.as_of(day).filter(
        pk__in=officer.order_by().values("group_id"),
        stage=Group.Stage.LAUNCHED,
        officers_run_meetings_from__lte=day,
    )
    return _hats("staff", terms(StaffAssignment), "office_id", name="office__name", since="since").union(
        # Two questions, each of a few rows: asked as one with "or", PostgreSQL looks at every member there is.
        _hats("member", members.filter(person_id=person), "group_id", **in_company),
        _hats("member", members.filter(pk__in=represented), "group_id", **in_company),
        _hats("officer", officer, "group_id", **in_group),
        _hats("adviser", terms(Adviser), "group_id"),
        _hats("runs", led, "pk"),
        _hats("handed", led.filter(handover__decided_at__isnull=False), "pk"),
        _hats("granted", granted, "pk"),
        all=True,
    )


class Standing:
    """The hats one user wears on one day: one query for all of them, asked when the first is needed."""

    def __init__(self, user: User, day: datetime.date) -> None:
        self.person_id = user.person_id
        self.day = day

    @property
    def is_nobody(self) -> bool:
        """A visitor: neither a person nor, as who stands in for a member (`groups.seen`), an insider of a group."""
        return not (self.person_id or self.insider_of)

    @cached_property
    def is_staff(self) -> bool:
        return bool(self._worn("staff"))

    def is_staff_member(self, person: Person) -> bool:
        """Whether somebody else works at an office on this day."""
        return StaffAssignment.objects.on(self.day).filter(person=person).exists()

    @cached_property
    def offices(self) -> list[int]:
        """The latest first."""
        return [hat.place for hat in self._at_work]

    @property
    def office_name(self) -> str:
        """The first office's."""
        return self._at_work[0].name if self._at_work else ""

    @property
    def group_names(self) -> list[str]:
        """Of the groups the user is a member of, in the order of their founding."""
        hats = {hat.place: hat for hat in self._worn("member") + self._worn("officer")}
        order = sorted(hats.values(), key=lambda hat: (hat.founded_year, hat.sort_key, hat.place))
        return [hat.name for hat in order]

    @cached_property
    def memberships(self) -> dict[int, int]:
        """{membership id: group id} of the memberships the user belongs to or represents."""
        return {hat.key: hat.place for hat in self._worn("member")}

    @cached_property
    def member_of(self) -> frozenset[int]:
        return frozenset(self.memberships.values()) | self.officer_of

    @cached_property
    def officer_of(self) -> frozenset[int]:
        return frozenset(hat.place for hat in self._worn("officer"))

    @cached_property
    def adviser_of(self) -> frozenset[int]:
        return frozenset(hat.place for hat in self._worn("adviser"))

    @cached_property
    def insider_of(self) -> frozenset[int]:
        """Groups whose roster the user may see: own ones, and those advised."""
        return self.member_of | self.adviser_of

    @cached_property
    def runs(self) -> frozenset[int]:
        """Groups that run themselves today and have the user among their officers."""
        return frozenset(hat.key for hat in self._worn("runs"))

    @cached_property
    def handed(self) -> frozenset[int]:
        """Those of `runs` that the office handed over, with a record of it."""
        return frozenset(hat.place for hat in self._worn("handed"))

    @cached_property
    def withheld(self) -> Withheld:
        """What the office did not hand on to this officer. Asked only for groups that it handed over."""
        if self.is_staff or not self.handed:
            return NOTHING_WITHHELD
        return withheld_in(self.handed, self.day).but_for(self.memberships)

    @property
    def knows(self) -> Q:
        """A condition for memberships: those that the user knows in full as an officer of their group."""
        out = self.withheld.memberships
        runs = Q(group_id__in=self.runs)
        return runs & ~Q(pk__in=out) if out else runs

    @property
    def register(self) -> QuerySet[Any]:
        """Today's members of the groups that the user runs, as far as the user `knows` them."""
        return Membership.objects.belonging(self.day).filter(self.knows)

    @cached_property
    def runs_meetings_of(self) -> frozenset[int]:
        """Groups whose meetings the user runs: those that run themselves, and those the office has granted it to."""
        return self.runs | frozenset(hat.key for hat in self._worn("granted"))

    @cached_property
    def own_companies(self) -> frozenset[int]:
        """Companies the user represents in a group today."""
        return frozenset(hat.company for hat in self._worn("member") if hat.company)

    @property
    def _at_work(self) -> list[Hat]:
        by_key = sorted(self._worn("staff"), key=lambda hat: hat.key)
        return sorted(by_key, key=lambda hat: hat.since, reverse=True)

    def _worn(self, kind: str) -> list[Hat]:
        return [hat for hat in self._all if hat.kind == kind]

    @cached_property
    def _all(self) -> list[Hat]:
        return [Hat(*row) for row in _hats_of.rows(self.person_id, self.day)] if self.person_id else []


def bound_elsewhere(people: Collection[int], groups: Collection[int], day: datetime.date) -> frozenset[int]:
    """Those of some people (their ids) who on a day are staff, or members, officers or advisers of other groups."""
    terms = [
        StaffAssignment.objects.on(day),
        OfficerTerm.objects.on(day).exclude(group__in=groups),
        Adviser.objects.on(day).exclude(group__in=groups),
        Representative.objects.on(day).filter(
            membership__in=Membership.objects.belonging(day).exclude(group__in=groups).values("pk")
        ),
        Membership.objects.belonging(day).exclude(group__in=groups),
    ]
    return frozenset(
        pk for rows in terms for pk in rows.filter(person__in=people).values_list("person_id", flat=True)
    )


def standing(user: Any) -> Standing:
    """Today's standing of a user; a visitor has one too, with nothing in it."""
    today = timezone.localdate()
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None or kept.day != today:
        kept = Standing(user if user.is_authenticated else User(), today)
        user._standing = kept
    return kept
