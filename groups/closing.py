"""A company closes or is merged into another: its memberships end with a reason, and all of it can be taken back."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups import corrections, endings, memberships
from groups.endings import LEFT_ALONE, Ending
from groups.models import Group, Membership, MembershipStatus
from iri_exchange.lib import history, japan
from members.models import Company, CompanyClosing

FUTURE = "まだ来ていない日です。その日になってから登録してください。先に分かっているときは、それぞれの会員の「退会」に日を入れられます。"


@dataclass(frozen=True)
class Affected:
    """One membership that would end, with what ends through it. `alone`: from then on nobody leads the group."""

    membership: Membership
    ending: Ending
    alone: datetime.date | None


class Back(NamedTuple):
    """A membership that came back; `changed` terms were changed by somebody since, and are left as they are."""

    membership: Membership
    changed: int


def affected(company: Company, since: datetime.date) -> list[Affected]:
    """What would end if the company were no more from a day on."""
    rows = Membership.objects.belonging(since).filter(company=company).select_related("group", "company")
    found = [(row, endings.of_leaving(row, since)) for row in rows.order_by("group__founded_year", "pk")]
    return [Affected(row, ending, ending.alone) for row, ending in found]


@transaction.atomic
def close(
    *,
    company: Company,
    status: str,
    since: datetime.date,
    merged_into: Company | None = None,
    note: str = "",
    confirmed: bool = False,
) -> CompanyClosing:
    """The company is no more from a day on: 廃業 or 合併, into which company, if that is known.

    Its memberships end (`memberships.leave` with 廃業・合併). Raises ValidationError for a company that is closed
    already, a day to come or before the company became a member of a group, or came back to one, and (code
    "left_alone") for a group left without officers, if that was not `confirmed`.
    """
    company = _locked(company.pk)
    if CompanyClosing.objects.filter(company=company).exists():
        raise ValidationError("この企業の廃業・合併は、もう登録されています。", code="closed")
    if since > timezone.localdate():
        raise ValidationError({"since": ValidationError(FUTURE, code="future")})
    closing = CompanyClosing(company=company, status=status, since=since, merged_into=merged_into, note=note)
    closing.full_clean()
    _refuse_members_after(company, since)
    with history.in_step(closing.get_status_display()):
        ending = affected(company, since)
        if not confirmed:
            _ask(ending)
        for each in ending:
            _leave(each.membership, since)
        closing.save()
        company.status = status
        company.save(update_fields=["status"])
    return closing


@transaction.atomic
def take_back(*, closing: CompanyClosing) -> list[Back]:
    """The company goes on, and so do the memberships that ended with it: they come back.

    Raises ValidationError, and changes nothing, if something was built on the end of one of them.
    """
    company = _locked(closing.company_id)
    if not CompanyClosing.objects.filter(pk=closing.pk).exists():
        raise ValidationError("もう取り消してあります。", code="gone")
    rows = ended_by(closing)
    with history.in_step(f"{closing.get_status_display()}の取り消し"):
        back = [_take_back(row) for row in rows]
        closing.delete()
        company.status = Company.Status.CONTINUING
        company.save(update_fields=["status"])
    return back


def ended_by(closing: CompanyClosing) -> list[MembershipStatus]:
    """The 退会 that were written with the closing, by the same step; one written down before is somebody's own."""
    made = history.of(CompanyClosing).filter(id=closing.pk, history_type="+").latest("history_id")
    with_it = history.of(MembershipStatus).filter(
        history_type="+",
        history_date=made.history_date,
        history_change_reason=made.history_change_reason,
    )
    rows = MembershipStatus.objects.filter(
        pk__in=with_it.values("id"),
        membership__company=closing.company_id,
        state=Membership.Status.LEFT,
        reason=MembershipStatus.Reason.CLOSED,
    )
    return list(rows.select_related("membership__group").order_by("membership__group_id", "pk"))


def _locked(company: int) -> Company:
    """The company as it is now: first its groups are locked, always in the same order, as whoever imports locks them."""
    ids = Membership.objects.filter(company=company).values("group")
    groups = Group.objects.select_for_update(no_key=True).filter(pk__in=ids)
    list(groups.order_by("pk").values_list("pk", flat=True))
    return Company.objects.select_for_update(no_key=True).get(pk=company)


def _refuse_members_after(company: Company, since: datetime.date) -> None:
    """What is no more joins no group, and comes back to none."""
    rows = MembershipStatus.objects.filter(membership__company=company, since__gt=since)
    later = rows.filter(state__in=Membership.BELONGING).select_related("membership__group").first()
    if later:
        raise ValidationError(
            f"{later.membership.group}：{japan.wareki(later.since)}からの「{later.get_state_display()}」が、もう登録されています。"
            "廃業・合併の日を確かめるか、先にその会員の記録を直してください。",
            code="member_after",
        )


def _ask(ending: list[Affected]) -> None:
    if alone := [each for each in ending if each.alone]:
        named = "、".join(
            f"{each.membership.group}（{japan.wareki(each.alone)}から）" for each in alone if each.alone
        )
        raise ValidationError(
            f"{named}に、役員がいなくなります。それでよければ、確認の欄に印を付けてください。",
            code=LEFT_ALONE,
        )


def _leave(membership: Membership, since: datetime.date) -> None:
    """Which group refuses is told. What the office has noted of the closing is not the group's to read."""
    reason = MembershipStatus.Reason.CLOSED
    try:
        memberships.leave(membership=membership, since=since, reason=reason, confirmed=True)
    except ValidationError as error:
        raise ValidationError(f"{membership.group}：{' '.join(error.messages)}", code="refused") from error


def _take_back(row: MembershipStatus) -> Back:
    membership = row.membership
    try:
        undone = corrections.take_back(status=row)
    except ValidationError as error:
        raise ValidationError(f"{membership.group}：{' '.join(error.messages)}", code="refused") from error
    return Back(membership, len(undone.changed))
