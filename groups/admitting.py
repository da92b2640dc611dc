"""Somebody is admitted to a group: found in the directory or written down, warned of by the by-laws, given a number."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from groups import endings, memberships, representing
from groups.models import Group, Membership, MembershipStatus
from groups.representing import Who
from groups.visibility import companies_visible_to, people_visible_to
from iri_exchange.lib import history, japan
from members import directory
from members.models import Company, Employment, Person

SHOWN, LONGEST = 20, 200  # a name of more letters is nobody's
CLAIMED = "申し出の法人番号："


@dataclass(frozen=True)
class Found:
    """A record that one could mean; `membership`: it is, or was, a member of the group already."""

    record: Company | Person
    membership: Any
    same_name: bool


@transaction.atomic
def admit_company(
    *,
    group: Group,
    on: datetime.date,
    company: Company | Mapping[str, Any],
    representative: Who | None = None,
    kind: str = "",
    introduced_by: str = "",
    claimed_number: str = "",
) -> Membership:
    """A company of the directory, or a new one, becomes a member, with its first contact if there is one.

    `claimed_number`: the corporate number that was given, but belongs to a record the asker may not see: the office
    compares the two (`same_numbers`). Raises ValidationError with a sentence, as `memberships.join` does.
    """
    _refuse_a_dissolved(group, on)
    with history.in_step("入会"):
        if not isinstance(company, Company):
            company = directory.register_company(**company)
        made = memberships.join(group=group, on=on, company=company, kind=kind, introduced_by=introduced_by)
        if representative:
            representing.add(membership=made, person=representative, since=on)
        if claimed_number:
            first = made.statuses.get()
            first.note = f"{CLAIMED}{claimed_number}"
            first.save()
    return made


@transaction.atomic
def admit_person(
    *, group: Group, on: datetime.date, person: Who, kind: str = "", introduced_by: str = ""
) -> Membership:
    """A person without a company becomes a member; raises as `admit_company` does."""
    _refuse_a_dissolved(group, on)
    with history.in_step("入会"):
        if not isinstance(person, Person):
            person = directory.register_person(since=on, **person)
        return memberships.join(group=group, on=on, person=person, kind=kind, introduced_by=introduced_by)


def _refuse_a_dissolved(group: Group, on: datetime.date) -> None:
    if group.stage_on(on) == Group.Stage.DISSOLVED:
        raise ValidationError(
            "その日には、グループは解散しています。日付を確かめてください。", code="dissolved"
        )


def next_number(group: Group) -> str:
    """The number that the next member gets, unless somebody else is admitted first."""
    highest = group.memberships.aggregate(highest=Max("sequence"))["highest"] or 0
    return f"{group.number_prefix}-{max(group.last_member_number, highest) + 1:03}"


def find(typed: str, *, group: Group, user: Any) -> tuple[list[Found], list[Found]]:
    """(companies, people) of those the reader may see that a typed name or corporate number could mean.

    Those with that very name come first. As many queries for many as for one.
    """
    key = japan.fold(typed)
    members = {
        (row.company_id, row.person_id): row
        for row in Membership.objects.as_of(timezone.localdate()).filter(group=group)
    }
    number = _number(typed)
    meant = Q(corporate_number=number) if number else Q(search_key__contains=key)
    companies = companies_visible_to(user).filter(meant)
    people = people_visible_to(user).filter(search_key__contains=key)
    return (
        _in_order(companies.prefetch_related("former_names"), key, members),
        _in_order(people, key, members),
    )


def _number(typed: str) -> str:
    """A corporate number, if that is what was typed."""
    try:
        return japan.corporate_number(typed)
    except ValueError:
        return ""


def _in_order(rows: QuerySet[Any], key: str, members: Mapping[Any, Membership]) -> list[Found]:
    """By name: what was typed is in it, in its フリガナ, or in a name it had; not only in what it makes."""
    named = [row for row in rows.order_by("sort_key", "pk")[: SHOWN * 10] if _is_called(row, key)]
    found = [
        Found(
            row,
            members.get((row.pk, None) if isinstance(row, Company) else (None, row.pk)),
            japan.fold(row.name) == key,
        )
        for row in named
    ]
    return sorted(found, key=lambda each: not each.same_name)[:SHOWN]


def _is_called(row: Any, key: str) -> bool:
    names = [row.name, row.kana, row.other_names]
    if isinstance(row, Company):
        names += [former.name for former in row.former_names.all()]
        if row.corporate_number and row.corporate_number == _number(key):
            return True
    return any(key in japan.fold(name) for name in names if name)


def companies_called(name: str, user: Any) -> list[Company]:
    """Those the reader may see that have this very name, however it is written."""
    return _called(companies_visible_to(user), name)


def people_called(name: str, user: Any) -> list[Person]:
    """As `companies_called`."""
    return _called(people_visible_to(user), name)


def _called(rows: QuerySet[Any], name: str) -> list[Any]:
    key = japan.fold(name) if 0 < len(name) <= LONGEST else ""
    likely = rows.filter(search_key__contains=key)[: SHOWN * 10] if key else []
    return [row for row in likely if japan.fold(row.name) == key]


def doubts(group: Group, day: datetime.date, trade: str = "") -> list[str]:
    """What the group's by-laws say against one more member on a day: to be thought of, the group decides."""
    members = group.memberships.belonging(day)
    count, said = members.count(), []
    if count >= group.capacity:
        said.append(f"定員は{group.capacity}です。いま会員は{count}なので、加えると{count + 1}になります。")
    if trade and group.same_trade != Group.SameTrade.ANY:
        rows = members.select_related("company", "person")
        same = [row.member.name for row in rows if japan.fold(row.member.trade) == japan.fold(trade)]
        rule = (
            "会則は1業種1社です。"
            if group.same_trade == Group.SameTrade.ONE
            else "同業種の入会は、会員にご相談ください。"
        )
        if same:
            said.append(f"{rule}業種が同じ会員がいます：{'、'.join(same)}。")
    return said


def same_numbers() -> QuerySet[MembershipStatus]:
    """The first status of members whose given corporate number is another record's, which nobody has compared yet."""
    rows = MembershipStatus.objects.filter(
        note__startswith=CLAIMED, membership__company__corporate_number=None
    )
    return rows.select_related("membership__group", "membership__company")


def twin(membership: Membership) -> Company | None:
    """The company of the directory that has the corporate number which was given on joining."""
    claim = same_numbers().filter(membership=membership).first()
    return _known_under(claim) if claim else None


@transaction.atomic
def compare(*, membership: Membership, is_same: bool) -> Membership:
    """The office has compared a member with its twin, and says whether they are the same company.

    If so, the member is the company that the directory knew, and its people belong there; the record that was
    written down twice stays, without a member. Raises ValidationError if there is nothing to compare, and if the
    known company is a member of the group itself.
    """
    endings.lock(membership.group_id, membership)
    claim = same_numbers().filter(membership=membership).first()
    known = _known_under(claim) if claim else None
    if claim is None or known is None:
        raise ValidationError("もう確かめてあります。", code="compared")
    if is_same and known.memberships.filter(group=membership.group_id).exists():
        raise ValidationError(
            f"{known.name}は、もうこのグループの会員です。新しいほうの会員を、退会にしてください。",
            code="member_twice",
        )
    with history.in_step("法人番号の確認"):
        if is_same:
            _belongs_to(membership, known)
        claim.note = ""
        claim.save()
    return membership


def _belongs_to(membership: Membership, known: Company) -> None:
    people = membership.representatives.values("person")
    for employment in Employment.objects.filter(company=membership.company_id, person__in=people):
        employment.company = known
        employment.save()
    membership.company = known
    membership.full_clean()
    membership.save()


def _known_under(claim: MembershipStatus) -> Company | None:
    return Company.objects.filter(corporate_number=claim.note.removeprefix(CLAIMED)).first()
