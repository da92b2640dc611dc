"""Attendance over time: a group's year for those inside, its 出席簿 for who runs the meetings, all groups for the office."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events.attendance import book, drawing, office
from events.attendance.counting import FORMULA
from events.attendance.yearly import Year, year_of
from groups.models import Group, Office
from groups.standing import standing
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@access.allowed("events.see_meetings", groups_visible_to, by="slug")
@asked.knows("year")
def group_attendance(request: HttpRequest, group: Group) -> HttpResponse:
    year = _year(request, group)
    context = {
        "group": group,
        "year": year,
        "years": sorted({*year.years, year.year}, reverse=True),
        "formula": FORMULA,
        "by_meeting": drawing.by_meeting(year) if year.sessions else None,
        "by_year": drawing.by_year(year) if len(year.years) > 1 else None,
        "past": [(each, year.sessions_in[each], count) for each, count in reversed(year.years.items())],
    }
    return render(request, "events/group_attendance.html", context)


@require_safe
@access.allowed("events.run_meetings", groups_visible_to, by="slug")
def group_attendance_pdf(request: HttpRequest, group: Group) -> HttpResponse:
    return _file(request, group, "pdf", "application/pdf", book.print_book)


@require_safe
@access.allowed("events.run_meetings", groups_visible_to, by="slug")
def group_attendance_xlsx(request: HttpRequest, group: Group) -> HttpResponse:
    return _file(request, group, "xlsx", XLSX, book.sheet_book)


@require_safe
@access.allowed("office.work")
@asked.knows("year", "office")
def office_attendance(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    years = office.years(today)
    year = _one_of(request, years)
    chosen = asked.choice(request, "office", Office.objects.values_list("slug", flat=True))
    groups: QuerySet[Any] = groups_visible_to(request.user)
    groups = groups.exclude(stage=Group.Stage.FORMING)
    if chosen:
        groups = groups.filter(office__slug=chosen)
    lines = office.lines_of(list(groups.order_by("founded_year", "sort_key", "pk")), year)
    context = {"lines": lines, "year": year, "years": years, "chosen": chosen, "formula": FORMULA}
    return render(request, "events/office_attendance.html", context)


@require_safe
@access.allowed("office.work", groups_visible_to, by="slug")
@asked.knows("year")
def office_group_attendance(request: HttpRequest, group: Group) -> HttpResponse:
    years = office.years(timezone.localdate())
    year = _one_of(request, years)
    context = {
        "group": group,
        "held": office.meetings_of(group, year),
        "line": office.lines_of([group], year)[0],
        "year": year,
        "years": years,
        "formula": FORMULA,
    }
    return render(request, "events/office_group_attendance.html", context)


def _year(request: HttpRequest, group: Group) -> Year:
    """The year of the address bar; the newest one with a meeting for none, and for what is no year of the group's.

    A group of January meets in the fiscal year before.
    """
    years = {str(each): each for each in range(group.founded_year - 1, timezone.localdate().year + 2)}
    year = years.get(asked.choice(request, "year", years))
    in_full = request.user.has_perm("events.run_meetings", group)
    who = standing(request.user)
    return year_of(group, year, in_full=in_full, own=frozenset(who.memberships), without=who.withheld)


def _one_of(request: HttpRequest, years: list[int]) -> int:
    return int(asked.choice(request, "year", [str(each) for each in years]) or years[0])


def _file(
    request: HttpRequest, group: Group, extension: str, content_type: str, make: Callable[..., bytes]
) -> HttpResponse:
    """GET hands it out and logs it, HEAD looks only."""
    year, purpose = _year(request, group), asked.text(request, "purpose")
    name = content_disposition_header(extension != "pdf", book.file_name(year, extension)) or ""
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    answer = HttpResponse(content_type=content_type, headers=headers)
    if request.method == "GET":
        answer.content = make(year=year, by=request.user, purpose=purpose)
    return answer
