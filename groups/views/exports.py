"""What left the portal: the log of a group's copies, whom a copy holds, and which copies hold somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.copies import copies_that_hold, copies_visible_to, held_by, in_words, of_group
from groups.models import Group
from groups.visibility import (
    companies_visible_to,
    exports_visible_to,
    groups_visible_to,
    people_visible_to,
)
from iri_exchange.lib import access, asked
from members.models import Company, Export, Person


@require_safe
@access.allowed("groups.see_exports", groups_visible_to, by="slug")
@asked.knows("page")
def group_exports(request: HttpRequest, group: Group) -> HttpResponse:
    copies = of_group(copies_visible_to(request.user), group)
    page = asked.page(copies, request.GET.get("page", ""))
    context = {"group": group, "page": page, "copies": [in_words(copy) for copy in page]}
    return render(request, "groups/group_exports.html", context)


@require_safe
@access.allowed("members.see_export", exports_visible_to)
def export(request: HttpRequest, copy: Export) -> HttpResponse:
    context = {
        "copy": in_words(copies_visible_to(request.user).get(pk=copy.pk)),
        "held": held_by(copy, request.user),
    }
    return render(request, "groups/export.html", context)


@require_safe
@access.allowed("members.see_person_exports", people_visible_to)
def person_exports(request: HttpRequest, person: Person) -> HttpResponse:
    return _answer(request, person, f"{person.name}さん")


@require_safe
@access.allowed("members.see_company_exports", companies_visible_to)
def company_exports(request: HttpRequest, company: Company) -> HttpResponse:
    return _answer(request, company, company.name)


def _answer(request: HttpRequest, whom: Person | Company, called: str) -> HttpResponse:
    context = {
        "whom": whom,
        "called": called,
        "is_person": isinstance(whom, Person),
        "found": copies_that_hold(whom, request.user),
        "now": timezone.now(),
    }
    return render(request, "groups/copies_that_hold.html", context)
