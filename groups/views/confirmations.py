"""登録内容の確認: who has confirmed and who has not, for the office and the officers of a group on its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups import confirmations, confirming
from groups.forms.confirmation import SourceForm
from groups.models import Confirmation, ConfirmationRound, Group
from groups.standing import standing as keeper
from groups.visibility import groups_visible_to, people_visible_to
from groups.visible_records import confirmation_rounds_visible_to, confirmations_visible_to
from iri_exchange.lib import access


@require_safe
@access.allowed("groups.ask_to_confirm", groups_visible_to, by="slug")
def group_confirmations(request: HttpRequest, group: Group) -> HttpResponse:
    asking = confirmations.newest(group)
    out = keeper(request.user).withheld.memberships
    runs = bool(asking and not asking.ended_at)
    standing = confirmations.standing_of(asking, out) if asking else None
    known = people_visible_to(request.user).filter(pk__in=standing.people) if standing else []
    context: dict[str, Any] = {
        "group": group,
        "standing": standing,
        "runs": runs,
        "with_page": {person.pk for person in known},
        "sources": SourceForm.base_fields["source"].choices,  # type: ignore[attr-defined]
        "to_be_asked": None if runs else confirmations.to_be_asked(group),
        "today": timezone.localdate(),
    }
    return render(request, "groups/group_confirmations.html", context)


@require_POST
@access.allowed("groups.ask_to_confirm", groups_visible_to, by="slug")
def confirmations_start(request: HttpRequest, group: Group) -> HttpResponse:
    try:
        _tell(request, confirming.start(group=group, by=request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("group_confirmations", group.slug)


@require_POST
@access.allowed("groups.keep_confirmation", confirmation_rounds_visible_to)
def confirmations_remind(request: HttpRequest, asking: ConfirmationRound) -> HttpResponse:
    try:
        _tell(request, confirming.remind(asking=asking, by=request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("group_confirmations", asking.group.slug)


@require_POST
@access.allowed("groups.keep_confirmation", confirmation_rounds_visible_to)
def confirmations_end(request: HttpRequest, asking: ConfirmationRound) -> HttpResponse:
    try:
        confirming.end(asking=asking)
        messages.success(request, "登録内容の確認を終えました。お送りしたリンクは、もう開けません。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("group_confirmations", asking.group.slug)


@require_POST
@access.allowed("groups.keep_confirmation", confirmations_visible_to)
def confirmation_note(request: HttpRequest, row: Confirmation) -> HttpResponse:
    """Somebody asked the member by telephone, and writes the answer down."""
    form = SourceForm(request.POST)
    member = str(row.membership.member)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["source"]))
        return redirect("group_confirmations", row.round.group.slug)
    try:
        confirming.confirm(confirmation=row, source=form.cleaned_data["source"], by=request.user)
        messages.success(request, f"{member}の確認を書きとめました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("group_confirmations", row.round.group.slug)


@require_POST
@access.allowed("groups.keep_confirmation", confirmations_visible_to)
def confirmation_reopen(request: HttpRequest, row: Confirmation) -> HttpResponse:
    try:
        confirming.reopen(confirmation=row)
        messages.success(request, f"{row.membership.member}の確認を取り消しました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("group_confirmations", row.round.group.slug)


def _tell(request: HttpRequest, sent: confirming.Sent) -> None:
    text = (
        f"{sent.letters}人にメールでお願いしました。" if sent.letters else "メールでお願いした方はいません。"
    )
    if sent.without:
        text += f"{sent.without}人には、お電話などで確かめて、下の一覧で書きとめてください。"
    messages.success(request, text)
