"""The reply board of a meeting, and what those who run it do there for others."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.forms.replying import CallersForm, EnterForm
from events.models import Meeting, Reply
from events.replying import desk, replies
from events.replying.board import Row, board_of, callers_for
from events.replying.facts import deadline
from events.replying.reach import reach_of
from events.replying.strangers import Called, called, knows_the_register
from events.replying.words import said
from events.telling import renewing
from events.visibility import meetings_visible_to, replies_visible_to
from iri_exchange.lib import access, asked
from members.models import Person


@require_safe
@access.allowed("events.see_notice", meetings_visible_to)
@asked.knows("caller")
def meeting_replies(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All of it for who runs the meeting; for the others what the group's setting allows."""
    context: dict[str, Any] = {"meeting": meeting, "group": meeting.group, "until": deadline(meeting)}
    if not request.user.has_perm("events.run_meeting", meeting):
        asked.choice(request, "caller", ())
        told = desk.told_to(request.user, meeting)
        return render(request, "events/board_shown.html", context | {"told": told})
    board = board_of(meeting, in_full=knows_the_register(request.user))
    callers, assigned = callers_for(meeting, _person(request)), _assigned(board.silent)
    known = {str(each.pk) for each in (*callers, *(who for who, _ in assigned))}
    caller = asked.choice(request, "caller", known)
    context |= {
        "board": board,
        "silent": [row for row in board.silent if not caller or str(row.reply.caller_id) == caller],
        "caller": caller,
        "callers": callers,
        "assigned": assigned,
    }
    return render(request, "events/board.html", context)


@require_POST
@access.allowed("events.run_meeting", meetings_visible_to)
def meeting_callers(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who of the silent is asked by whom."""
    form = CallersForm(request.POST, meeting=meeting, callers=callers_for(meeting, _person(request)))
    try:
        if not form.is_valid():
            raise ValidationError([str(each) for errors in form.errors.values() for each in errors])
        count, caller = form.act(), form.cleaned_data["caller"]
        who = f"{caller.name}さんがたずねます。" if caller else "たずねる人を、決めていないことにしました。"
        messages.success(request, f"{count}名を、{who}" if caller else f"{count}名の、{who}")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("meeting_replies", meeting.pk)


@access.allowed("events.keep_reply", replies_visible_to)
def reply_enter(request: HttpRequest, row: Reply) -> HttpResponse:
    """What somebody said by telephone, by FAX, by post or in person."""
    form = EnterForm(request.POST or None, reply=row)
    if request.method == "POST" and form.is_valid():
        written = form.act(form.cleaned_data["source"], by=request.user)
        if written:
            what = "".join(said(written, row.meeting))
            messages.success(request, f"{_who(request, written).name}さんのお返事を書きとめました。{what}")
            return redirect("meeting_replies", row.meeting_id)
    context = {
        "form": form,
        "reply": row,
        "meeting": row.meeting,
        "group": row.meeting.group,
        "said": said(row, row.meeting),
        "reach": reach_of([row.person])[row.person_id],
        "who": _who(request, row),
    }
    return render(request, "events/reply_enter.html", context)


@require_POST
@access.allowed("events.keep_reply", replies_visible_to)
def reply_link(request: HttpRequest, row: Reply) -> HttpResponse:
    """The links there were open nothing any more; the new one goes out by letter, or stands on the paper."""
    fresh = replies.renew_link(reply=row)
    row.generation = fresh.generation
    reach = reach_of([row.person])[row.person_id]
    if reach.by_letter and row.meeting.takes_replies:
        renewing.send_link(reply=row)
        messages.success(
            request,
            f"リンクを作りなおし、{_who(request, row).name}さんにメールで送りました。前のリンクは、もう開けません。",
        )
    else:
        messages.success(
            request,
            "リンクを作りなおしました。新しいリンクは、紙の案内に入ります。前のリンクは、もう開けません。",
        )
    return redirect("reply_enter", row.pk)


def _assigned(silent: list[Row]) -> list[tuple[Any, int]]:
    """[(caller, how many of the silent)]"""
    counted: dict[Any, int] = {}
    for row in silent:
        if row.reply.caller:
            counted[row.reply.caller] = counted.get(row.reply.caller, 0) + 1
    return list(counted.items())


def _who(request: HttpRequest, row: Reply) -> Called:
    in_full = knows_the_register(request.user)
    answered, oneself = bool(row.answer), row.source in Reply.OWN
    return called(
        row.meeting, row.membership, row.person, answered=answered, in_full=in_full, oneself=oneself
    )


def _person(request: HttpRequest) -> Person | None:
    person: Person | None = getattr(request.user, "person", None)
    return person
