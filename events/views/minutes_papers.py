"""The minutes and what belongs to a 総会, as PDF. GET hands them out; HEAD looks only."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events.minutes import papers
from events.minutes.reading import minutes_of, minutes_visible_to
from events.models import Meeting
from events.visibility import meetings_visible_to
from iri_exchange.lib import access


@require_safe
@access.allowed("events.see_meeting", minutes_visible_to)
def minutes_pdf(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    written = minutes_of(meeting)
    if written is None:
        raise Http404
    return _handed_out(
        request,
        meeting,
        "議事録",
        lambda: papers.print_minutes(meeting=meeting, minutes=written, reader=request.user),
    )


@require_safe
@access.allowed("events.see_meeting", minutes_visible_to)
def meeting_result(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    _require_general(meeting)
    return _handed_out(request, meeting, "総会の結果", lambda: papers.print_result(meeting=meeting))


@require_safe
@access.allowed("events.see_meeting", meetings_visible_to)
def meeting_proxy(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Also before the meeting: it is sent, or handed over, with the notice."""
    _require_general(meeting)
    return _handed_out(request, meeting, "委任状", lambda: papers.print_proxy_form(meeting=meeting))


def _require_general(meeting: Meeting) -> None:
    if meeting.kind != Meeting.Kind.GENERAL:
        raise Http404


def _handed_out(request: HttpRequest, meeting: Meeting, what: str, make: Callable[[], bytes]) -> HttpResponse:
    name = f"{meeting.group.name}_{meeting.day:%Y%m%d}_{what}.pdf"
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    if request.method == "GET":
        answer.content = make()
    return answer
