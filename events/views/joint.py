"""A meeting together: the question to another group's officers, and a seat that somebody takes by themselves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from events import seats
from events.forms.joint import JointForm, questions_to
from events.joining import asking
from events.models import AgendaItem, InvitedGroup, Meeting
from events.replying.facts import Fact, facts_of
from events.visibility import meetings_visible_to
from iri_exchange.lib import access


@never_cache
@access.allowed("events.answer_invitation", meetings_visible_to)
def meeting_joint(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What it is, when and where and who asks; one button agrees, another says no."""
    questions = questions_to(request.user, meeting)
    form = JointForm(request.POST or None, meeting=meeting, by=request.user, questions=questions)
    if request.method == "POST" and form.is_valid() and (row := form.act()):
        agreed = row.state == row.State.AGREED
        said = "いっしょに開くとお返事しました。" if agreed else "見送るとお返事しました。"
        messages.success(request, f"{meeting.group}の{meeting.name}：{said}")
        return redirect("meeting_joint", meeting.pk)
    stored = meetings_visible_to(request.user).get(pk=meeting.pk)
    rows = questions_to(request.user, stored)
    context: dict[str, Any] = {"meeting": stored, "group": stored.group, "form": form, "questions": rows}
    context |= {"question": rows[0] if rows else None, "is_open": asking.is_open(stored)}
    context["facts"] = joint_facts(stored, rows)
    return render(request, "events/meeting_joint.html", context)


def joint_facts(meeting: Meeting, questions: list[InvitedGroup]) -> list[Fact]:
    """Without who presents and the address of the room on the net, which come with the notice; after a no nothing is
    theirs any more.
    """
    if all(each.state == InvitedGroup.State.DECLINED for each in questions):
        return []
    titles = [AgendaItem(time=item.time, title=item.title) for item in meeting.agenda.all()]
    return [fact for fact in facts_of(meeting, titles) if fact[0] != "オンライン"]


@require_POST
@access.allowed("events.take_seat", meetings_visible_to)
def meeting_seat(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        seats.take(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("offer_board")
    messages.success(
        request,
        f"{meeting.group}の{meeting.name}の席をとりました。ごようすが変わったときは、このページで直せます。",
    )
    return redirect("meeting", meeting.pk)
