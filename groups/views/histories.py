"""Who changed what, and when, in words; and back to an earlier version."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from groups.histories import reading, restoring, timeline
from groups.histories.drawing import drawing_of
from groups.models import Group, Membership
from groups.visibility import (
    companies_visible_to,
    groups_visible_to,
    memberships_kept_by,
    people_visible_to,
)
from iri_exchange.lib import access, asked, history_reading, japan
from members.models import Company, Person


@require_safe
@access.allowed("members.see_company_history", companies_visible_to)
@asked.knows("page")
def company_history(request: HttpRequest, company: Company) -> HttpResponse:
    may = request.user.has_perm("members.edit_company", company)
    return _history(request, company, "company", company.pk, may_restore=may)


@require_safe
@access.allowed("members.see_person_history", people_visible_to)
@asked.knows("page")
def person_history(request: HttpRequest, person: Person) -> HttpResponse:
    may = request.user.has_perm("members.edit_person", person)
    return _history(request, person, "person", person.pk, may_restore=may)


@require_safe
@access.allowed("groups.see_group_history", groups_visible_to, by="slug")
@asked.knows("page")
def group_history(request: HttpRequest, group: Group) -> HttpResponse:
    may = request.user.has_perm("groups.edit_group", group)
    return _history(request, group, "group", group.slug, may_restore=may)


@require_safe
@access.allowed("groups.see_membership_history", memberships_kept_by)
@asked.knows("page")
def membership_history(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Its dated rows are put right each by itself; there is no earlier version of the whole."""
    return _history(request, membership, "membership", membership.pk, may_restore=False)


@access.allowed("members.edit_company", companies_visible_to)
def company_restore(request: HttpRequest, company: Company) -> HttpResponse:
    return _restore(request, company, "company", company.pk)


@access.allowed("members.edit_person", people_visible_to)
def person_restore(request: HttpRequest, person: Person) -> HttpResponse:
    return _restore(request, person, "person", person.pk)


@access.allowed("groups.edit_group", groups_visible_to, by="slug")
def group_restore(request: HttpRequest, group: Group) -> HttpResponse:
    return _restore(request, group, "group", group.slug)


@require_safe
@access.visible(groups_visible_to, by="slug")
def group_timeline(request: HttpRequest, group: Group) -> HttpResponse:
    life = timeline.life_of(group, request.user)
    context = {"group": group, "life": life, "years": life.years[::-1], "drawing": drawing_of(life)}
    return render(request, "groups/timeline.html", context)


def _history(
    request: HttpRequest, record: Any, kind: str, address: Any, *, may_restore: bool
) -> HttpResponse:
    page, lines = reading.page_of(record, request.user, request.GET.get("page", ""))
    context = {"kind": kind, kind: record, "record": record, "address": address, "page": page, "lines": lines}
    if may_restore:
        (newest,) = history_reading.latest(type(record), record.pk)
        context |= {"restore": f"{kind}_restore", "newest": newest.history_id}
    return render(request, "groups/history.html", context)


def _restore(request: HttpRequest, record: Any, kind: str, address: Any) -> HttpResponse:
    """GET shows what would change back, POST changes it back; without a version it leads to the history."""
    asked_for = request.POST if request.method == "POST" else request.GET
    version = restoring.version_of(record, asked_for.get("version", ""), request.user)
    if version is None:
        return redirect(f"{kind}_history", address)
    day, errors = japan.wareki(version.day), []
    if request.method == "POST":
        shown = request.POST.get("now", "")
        try:
            restoring.restore(record=record, version=version, shown=shown, by=request.user)
        except ValidationError as error:
            errors = restoring.sentences(error, record)
            record.refresh_from_db()
        else:
            messages.success(request, f"{day}の内容に戻しました。")
            return redirect(f"{kind}_history", address)
    context = {"kind": kind, kind: record, "record": record, "address": address, "version": version}
    return render(request, "groups/restore.html", context | {"errors": errors})
