"""The minutes of a meeting: read, written, published, told again; back to an earlier version."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.forms.minutes_page import MinutesPage
from events.minutes import earlier, general, kept, publishing, reading
from events.minutes.reading import minutes_of, minutes_visible_to
from events.models import AgendaItem, Meeting, Minutes, Todo
from events.visibility import meetings_visible_to
from iri_exchange.lib import access, asked, japan, versions

ALREADY = "この議事録は、もう公開されています。会員にもう一度知らせるときは、下のボタンを押してください。"
NOT_WRITTEN = "議事録は、まだありません。"


@require_safe
@access.allowed("events.see_meeting", minutes_visible_to)
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What was decided first; who runs the meeting also reads the draft."""
    written = minutes_of(meeting)
    context: dict[str, Any] = {"group": meeting.group, "meeting": meeting, "minutes": written}
    if written is not None:
        items, counted = list(AgendaItem.objects.filter(meeting=meeting)), _counted(meeting)
        context |= {
            "header": reading.header_of(meeting, request.user),
            "items": items,
            "todos": Todo.objects.filter(meeting=meeting),
            "counted": counted,
            "motions": general.motions(items, counted) if counted else [],
        }
    return render(request, "events/minutes.html", context)


@kept.keeps
@access.allowed("events.run_meeting", meetings_visible_to)
@versions.in_turn
def minutes_edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One page, one save. `then=publish`: on to the page that publishes."""
    if meeting.state == Meeting.State.CANCELLED:
        messages.warning(request, "中止になった会合の議事録は、書けません。")
        return redirect("meeting", meeting.pk)
    is_sent = request.method == "POST"
    before = None if is_sent else kept.typed_before(request, meeting)
    page = MinutesPage(meeting, request.POST if is_sent else None, request.FILES or None, before)
    page.main.offer_plan(request.user)
    if is_sent and page.is_valid() and (written := page.act(request.user)):
        kept.forget(request, meeting)
        goes_on = "then" in request.POST and written.state == Minutes.State.DRAFT
        messages.success(request, "議事録を保存しました。")
        return redirect("minutes_publish" if goes_on else "minutes", meeting.pk)
    context = {
        "group": meeting.group,
        "meeting": meeting,
        "page": page,
        "brought_back": before is not None,
        "header": reading.header_of(meeting, request.user),
        "expected": reading.expected(meeting),
        "counted": _counted(meeting),
        "opened_by": kept.signed(request.user, meeting),
    }
    return render(request, "events/minutes_edit.html", context)


@require_POST
@access.allowed("events.run_meeting", meetings_visible_to)
@versions.in_turn
def minutes_autosave(request: HttpRequest, meeting: Meeting) -> JsonResponse:
    """While somebody is typing: {"saved": true, "versions": {name: version}} or {"saved": false, "why": sentence}."""
    try:
        based_on = MinutesPage(meeting, request.POST).save_by_itself(request.user)
    except ValidationError as error:
        return JsonResponse({"saved": False, "why": " ".join(error.messages)})
    if based_on is None:
        return JsonResponse(
            {
                "saved": False,
                "why": "ほかの方が先に保存しました。「保存する」を押すと、両方を見くらべられます。",
            }
        )
    return JsonResponse({"saved": True, "versions": based_on})


@access.allowed("events.run_meeting", minutes_visible_to)
def minutes_publish(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """GET says what will happen and how many are told; POST publishes, or (once published) tells again."""
    written = minutes_of(meeting)
    if written is None:
        messages.warning(request, NOT_WRITTEN)
        return redirect("minutes_edit", meeting.pk)
    is_draft = written.state == Minutes.State.DRAFT
    if request.method == "POST":
        try:
            said = _publish(request, meeting, is_draft)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, said)
            return redirect("minutes", meeting.pk)
    context = {"group": meeting.group, "meeting": meeting, "minutes": written, "is_draft": is_draft}
    told = publishing.members_told(meeting)
    context |= {"why_not": publishing.why_not(meeting) if is_draft else "", "told": told}
    return render(request, "events/minutes_publish.html", context)


@require_safe
@access.allowed("events.run_meeting", minutes_visible_to)
@asked.knows("page")
def minutes_versions(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    written = minutes_of(meeting)
    if written is None:
        messages.warning(request, NOT_WRITTEN)
        return redirect("minutes_edit", meeting.pk)
    page, lines = earlier.page_of(written, request.user, request.GET.get("page", ""))
    context = {"group": meeting.group, "meeting": meeting, "page": page, "lines": lines}
    context |= {"newest": earlier.newest_of(written), "restore": "minutes_restore", "address": meeting.pk}
    return render(request, "events/minutes_versions.html", context)


@access.allowed("events.run_meeting", minutes_visible_to)
def minutes_restore(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """GET shows what would change back, POST changes it back; without a version it leads to the versions."""
    written, asked_for = minutes_of(meeting), request.POST if request.method == "POST" else request.GET
    version = earlier.version_of(written, asked_for.get("version", "")) if written else None
    if written is None or version is None:
        return redirect("minutes_versions", meeting.pk)
    errors: list[str] = []
    if request.method == "POST":
        try:
            earlier.restore(
                minutes=written, version=version, shown=request.POST.get("now", ""), by=request.user
            )
        except ValidationError as error:
            errors = error.messages
            version = earlier.version_of(written, asked_for.get("version", ""))
        else:
            messages.success(request, f"議事録を{japan.wareki(version.day)}の内容に戻しました。")
            return redirect("minutes", meeting.pk)
    context: dict[str, Any] = {"group": meeting.group, "meeting": meeting, "minutes": written}
    context |= {"version": version, "errors": errors}
    return render(request, "events/minutes_restore.html", context)


def _counted(meeting: Meeting) -> general.Count | None:
    return general.count(meeting) if meeting.kind == Meeting.Kind.GENERAL else None


def _publish(request: HttpRequest, meeting: Meeting, is_draft: bool) -> str:
    """What was done, as a sentence. `again`: the page that was sent was that of published minutes."""
    if "again" in request.POST:
        publishing.tell_again(meeting=meeting, by=request.user)
        return "議事録のことを、会員にもう一度知らせました。"
    if not is_draft:
        raise ValidationError(ALREADY, code="published")
    tell = "tell" in request.POST
    publishing.publish(meeting=meeting, by=request.user, tell=tell)
    return "議事録を公開し、会員に知らせました。" if tell else "議事録を公開しました。"
