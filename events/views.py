"""The meetings of a group: when they are, for everybody; where and what about, for those inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Meeting
from events.visibility import meetings_visible_to
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked


@require_safe
@access.visible(groups_visible_to, by="slug")
@asked.knows("page")
def group_meetings(request: HttpRequest, group: Group) -> HttpResponse:
    meetings = Meeting.objects.filter(group=group)
    page = asked.page(meetings.gone(), request.GET.get("page", ""))
    context = {"group": group, "ahead": meetings.upcoming(), "page": page}
    return render(request, "events/group_meetings.html", context)


@require_safe
@access.visible(meetings_visible_to)
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return render(request, "events/meeting.html", {"group": meeting.group, "meeting": meeting})
