"""The roster of a group: its page, and its copies as PDF, Excel and CSV. GET hands a copy out and logs it, HEAD not."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from groups.forms.rosters import DOWN, UP, RosterForm, moved
from groups.models import Group
from groups.rosters import building, printing, sheets
from groups.rosters.building import Roster
from groups.standing import standing
from groups.views.public_copies import kept_if_public
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, versions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = {sheets.UTF_8: "text/csv; charset=utf-8", sheets.CP932: "text/csv; charset=shift_jis"}
# Valid as a question, and yet there is no file that would answer it.
NO_SUCH_FILE = 422


@require_safe
@access.allowed("groups.see_members", groups_visible_to, by="slug")
def group_roster(request: HttpRequest, group: Group) -> HttpResponse:
    """What the roster would hold, and how it is to be. Looking is no copy, and is not logged."""
    form = RosterForm(request.GET, user=request.user, group=group)
    for way in (UP, DOWN):
        if key := request.GET.get(way):
            columns = ",".join(moved(form.ticked, key, way))
            return redirect(f"{request.path}?{form.query(columns=columns)}#column-{key}")
    return _page(request, group, form)


@require_POST
@access.allowed("groups.edit_group", groups_visible_to, by="slug")
@versions.in_turn
def group_roster_columns(request: HttpRequest, group: Group) -> HttpResponse:
    """The chosen columns and their order become the group's own."""
    form = RosterForm(request.POST, user=request.user, group=group)
    if not form.is_valid():
        return _page(request, group, form)
    variant = form.cleaned_data["variant"]
    access.require(request.user, variant.terms.rule, group)
    if not form.settle():
        return _page(request, group, form)
    messages.success(
        request, f"{variant.label}の列と順番を保存しました。次からは、{group.name}の名簿はこの形で出ます。"
    )
    query = form.query(settled="")
    return redirect(f"{reverse('group_roster', args=[group.slug])}?{query}")


@require_safe
@kept_if_public
@access.allowed("groups.see_members", groups_visible_to, by="slug")
def group_roster_pdf(request: HttpRequest, group: Group) -> HttpResponse:
    form = RosterForm(request.GET, user=request.user, group=group)
    if not form.is_valid():
        return _page(request, group, form)
    return _file(request, _roster(request, group, form), form, "pdf", "application/pdf", printing.print_copy)


@require_safe
@access.allowed("groups.see_members", groups_visible_to, by="slug")
def group_roster_xlsx(request: HttpRequest, group: Group) -> HttpResponse:
    form = RosterForm(request.GET, user=request.user, group=group)
    if not form.is_valid():
        return _page(request, group, form)
    make = partial(sheets.sheet_copy, file_format=sheets.XLSX)
    return _file(request, _roster(request, group, form), form, "xlsx", XLSX, make)


@require_safe
@access.allowed("groups.see_members", groups_visible_to, by="slug")
def group_roster_csv(request: HttpRequest, group: Group) -> HttpResponse:
    """UTF-8 with a byte order mark; cp932 only if it loses nothing, else a page that says what."""
    form = RosterForm(request.GET, user=request.user, group=group)
    if not form.is_valid():
        return _page(request, group, form)
    roster, encoding = _roster(request, group, form), form.cleaned_data["encoding"]
    if encoding == sheets.CP932 and (losses := sheets.losses(roster)):
        context = {"group": group, "roster": roster, "losses": losses, "query": form.query()}
        return render(request, "groups/group_roster_losses.html", context, status=NO_SUCH_FILE)
    make = partial(sheets.sheet_copy, file_format=sheets.CSV, encoding=encoding)
    return _file(request, roster, form, "csv", CSV[encoding], make)


def _page(request: HttpRequest, group: Group, form: RosterForm) -> HttpResponse:
    """The page, with the list if the form can be read."""
    roster = _roster(request, group, form) if form.is_valid() else None
    variant = form.shown_variant
    context: dict[str, Any] = {
        "group": group,
        "form": form,
        "variant": variant,
        "roster": roster,
        "rows": [zip(roster.columns, cells, strict=True) for cells in roster.table] if roster else [],
        "arrangement": form.arrangement(),
        "settled": [variant.terms.offered[key].label for key in form.settled],
        "usual": form.query(columns=",".join(variant.terms.usual)),
    }
    return render(request, "groups/group_roster.html", context, status=200 if roster else 400)


def _roster(request: HttpRequest, group: Group, form: RosterForm) -> Roster:
    asked = form.cleaned_data
    access.require(request.user, asked["variant"].terms.rule, group)
    without = standing(request.user).withheld
    return building.roster(group, asked["variant"], asked["date"], form.chosen_columns, without=without)


def _file(
    request: HttpRequest,
    roster: Roster,
    form: RosterForm,
    extension: str,
    content_type: str,
    make: Callable[..., bytes],
) -> HttpResponse:
    """A PDF is looked at, a sheet is kept."""
    name = content_disposition_header(extension != "pdf", printing.file_name(roster, extension))
    headers = {"Content-Disposition": name or "", "Cache-Control": "private, no-store"}
    answer = HttpResponse(content_type=content_type, headers=headers)
    if request.method == "GET":
        asked = form.cleaned_data
        answer.content = make(
            roster=roster, by=request.user, purpose=asked["purpose"], receiver=asked["receiver"]
        )
    return answer
