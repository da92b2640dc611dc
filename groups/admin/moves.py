"""The moves of groups and members that the admin's lists offer, and what each of them changes besides."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from groups import endings, memberships
from groups.models import Group, Membership, MembershipStatus
from iri_exchange.lib import japan
from iri_exchange.lib.admin_moves import Move, MoveForm, Touched

Stage, Status = Group.Stage, Membership.Status
ONE_AT_A_TIME = "グループは、一つずつ選んでください。何が変わるかを、グループごとに確かめてから行います。"


class LeaveForm(MoveForm):
    """退会: the first day out, with a coded reason."""

    reason = forms.ChoiceField(
        label="退会の理由",
        choices=[("", "選んでください"), *MembershipStatus.Reason.choices],
        error_messages={"required": "理由を選んでください。"},
    )
    field_order = ("since", "reason", "note", "confirmed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].label = "退会の日（会員でなくなる最初の日）"


def _no_more(membership: Membership, day: datetime.date) -> Touched:
    """Who represents the member, and the offices held through it, end the day before."""
    ending = endings.of_leaving(membership, day)
    lines = [f"登録者：{_of(term, ending)}" for term in ending.representatives]
    lines += [f"{term.get_role_display()}：{_of(term, ending)}" for term in ending.offices]
    alone = f"{japan.wareki(ending.alone)}から、グループに役員がいなくなります。" if ending.alone else ""
    return Touched(membership, _status(membership, day), lines, alone)


def _of(term: Any, ending: endings.Ending) -> str:
    end = (
        "任期を取り消します"
        if term.since > ending.last_day
        else f"{japan.wareki(ending.last_day)}で終わります"
    )
    return f"{term.person.name}さん　{end}"


def _goes_on(membership: Membership, day: datetime.date) -> Touched:
    """Nothing ends, and the number stays."""
    return Touched(membership, _status(membership, day))


def on_its_page(request: HttpRequest, chosen: QuerySet[Any], page: str) -> HttpResponse | None:
    """To the page (by the name of its address) that shows what will happen to one group; None: back to the list."""
    if chosen.count() == 1:
        return redirect(page, chosen.get().slug)
    messages.warning(request, ONE_AT_A_TIME)
    return None


def _status(membership: Membership, day: datetime.date) -> str:
    state = membership.status_on(day)
    return Status(state).label if state else ""


def _without_consent(verb: Any) -> Any:
    def move(membership: Membership, *, since: datetime.date, note: str, confirmed: bool) -> Any:
        return verb(membership=membership, since=since, note=note)

    return move


def _leave(membership: Membership, **asked: Any) -> Any:
    return memberships.leave(membership=membership, **asked)


REST = Move("rest", "休会にする", "休会", _without_consent(memberships.rest), _goes_on)
RESUME = Move("resume", "在会に戻す", "在会", _without_consent(memberships.resume), _goes_on)
LEAVE = Move("leave", "退会にする", "退会", _leave, _no_more, LeaveForm)
