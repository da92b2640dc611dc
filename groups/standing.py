"""What a user is today: read from the dated records once per request, kept on the user object."""

import datetime
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from groups.models import Adviser, Group, Membership, OfficerTerm, Representative, StaffAssignment
from members.models import Person, User


class Standing:
    """The hats one user wears on one day. Each set of group ids costs one query, asked for when needed."""

    def __init__(self, user: User, day: datetime.date) -> None:
        self.person_id = user.person_id
        self.day = day

    @cached_property
    def is_staff(self) -> bool:
        return bool(self._assignments)

    def is_staff_member(self, person: Person) -> bool:
        """Whether somebody else works at an office on this day."""
        return StaffAssignment.objects.on(self.day).filter(person=person).exists()

    @cached_property
    def offices(self) -> list[int]:
        return [assignment.office_id for assignment in self._assignments]

    @property
    def office_name(self) -> str:
        """The first office's."""
        return self._assignments[0].office.name if self._assignments else ""

    @cached_property
    def _assignments(self) -> list[StaffAssignment]:
        return list(self._terms(StaffAssignment).select_related("office"))

    @cached_property
    def memberships(self) -> dict[int, int]:
        """{membership id: group id} of the memberships the user belongs to or represents."""
        if not self.person_id:
            return {}
        represented = self._terms(Representative).values("membership_id")
        mine = Q(person_id=self.person_id) | Q(pk__in=represented)
        rows = Membership.objects.belonging(self.day).filter(mine).order_by()
        return dict(rows.values_list("pk", "group_id"))

    @cached_property
    def member_of(self) -> frozenset[int]:
        return frozenset(self.memberships.values()) | self.officer_of

    @cached_property
    def officer_of(self) -> frozenset[int]:
        return frozenset(self._terms(OfficerTerm).values_list("group_id", flat=True))

    @cached_property
    def adviser_of(self) -> frozenset[int]:
        return frozenset(self._terms(Adviser).values_list("group_id", flat=True))

    @cached_property
    def insider_of(self) -> frozenset[int]:
        """Groups whose roster the user may see: own ones, and those advised."""
        return self.member_of | self.adviser_of

    @cached_property
    def runs(self) -> frozenset[int]:
        """Groups that run themselves today and have the user among their officers."""
        if not self.officer_of:
            return frozenset()
        groups = Group.objects.as_of(self.day).filter(pk__in=self.officer_of, stage__in=SELF_RUNNING)
        return frozenset(groups.values_list("pk", flat=True))

    @cached_property
    def own_companies(self) -> frozenset[int]:
        """Companies the user represents in a group today."""
        if not self.memberships:
            return frozenset()
        rows = Membership.objects.filter(pk__in=self.memberships, company__isnull=False)
        return frozenset(rows.values_list("company_id", flat=True))

    def _terms(self, model: Any) -> Any:
        if not self.person_id:
            return model.objects.none()
        return model.objects.on(self.day).filter(person_id=self.person_id)


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


SELF_RUNNING = (Group.Stage.SELF_MANAGED, Group.Stage.DORMANT)


def standing(user: Any) -> Standing:
    """Today's standing of a user; a visitor has one too, with nothing in it."""
    today = timezone.localdate()
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None or kept.day != today:
        kept = Standing(user if user.is_authenticated else User(), today)
        user._standing = kept
    return kept
