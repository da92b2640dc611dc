"""出欠のお返事: by the personal link, without a log-in; or by a log-in, from the meeting's page."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.calendars.invitation import ics_of
from events.forms.replying import ReplyForm
from events.models import Meeting, Reply
from events.replying import desk, doors, replies
from events.replying.contact import contact_of
from events.replying.doors import Door, Opened
from events.replying.facts import deadline, facts_of
from events.replying.shown import told
from events.replying.words import said
from events.telling import renewing
from events.visibility import meetings_visible_to
from iri_exchange.lib import access

Source = Reply.Source
ANSWERABLE = (Door.OPEN, Door.PARTY)
NOT_ASKED = "この会合の案内は、まだ届いていません。グループの事務局にお尋ねください。"


@never_cache
@access.public
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the page with the answer ready and changes nothing; one POST answers."""
    found = doors.opened(token)
    if found.reply is None or found.door not in ANSWERABLE:
        return _shut(request, found, token)
    form = ReplyForm(request.POST or None, reply=found.reply, asked=request.GET)
    if request.method == "POST" and form.is_valid() and form.act(Source.LINK):
        return redirect("reply_done", token)
    return render(request, "events/reply.html", _context(found.reply) | {"form": form, "token": token})


@never_cache
@require_safe
@access.public
def reply_done(request: HttpRequest, token: str) -> HttpResponse:
    """What was answered, in words, and who else comes."""
    found = doors.opened(token)
    if found.reply is None or found.door not in doors.SHOWN:
        return _shut(request, found, token)
    if not found.reply.answer:
        return redirect("reply", token)
    context = _context(found.reply) | {
        "token": token,
        "said": said(found.reply, found.reply.meeting),
        "told": told(found.reply.meeting, found.reply.membership),
        "may_change": found.door in ANSWERABLE,
    }
    return render(request, "events/reply_done.html", context)


@never_cache
@require_safe
@access.public
def reply_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting for the reader's calendar; a cancelled one says so there, too."""
    found = doors.opened(token)
    if found.reply is None or found.door not in (*doors.SHOWN, Door.CANCELLED):
        return _shut(request, found, token)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return HttpResponse(
        ics_of(found.reply.meeting), content_type="text/calendar; charset=utf-8", headers=headers
    )


@never_cache
@require_POST
@access.public
def reply_renew(request: HttpRequest, token: str) -> HttpResponse:
    """The newest link to the address in the directory, for one that was made anew."""
    found = doors.opened(token)
    if found.door in ANSWERABLE:
        return redirect("reply", token)
    if found.reply is None or found.door != Door.RENEWED:
        return _shut(request, found, token)
    key = f"reply-{found.reply.pk}"
    if limited := ratelimit.consume_or_429(request, action="renew_invitation", key=key):
        return limited
    try:
        renewing.send_link(reply=found.reply)
    except ValidationError:
        return _shut(request, Opened(Door.GONE), token)
    return render(request, "events/reply_sent.html", {"group": found.reply.meeting.group})


@never_cache
@access.allowed("events.see_notice", meetings_visible_to)
def meeting_reply(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The own reply of somebody who is logged in: by one tap elsewhere (`tap`), or in full here."""
    own = desk.own_reply(request.user, meeting)
    if own is None or not (meeting.takes_replies or meeting.takes_party_replies):
        messages.error(request, replies.OVER if own else NOT_ASKED)
        return redirect("meeting", meeting.pk)
    if request.method == "POST" and "tap" in request.POST:
        return _tapped(request, own)
    form = ReplyForm(request.POST or None, reply=own, asked=request.GET)
    if request.method == "POST" and form.is_valid() and (row := form.act(Source.LOGIN)):
        messages.success(request, "お返事を受け取りました。" + "".join(said(row, row.meeting)))
        return redirect("meeting", meeting.pk)
    return render(request, "events/meeting_reply.html", _context(own) | {"form": form})


def _tapped(request: HttpRequest, own: Reply) -> HttpResponse:
    """One button, one answer; whatever else was said stays. Leads back to where it was pressed."""
    try:
        row = replies.answer(reply=own, source=Source.LOGIN, answer=_known(request.POST.get("tap", "")))
        messages.success(request, f"{own.meeting.name}：" + "".join(said(row, row.meeting)))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("my_page") if "mine" in request.POST else redirect("meeting", own.meeting_id)


def _known(typed: str) -> str:
    return typed if typed in (Reply.Answer.YES, Reply.Answer.NO, Reply.Answer.OPEN) else ""


def _context(row: Reply) -> dict[str, Any]:
    meeting = row.meeting
    return {
        "reply": row,
        "meeting": meeting,
        "group": meeting.group,
        "facts": facts_of(meeting),
        "until": deadline(meeting),
        "last_day": timezone.localdate(meeting.reply_until) if meeting.reply_until else None,
        "today": timezone.localdate(),
        "contact": contact_of(meeting),
    }


def _shut(request: HttpRequest, found: Opened, token: str) -> HttpResponse:
    """Why the link opens nothing, and what to do; of the meeting only what its door lets through."""
    context: dict[str, Any] = {"door": found.door.name, "token": token}
    if found.reply is not None and found.door in (Door.OPEN, Door.PARTY, Door.OVER, Door.CANCELLED):
        context |= _context(found.reply) | {"said": said(found.reply, found.reply.meeting)}
    status = 404 if found.door in (Door.UNKNOWN, Door.GONE) else 200
    return render(request, "events/reply_shut.html", context, status=status)
