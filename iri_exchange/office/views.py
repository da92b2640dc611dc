"""Pages that cross the apps: the front door, the desk, the reader's own page."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from events.calendar import year_line
from groups.copies import copies_visible_to, in_words
from groups.models import Office
from groups.visibility import groups_visible_to, memberships_visible_to
from iri_exchange.lib import access, asked
from iri_exchange.office import desk, exports, front, imports, member_list
from iri_exchange.office import my_page as own


@access.public
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "iri_exchange/home.html", {"year": year_line(today), **front.door(today)})


@access.public
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "iri_exchange/help.html")


@access.public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "iri_exchange/privacy.html")


@access.public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "iri_exchange/accessibility.html")


@access.public
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """For the probe: 200 only when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@access.signed_in
def my_page(request: HttpRequest) -> HttpResponse:
    context = own.my_page(request.user, timezone.localdate())
    if request.user.has_perm("office.work") and not context["memberships"]:
        return redirect("office_desk")
    return render(request, "iri_exchange/my_page.html", context)


@access.allowed("office.work")
def office_desk(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    context = desk.desk(request.user, today)
    return render(request, "iri_exchange/office_desk.html", {"year": year_line(today), **context})


@access.allowed("office.work")
def office_group(request: HttpRequest) -> HttpResponse:
    """From the desk straight to one group's import, members or roster, without a script."""
    slug = asked.text(request, "slug")
    group = get_object_or_404(groups_visible_to(request.user), slug=slug)
    if request.GET.get("to") == "import":
        return redirect("roster_import", group.slug)
    if request.GET.get("to") == "roster":
        return redirect(f"{reverse('group_roster_pdf', args=[group.slug])}?variant=office")
    return redirect("group_members", group.slug)


@access.allowed("office.work")
@asked.knows("office")
def office_imports(request: HttpRequest) -> HttpResponse:
    office = asked.choice(request, "office", Office.objects.values_list("slug", flat=True))
    context = imports.overview(request.user, timezone.localdate(), office)
    return render(request, "iri_exchange/office_imports.html", context)


@access.allowed("office.work")
@asked.knows(member_list.MemberFilter, "page")
def office_members(request: HttpRequest) -> HttpResponse:
    visible = memberships_visible_to(request.user)
    chosen = member_list.MemberFilter(request.GET, visible)
    page = asked.page(chosen.qs, request.GET.get("page", ""))
    return render(request, "iri_exchange/office_members.html", {"page": page, "filter": chosen})


@access.allowed("office.work")
@asked.knows(exports.ExportFilter, "whom", "page")
def office_exports(request: HttpRequest) -> HttpResponse:
    """Every copy that left; and, asked by a name, whose copies are looked for."""
    chosen = exports.ExportFilter(request.GET, copies_visible_to(request.user))
    page = asked.page(chosen.qs, request.GET.get("page", ""))
    whom = asked.text(request, "whom").strip()
    context = {
        "filter": chosen,
        "page": page,
        "copies": [in_words(copy) for copy in page],
        "whom": whom,
        "candidates": exports.candidates(whom) if whom else None,
    }
    return render(request, "iri_exchange/office_exports.html", context)
