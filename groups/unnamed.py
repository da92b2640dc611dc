"""Members whom the office did not hand on, as the officers of their group meet them: by number, where nobody else is told
the name either. Who lets the roster name them is named to the officers, as to every member.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from groups.models import Group, Membership, Representative
from groups.standing import Standing, standing
from groups.visibility import named_members
from members.models import Company, Person

CALLED = "名簿の引き継ぎに同意していない会員"


def unnamed_to(user: Any) -> frozenset[int]:
    """The memberships (ids), also ended ones, whose people this officer is not told. No query unless there are any.

    A member that lets only its company be shown is among them.
    """
    who: Any = standing(user)
    kept: frozenset[int] | None = vars(who).get("_unnamed")
    if kept is None:
        kept = who._unnamed = _unnamed(who)
    return kept


def people_unnamed_to(user: Any) -> set[int]:
    """Ids of the people who are, or attended for, such a member."""
    out = unnamed_to(user)
    if not out:
        return set()
    alone = Membership.objects.filter(pk__in=out, person__isnull=False).values_list("person_id", flat=True)
    attending = Representative.objects.filter(membership__in=out).values_list("person_id", flat=True)
    return {pk for pk in (*alone, *attending) if pk}


def companies_unnamed_to(user: Any) -> set[int]:
    """Ids of the companies that are such a member."""
    out = unnamed_to(user)
    found = Membership.objects.filter(pk__in=out, company__isnull=False) if out else Membership.objects.none()
    return set(found.values_list("company_id", flat=True))


def called(membership: Membership) -> str:
    """名簿の引き継ぎに同意していない会員 KY-003"""
    return f"{CALLED} {membership.number}"


def as_told(membership: Membership, user: Any) -> Membership:
    """The membership, with a stand-in for its company or person if it is unnamed to the user."""
    return masked([membership], user)[0]


def is_masked(membership: Membership) -> bool:
    """Whether a stand-in is there."""
    return getattr(membership, "_is_masked", False)


def masked(memberships: Iterable[Membership], user: Any) -> list[Membership]:
    """The memberships, those that are unnamed to the user with a stand-in for the company or the person.

    The stand-in has the key of what it stands for, so that what is saved of the membership itself stays true.
    """
    found, unnamed = list(memberships), unnamed_to(user)
    for each in found:
        if each.pk in unnamed:
            mask(each)
    return found


def mask(membership: Membership) -> None:
    """Puts the stand-in there, called by the number."""
    membership._is_masked = True  # type: ignore[attr-defined]
    if membership.company_id:
        membership.company = Company(pk=membership.company_id, name=called(membership))
    else:
        membership.person = Person(pk=membership.person_id, family_name=called(membership))


def mask_row(row: Any) -> None:
    """A record of a person for a membership, such as an answer: both stand-ins."""
    mask(row.membership)
    row.person = Person(pk=row.person_id, family_name=called(row.membership))


def withheld_rows(group: Group, user: Any) -> list[Membership]:
    """Today's members of a group that were not handed on, by number; those without a name in the list stand in as above."""
    out = standing(user).withheld.memberships
    members: Any = Membership.objects.belonging(timezone.localdate()).filter(group=group, pk__in=out)
    return masked(members.select_related("group", "company", "person").order_by("sequence"), user)


def _unnamed(who: Standing) -> frozenset[int]:
    out = who.withheld.memberships
    if not out:
        return out
    return out - frozenset(named_members(who).filter(pk__in=out).values_list("pk", flat=True))
