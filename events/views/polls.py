"""日程調整: asked by whoever runs the meetings, answered by a link without a login, decided into a meeting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.forms.planning_polls import AnswerForm, PollForm
from events.models import DatePoll, PollVoter
from events.planning import polls
from events.planning.people import people_of
from events.planning.poll_board import board_of, is_hidden
from events.visibility import poll_voters_visible_to, polls_visible_to
from groups.models import Group
from groups.unnamed import mask_row, unnamed_to
from groups.visibility import groups_visible_to
from iri_exchange.lib import access


@access.allowed("events.run_meetings", groups_visible_to, by="slug")
def poll_new(request: HttpRequest, group: Group) -> HttpResponse:
    form = PollForm(request.POST or None, group=group, by=request.user)
    if request.method == "POST" and form.is_valid() and (started := form.act()):
        off = f"メールでお願いできない方が{started.without}名います。お電話などでたずねてください。"
        messages.success(
            request,
            f"{started.letters}名に、日程をたずねるメールをお送りします。{off if started.without else ''}",
        )
        return redirect("poll", started.poll.pk)
    people = len(people_of(group, timezone.localdate()))
    return render(request, "events/poll_new.html", {"group": group, "form": form, "people": people})


@require_safe
@access.allowed("events.run_poll", polls_visible_to)
def poll(request: HttpRequest, poll: DatePoll) -> HttpResponse:
    """How the answers stand; while it runs, each day has the button that decides."""
    is_open = poll.state == DatePoll.State.OPEN
    context: dict[str, Any] = {
        "group": poll.group,
        "poll": poll,
        "board": board_of(poll, unnamed_to(request.user)),
    }
    context |= {"is_open": is_open, "is_late": is_open and poll.answer_until < timezone.now()}
    return render(request, "events/poll.html", context)


@access.allowed("events.keep_poll_answer", poll_voters_visible_to)
def poll_for(request: HttpRequest, voter: PollVoter) -> HttpResponse:
    """What somebody said by telephone or on paper is written down."""
    poll = voter.poll
    if is_hidden(voter, unnamed_to(request.user)):
        mask_row(voter)
    form = AnswerForm(request.POST or None, voter=voter, by=request.user)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, f"{voter.person.name}さんのお返事を書きとめました。")
        return redirect("poll", poll.pk)
    context = {"group": poll.group, "poll": poll, "voter": voter, "form": form}
    return render(request, "events/poll_for.html", context)


@require_POST
@access.allowed("events.run_poll", polls_visible_to)
def poll_decide(request: HttpRequest, poll: DatePoll) -> HttpResponse:
    chosen = request.POST.get("date", "")
    known = chosen.isascii() and chosen.isdecimal() and len(chosen) < 10
    date = poll.dates.filter(pk=chosen).select_related("poll__group").first() if known else None
    if date is None:
        messages.error(request, "候補の日の「この日に決める」を押してください。")
        return redirect("poll", poll.pk)
    try:
        meeting = polls.decide(date=date)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("poll", poll.pk)
    messages.success(request, f"{meeting.name}の日が決まりました。案内は、まだ送っていません。")
    return redirect("meeting", meeting.pk)


@require_POST
@access.allowed("events.run_poll", polls_visible_to)
def poll_drop(request: HttpRequest, poll: DatePoll) -> HttpResponse:
    try:
        polls.drop(poll=poll)
        messages.success(request, "日程調整を取りやめました。お送りしたリンクは、もう開けません。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("group_meetings", poll.group.slug)


@require_POST
@access.allowed("events.run_poll", polls_visible_to)
def poll_remind(request: HttpRequest, poll: DatePoll) -> HttpResponse:
    try:
        sent = polls.remind(poll=poll, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = (
            f"まだの方{sent}名に、もう一度お願いします。"
            if sent
            else "今日お願いできる方は、もういません。同じ方には、1日に1度だけです。"
        )
        messages.success(request, said)
    return redirect("poll", poll.pk)


@never_cache
@access.public
def poll_answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the days and changes nothing; POST answers, and may answer otherwise until the last day."""
    voter = polls.voter_of(token)
    door = polls.door(voter)
    if voter is None or door != polls.Door.OPEN:
        return render(
            request,
            "events/poll_shut.html",
            {"voter": voter, "late": door == polls.Door.LATE},
            status=200 if voter else 404,
        )
    form = AnswerForm(request.POST or None, voter=voter)
    if request.method == "POST" and form.is_valid() and form.act():
        return redirect("poll_answer", token)
    context = {"voter": voter, "poll": voter.poll, "group": voter.poll.group, "form": form, "token": token}
    return render(request, "events/poll_answer.html", context)
