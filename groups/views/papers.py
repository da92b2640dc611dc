"""Labels, envelopes, badges and sheets of one group. GET hands a paper out and logs it; HEAD looks only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from groups.forms import papers as paper_forms
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked
from members.exports import LISTS

PRINTER = "label_printer"  # what is kept of the person's printer in the session


@require_safe
@access.allowed("groups.print_member_roster", groups_visible_to, by="slug")
def group_papers(request: HttpRequest, group: Group) -> HttpResponse:
    offered = paper_forms.offered(request.user, group)
    kind = offered.get(asked.choice(request, "paper", offered)) or next(iter(offered.values()))
    return page(request, group, kind(user=request.user, group=group, kept=request.session.get(PRINTER)))


@require_safe
@access.allowed("groups.print_office_roster", groups_visible_to, by="slug")
def group_labels(request: HttpRequest, group: Group) -> HttpResponse:
    return _printed(request, group, "labels")


@require_safe
@access.allowed("groups.print_office_roster", groups_visible_to, by="slug")
def group_envelopes(request: HttpRequest, group: Group) -> HttpResponse:
    return _printed(request, group, "envelopes")


@require_safe
@access.allowed("groups.print_office_roster", groups_visible_to, by="slug")
def group_badges(request: HttpRequest, group: Group) -> HttpResponse:
    return _printed(request, group, "badges")


@require_safe
@access.allowed("groups.print_member_roster", groups_visible_to, by="slug")
def group_company_sheets(request: HttpRequest, group: Group) -> HttpResponse:
    return _printed(request, group, "company-sheets")


@require_safe
@access.allowed("groups.print_member_roster", groups_visible_to, by="slug")
def group_attendance_sheet(request: HttpRequest, group: Group) -> HttpResponse:
    return _printed(request, group, "attendance-sheet")


def page(request: HttpRequest, group: Group, form: Any, status: int = 200) -> HttpResponse:
    """The form of one paper, with the way to the others."""
    papers = [(paper, LISTS[paper]) for paper in paper_forms.offered(request.user, group)]
    context = {"group": group, "form": form, "papers": papers}
    return render(request, "groups/group_papers.html", context, status=status)


def file_of(request: HttpRequest, form: Any) -> HttpResponse:
    """The paper; what the printer needed is kept for the person's next one."""
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    answer["Content-Disposition"] = content_disposition_header(False, form.file_name) or ""
    if request.method == "GET":
        answer.content = form.make()
        if remembered := form.remembered():
            request.session[PRINTER] = remembered
    return answer


def _printed(request: HttpRequest, group: Group, paper: str) -> HttpResponse:
    form = paper_forms.OF_ONE[paper](
        request.GET, user=request.user, group=group, kept=request.session.get(PRINTER)
    )
    return file_of(request, form) if form.is_valid() else page(request, group, form, status=400)
