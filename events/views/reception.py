"""The reception: a list with large keys, as one form with a button, and tap by tap where a script runs."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.forms.reception import GuestForm, Sheet, taps_of
from events.models import Meeting
from events.reception import marking, sheet
from events.reception.listing import Listing, listing_of
from events.reception.page import page_of
from events.visibility import meetings_visible_to
from groups.unnamed import unnamed_to
from iri_exchange.lib import access

READ = ["GET", "HEAD", "POST"]


@require_http_methods(READ)
@access.allowed("events.run_meeting", meetings_visible_to)
@never_cache
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page; sent as a whole, what was changed on it is written down."""
    listing = listing_of(meeting, unnamed_to(request.user))
    if request.method != "POST":
        return _page(request, listing)
    sent = Sheet(request.POST, listing)
    try:
        done = marking.mark(meeting=meeting, by=request.user, marks=sent.marks)
    except ValidationError as error:
        return _refused(request, meeting, error)
    if sent.wrong:
        return _page(request, listing_of(meeting, unnamed_to(request.user)), sheet=sent)
    messages.success(
        request, f"{done.changed}名分を保存しました。" if done.changed else "変わったところはありません。"
    )
    return redirect("attendance", meeting.pk)


@require_POST
@access.allowed("events.run_meeting", meetings_visible_to)
def attendance_mark(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The taps of a phone. Answers with what everybody's page shows now."""
    try:
        # Of a form that was sent here the stream is read already; no phone of ours sends one.
        taps = taps_of(request.body if request.content_type == "application/json" else b"")
        done = marking.mark(meeting=meeting, by=request.user, marks=taps)
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages)}, status=400)
    state = marking.state_of(listing_of(meeting, unnamed_to(request.user)))
    return JsonResponse({**state, "unknown": [each.op for each in done.unknown]})


@require_safe
@access.allowed("events.run_meeting", meetings_visible_to)
@never_cache
def attendance_state(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What another phone ticked meanwhile."""
    return JsonResponse(marking.state_of(listing_of(meeting, unnamed_to(request.user))))


@require_POST
@access.allowed("events.run_meeting", meetings_visible_to)
def attendance_replied(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Everybody as they replied, in one press."""
    try:
        count = marking.mark_as_replied(meeting=meeting, by=request.user)
    except ValidationError as error:
        return _refused(request, meeting, error)
    messages.success(request, f"お返事のとおり、{count}名をつけました。ちがう方だけ直してください。")
    return redirect("attendance", meeting.pk)


@require_POST
@access.allowed("events.run_meeting", meetings_visible_to)
def attendance_guest(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = GuestForm(request.POST)
    if not form.is_valid():
        return _page(request, listing_of(meeting, unnamed_to(request.user)), guest_form=form)
    try:
        guest = marking.add_guest(meeting=meeting, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        return _refused(request, meeting, error)
    messages.success(request, f"{guest.name}様を加えました。")
    return redirect("attendance", meeting.pk)


@require_http_methods(READ)
@access.allowed("events.run_meeting", meetings_visible_to)
def attendance_finish(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What the end of the reception does, and then it is done."""
    if request.method != "POST":
        context = {
            "group": meeting.group,
            "meeting": meeting,
            "listing": listing_of(meeting, unnamed_to(request.user)),
        }
        return render(request, "events/attendance_finish.html", context)
    try:
        count = marking.finish(meeting=meeting, by=request.user)
    except ValidationError as error:
        return _refused(request, meeting, error)
    said = f"つけていなかった{count}名を、欠席にしました。" if count else ""
    messages.success(request, f"受付を終えました。{said}つづけて議事録を書けます。")
    return redirect("meeting", meeting.pk)


@require_safe
@access.allowed("events.run_meeting", meetings_visible_to)
def meeting_sheet(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The list on paper. GET hands it out and logs it, HEAD does not."""
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    answer["Content-Disposition"] = sheet.disposition(meeting)
    if request.method == "GET":
        answer.content = sheet.print_sheet(meeting=meeting, by=request.user)
    return answer


def _page(
    request: HttpRequest, listing: Listing, *, sheet: Sheet | None = None, guest_form: Any = None
) -> HttpResponse:
    meeting = listing.meeting
    context = {
        "group": meeting.group,
        "meeting": meeting,
        "listing": listing,
        "is_open": marking.is_open(meeting),
        "guest_form": guest_form or GuestForm(),
        **page_of(listing, sheet.wrong if sheet else {}),
    }
    return render(request, "events/attendance.html", context)


def _refused(request: HttpRequest, meeting: Meeting, error: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(error.messages))
    return redirect("attendance", meeting.pk)
