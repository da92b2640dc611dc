"""One member of a group: its record, and the steps of its membership."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups import admitting, corrections, endings
from groups.forms.memberships import (
    LeaveForm,
    MembershipForm,
    RestForm,
    ResumeForm,
    StatusForm,
    StepForm,
    TakeBackForm,
)
from groups.membership_record import record
from groups.models import Membership
from groups.unnamed import as_told, is_masked
from groups.visibility import memberships_kept_by
from iri_exchange.lib import access, versions

MAY = "groups.change_membership"


@require_safe
@access.allowed(MAY, memberships_kept_by)
def membership(request: HttpRequest, membership: Membership) -> HttpResponse:
    membership = as_told(membership, request.user)
    if is_masked(membership):
        return _without_name(request, membership)
    context = {
        "membership": membership,
        "group": membership.group,
        "record": record(membership, request.user),
        "twin": admitting.twin(membership) if request.user.has_perm("office.work") else None,
    }
    return render(request, "groups/membership.html", context)


@access.allowed(MAY, memberships_kept_by)
@versions.in_turn
def membership_edit(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = MembershipForm(request.POST or None, instance=membership)
    is_done = request.method == "POST" and form.is_valid() and form.act()
    # Only now: the form reads the record anew.
    told = as_told(membership, request.user)
    if is_done:
        messages.success(request, f"{told.member.name}の会員の記録を保存しました。")
        return redirect("membership", membership.pk)
    context = {"membership": told, "group": membership.group, "form": form}
    return render(request, "groups/membership_edit.html", context)


@access.allowed(MAY, memberships_kept_by)
def membership_leave(request: HttpRequest, membership: Membership) -> HttpResponse:
    return _step(request, LeaveForm(request.POST or None, membership=as_told(membership, request.user)))


@access.allowed(MAY, memberships_kept_by)
def membership_rest(request: HttpRequest, membership: Membership) -> HttpResponse:
    return _step(request, RestForm(request.POST or None, membership=as_told(membership, request.user)))


@access.allowed(MAY, memberships_kept_by)
def membership_resume(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = ResumeForm(request.POST or None, membership=as_told(membership, request.user))
    named_anew = form.had_left and membership.company_id
    return _step(request, form, after="representatives" if named_anew else "membership")


@access.allowed(MAY, memberships_kept_by)
@versions.in_turn
def membership_status(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The newest status is put right, or taken back; without one the first is, which is the joining."""
    status = corrections.newest(as_told(membership, request.user))
    if status is None:
        if request.method == "POST":
            messages.error(request, corrections.NEWER)
        return redirect("membership_edit", membership.pk)
    if request.method == "POST":
        # Before the form locks the status: always in this order.
        endings.lock(membership.group_id, membership)
    taking_back = "take-back" in request.POST
    asked: Any = request.POST or None
    about: dict[str, Any] = {"membership": membership, "status": status}
    correcting = StatusForm(None if taking_back else asked, **about)
    withdrawing = TakeBackForm(asked if taking_back else None, **about)
    form = withdrawing if taking_back else correcting
    if request.method == "POST" and form.is_valid() and (said := form.act()):
        messages.success(request, said)
        return redirect("membership", membership.pk)
    context = {"membership": membership, "group": membership.group, "form": correcting, "status": status}
    return render(request, "groups/membership_status.html", context | {"withdrawing": withdrawing})


@require_POST
@access.allowed("office.work", memberships_kept_by)
def membership_compare(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The office has compared two records with the same corporate number."""
    try:
        admitting.compare(membership=membership, is_same="same" in request.POST)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "確かめたことを書きとめました。")
    return redirect("membership", membership.pk)


def _without_name(request: HttpRequest, membership: Membership) -> HttpResponse:
    """An officer keeps the number, the status and the steps of whom the office did not hand on."""
    context = {"membership": membership, "group": membership.group}
    return render(
        request, "groups/membership_unnamed.html", context | {"record": record(membership, request.user)}
    )


def _step(request: HttpRequest, form: StepForm, after: str = "membership") -> HttpResponse:
    membership = form.membership
    if request.method == "POST" and form.is_valid() and (said := form.act()):
        messages.success(request, said)
        return redirect(after, membership.pk)
    context = {"membership": membership, "group": membership.group, "form": form}
    return render(request, "groups/membership_step.html", context)
