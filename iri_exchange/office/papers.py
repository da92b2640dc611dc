"""Labels, envelopes and badges of several groups at once, printed by an office."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.forms.papers import OF_SEVERAL, OfSeveralGroups
from groups.views.papers import PRINTER, file_of
from iri_exchange.lib import access, asked
from iri_exchange.office.front import active_groups
from members.exports import LISTS


@require_safe
@access.allowed("office.work")
def office_papers(request: HttpRequest) -> HttpResponse:
    return _page(request, _form(request, asked.choice(request, "paper", OF_SEVERAL) or "labels", None))


@require_safe
@access.allowed("office.work")
def office_labels(request: HttpRequest) -> HttpResponse:
    return _printed(request, "labels")


@require_safe
@access.allowed("office.work")
def office_envelopes(request: HttpRequest) -> HttpResponse:
    return _printed(request, "envelopes")


@require_safe
@access.allowed("office.work")
def office_badges(request: HttpRequest) -> HttpResponse:
    return _printed(request, "badges")


def _printed(request: HttpRequest, paper: str) -> HttpResponse:
    form = _form(request, paper, request.GET)
    return file_of(request, form) if form.is_valid() else _page(request, form, status=400)


def _form(request: HttpRequest, paper: str, data: Any) -> OfSeveralGroups:
    """All active groups to choose from, office by office."""
    groups = active_groups(timezone.localdate()).order_by("office__order", "founded_year", "sort_key")
    return OF_SEVERAL[paper](data, user=request.user, groups=groups, kept=request.session.get(PRINTER))


def _page(request: HttpRequest, form: OfSeveralGroups, status: int = 200) -> HttpResponse:
    context = {"form": form, "papers": [(paper, LISTS[paper]) for paper in OF_SEVERAL]}
    return render(request, "iri_exchange/office_papers.html", context, status=status)
