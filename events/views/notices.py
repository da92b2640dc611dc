"""The notice of a meeting: to whom, as one of them sees it, sent; the reminder; and the notice on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events.forms.telling import LOOK, SEND, NoticeForm, RemindForm
from events.models import Meeting, Notice
from events.replying.facts import deadline, facts_of
from events.replying.invitees import without_anybody
from events.replying.strangers import called, knows_the_register, stand_in
from events.telling import letters, notices, paper
from events.telling.letters import About
from events.telling.notices import Sent
from events.visibility import meetings_visible_to
from groups.unnamed import masked
from iri_exchange.lib import access, asked


@access.allowed("events.run_meeting", meetings_visible_to)
def meeting_notice(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Chosen here, looked at on the next page as one of them gets it, and sent from there."""
    if refused := _refused(meeting):
        messages.error(request, refused)
        return redirect("meeting", meeting.pk)
    form = NoticeForm(request.POST or None, meeting=meeting, in_full=knows_the_register(request.user))
    context: dict[str, Any] = {"form": form, "meeting": meeting, "group": meeting.group}
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["step"] == LOOK:
            return render(request, "events/notice_look.html", context | _looked_at(form))
        if sent := form.act(request.user):
            messages.success(request, _said(sent, "案内"))
            return redirect("meeting_replies", meeting.pk)
    context |= {
        "without": masked(without_anybody(meeting), request.user),
        "facts": facts_of(meeting),
        "until": deadline(meeting),
        "to_look": LOOK,
    }
    return render(request, "events/notice.html", context)


@access.allowed("events.run_meeting", meetings_visible_to)
def meeting_remind(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """GET shows to whom and what, POST asks them."""
    waiting: list[Any] = notices.to_remind(meeting) if meeting.takes_replies else []
    in_full = knows_the_register(request.user)
    for each in waiting:
        each.who = called(meeting, each.membership, each.person, answered=False, in_full=in_full)
    form = RemindForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid() and (sent := form.act(request.user)):
        messages.success(request, _said(sent, "お願い"))
        return redirect("meeting_replies", meeting.pk)
    context: dict[str, Any] = {"form": form, "meeting": meeting, "group": meeting.group, "waiting": waiting}
    if waiting:
        about = About(meeting)
        first = waiting[0]
        first.person = stand_in(first.person, first.who)
        context["letter"] = letters.preview(kind=Notice.Kind.REMINDER, about=about, reply=first)
    return render(request, "events/notice_remind.html", context)


@require_safe
@access.allowed("events.run_meeting", meetings_visible_to)
def meeting_notice_pdf(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """For those off e-mail, a sheet each with the reply sheet at its foot; or for one reply."""
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    name = f"{meeting.group} {meeting.name} 案内.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    if request.method == "GET":
        answer.content = paper.print_notices(
            meeting=meeting, only=asked.text(request, "reply"), in_full=knows_the_register(request.user)
        )
    return answer


def _looked_at(form: NoticeForm) -> dict[str, Any]:
    chosen = form.chosen
    return {
        "chosen": chosen,
        "by_letter": [each for each in chosen if each.reach.by_letter],
        "by_hand": [each for each in chosen if not each.reach.by_letter],
        "reader": form.shown_reader,
        "letter": form.letter(),
        "to_send": SEND,
        "to_look": LOOK,
    }


def _refused(meeting: Meeting) -> str:
    try:
        notices.check_open(meeting)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _said(sent: Sent, what: str) -> str:
    text = (
        f"{sent.letters}名にメールで{what}を送りました。"
        if sent.letters
        else f"メールで{what}を送った方はいません。"
    )
    if sent.by_hand:
        text += f"{len(sent.by_hand)}名には、紙の案内を印刷して、郵便かFAXでお届けください。"
    return text
