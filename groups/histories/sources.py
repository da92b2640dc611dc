"""Which history rows belong to a record and what hangs on it, as far as a reader may know them.

A history tells no more than the pages do today: not of other groups' members, not of consents, not of what only the
office keeps. For a condition that depends on today's rights it is today's that count, whatever day the row is from.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from groups.models import (
    Adviser,
    AdviserRequest,
    Bylaws,
    Group,
    GroupStage,
    Membership,
    MembershipStatus,
    OfficerTerm,
    Representative,
    RosterConsent,
)
from groups.standing import Standing, standing
from groups.visibility import companies_visible_to
from iri_exchange.lib import history, japan
from iri_exchange.lib.history_reading import Source
from members.models import (
    Company,
    CompanyClosing,
    Consent,
    Employment,
    FormerAddress,
    FormerName,
    Person,
)

# What the page of a person shows to staff and to the person alone.
PRIVATE = ("contact_method", "age_band", "confirmed_on")
AUDIENCES = {
    "strengths_for": "得意技術・設備を見せる相手",
    "seeking_for": "求める連携を見せる相手",
    "pr_for": "ひとことPRを見せる相手",
}
DATED = ("since", "until")


def sources_of(record: Any, user: Any) -> list[Source]:
    """For a company, a person, a group or a membership; the record's own rows come first."""
    who = standing(user)
    if isinstance(record, Company):
        return [*_of_company(record, who)]
    if isinstance(record, Person):
        return [*_of_person(record, who, user)]
    if isinstance(record, Group):
        return [*_of_group(record, who)]
    return [own_source(record), *_of_memberships(Q(membership_id=record.pk), who.is_staff)]


def own_source(record: Any, without: tuple[str, ...] = ()) -> Source:
    """The fields of the record itself."""
    model = type(record)
    fields = [each.name for each in history.of(model).model.tracked_fields]
    told = tuple(name for name in fields if name not in ("id", *without))
    labels = AUDIENCES if model is Company else {}
    return Source(model, Q(id=record.pk), told, labels=labels)


def keeps_all_of(record: Any, who: Standing) -> bool:
    """Whether the reader knows everybody whom the history of this record names."""
    if who.is_staff:
        return True
    if who.withheld.memberships:
        return False
    group_id = record.pk if isinstance(record, Group) else getattr(record, "group_id", None)
    return group_id in who.runs


def _of_company(company: Company, who: Standing) -> Iterator[Source]:
    yield own_source(company)
    yield Source(
        FormerName,
        Q(company_id=company.pk),
        ("name", "kana", "until"),
        lambda row, _: f"旧社名「{row.name}」",
    )
    theirs, office = Q(company_id=company.pk), ("merged_into", "note") if who.is_staff else ()
    yield Source(
        FormerAddress,
        theirs,
        ("postal_code", "address", "phone", "fax", "until"),
        lambda row, _: f"前の所在地：{row.address or row.phone}",
    )
    yield Source(
        CompanyClosing,
        theirs,
        ("status", "since", *office),
        lambda row, names: f"{row.get_status_display()}{_into(names)}",
    )
    if who.is_staff or company.pk in who.own_companies:
        yield _consents(theirs, who.is_staff)
    known, kept = _known_memberships(who).filter(company=company), _kept_memberships(who)
    yield _membership(Q(id__in=known.values("pk")))
    yield from _of_memberships(Q(membership_id__in=known.filter(pk__in=kept).values("pk")), who.is_staff)
    if not who.is_staff:
        own = known.exclude(pk__in=kept).values("pk")
        yield from _of_memberships(Q(membership_id__in=own), staff=False, notes=False)


def _of_person(person: Person, who: Standing, user: Any) -> Iterator[Source]:
    own = who.is_staff or person.pk == who.person_id
    yield own_source(person, () if own else PRIVATE)
    groups = Q() if own else Q(group_id__in=who.runs)
    theirs = Q(person_id=person.pk)
    seen = Q() if own else Q(company_id__in=companies_visible_to(user).values("pk"))
    yield Source(
        Employment,
        theirs & seen,
        ("company", "since"),
        lambda _, names: f"所属：{names['company'] or 'なし'}",
    )
    if own:
        yield _consents(theirs, who.is_staff)
    known = (Membership.objects.all() if own else _known_memberships(who)).values("pk")
    yield _membership(theirs & Q(id__in=known))
    attends = theirs & Q(membership_id__in=known)
    yield Source(
        Representative,
        attends,
        ("membership", "rank", *DATED),
        lambda _, names: f"登録者：{names['membership']}",
    )
    yield Source(OfficerTerm, theirs & groups, ("group", "role", *DATED), _office)
    yield Source(Adviser, theirs & groups, ("group", *DATED), lambda _, names: f"{names['group']}の助言者")


def _of_group(group: Group, who: Standing) -> Iterator[Source]:
    """With who became a member and what became of it; who attends for a member stands in the member's own history."""
    hanging = Q(group_id=group.pk)
    note = ("note",) if who.is_staff else ()
    yield own_source(group)
    yield Source(
        GroupStage,
        hanging,
        ("state", "since", *note),
        lambda row, _: f"段階：{row.get_state_display()}{_noted(row, note)}",
    )
    terms = ("person", "role", *DATED)
    yield Source(
        OfficerTerm,
        hanging,
        terms,
        lambda row, names: f"{OfficerTerm.Role(row.role).label}：{names['person']}",
    )
    yield Source(Adviser, hanging, ("person", *DATED, *note), lambda _, names: f"助言者：{names['person']}")
    yield Source(
        Bylaws, hanging, ("filename", "valid_from", "note"), lambda row, _: f"会則「{row.filename}」"
    )
    yield Source(
        AdviserRequest,
        hanging,
        ("state", "note", "answer"),
        lambda row, _: f"助言者の継続の依頼（{japan.fiscal_year_label(row.fiscal_year)}）",
    )
    out = who.withheld.memberships
    members = Membership.objects.filter(group=group).exclude(pk__in=out).values("pk")
    yield _membership(hanging & ~Q(id__in=out) if out else hanging)
    yield _statuses(Q(membership_id__in=members))


def _of_memberships(which: Q, staff: bool, *, notes: bool = True) -> Iterator[Source]:
    """`notes`: what was noted of a step, which the officers and the office tell each other, not the member."""
    yield _statuses(which, notes=notes)
    yield Source(
        Representative,
        which,
        ("membership", "person", "rank", *DATED),
        lambda _, names: f"{names['membership']}の登録者：{names['person']}",
    )
    yield Source(
        RosterConsent,
        which,
        ("membership", "answer", "since", "text", *(("note",) if staff else ())),
        lambda row, names: f"{names['membership']}の名簿への掲載：{row.get_answer_display()}",
    )


def _statuses(which: Q, *, notes: bool = True) -> Source:
    note = ("note",) if notes else ()
    return Source(
        MembershipStatus,
        which,
        ("membership", "state", "since", "reason", *note),
        lambda row, names: f"{names['membership']}：{row.get_state_display()}{_why(row, note)}",
    )


def _membership(which: Q) -> Source:
    return Source(
        Membership,
        which,
        ("group", "company", "person", "kind", "joined_on", "introduced_by"),
        lambda row, names: f"{names['group']}の会員：{names['company'] or names['person']}",
    )


def _consents(which: Q, staff: bool) -> Source:
    told = ("kind", "given", "since", "text", *(("note",) if staff else ()))
    return Source(Consent, which, told, _answer)


def _answer(row: Any, _: Any) -> str:
    return f"「{row.get_kind_display()}」に{'同意する' if row.given else '同意しない'}"


def _office(row: Any, names: Any) -> str:
    return f"{names['group']}の{row.get_role_display()}"


def _why(row: Any, told: tuple[str, ...]) -> str:
    """（理由：多忙）"""
    said = [f"理由：{row.get_reason_display()}" if row.reason else "", row.note if told else ""]
    return f"（{'、'.join(filter(None, said))}）" if any(said) else ""


def _into(names: Any) -> str:
    return f"（{names['merged_into']}に）" if names.get("merged_into") else ""


def _noted(row: Any, told: tuple[str, ...]) -> str:
    return f"（{row.note}）" if told and row.note else ""


def _known_memberships(who: Standing) -> Any:
    """Those whose whole record the reader knows: all, those of groups whose register they keep, and their own."""
    if who.is_staff:
        return Membership.objects.all()
    return Membership.objects.filter(who.knows | Q(pk__in=who.memberships))


def _kept_memberships(who: Standing) -> Any:
    """Those whose record the reader keeps."""
    return Membership.objects.all() if who.is_staff else Membership.objects.filter(who.knows)
