"""The meetings of a group: when they are, for everybody; where and what about, for those inside and the invited."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import links
from events.models import DatePoll, Meeting, PollVoter
from events.planning import desk
from events.visibility import (
    concerns_guest,
    meetings_visible_to,
    of_group,
    partners_of,
    was_told_to_guests,
    with_partners,
    with_stage,
)
from groups import faces
from groups.models import Group
from groups.unnamed import masked
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked

# A year of monthly meetings.
PAGE = 12


@require_safe
@access.visible(groups_visible_to, by="slug")
@asked.knows("page")
def group_meetings(request: HttpRequest, group: Group) -> HttpResponse:
    """What is ahead and what is gone; for those who run the meetings, what they do next."""
    meetings = with_partners(with_stage(Meeting.objects.filter(of_group(group)))).select_related(
        "group__office"
    )
    page = asked.page(meetings.gone(), request.GET.get("page", ""), PAGE)
    ahead = list(meetings.upcoming())
    context: dict[str, Any] = {"group": group, "page": page}
    context["standing_still"] = faces.standing_still(group, timezone.localdate())
    context["ahead"] = _told(request, group, ahead)
    context["gone"] = _told(request, group, list(page.object_list))
    context["inside"] = any(told for _, told in [*context["ahead"], *context["gone"]])
    context["asked_of_me"] = _asked_of(request, group)
    if request.user.has_perm("events.run_meetings", group):
        context["desk"] = desk.next_of(group)
        context["polls"] = group.date_polls.filter(state=DatePoll.State.OPEN)
    return render(request, "events/group_meetings.html", context)


@require_safe
@access.visible(meetings_visible_to)
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Everybody learns the day; the invited the notice; those inside everything; who runs it, what to do next."""
    context: dict[str, Any] = {"group": meeting.group, "meeting": meeting, "today": timezone.localdate()}
    if request.user.has_perm("events.see_notice", meeting):
        context["agenda"] = _by_number(
            meeting.agenda.select_related("membership__group", "membership__company", "membership__person"),
            request,
        )
        context["invited"] = partners_of(meeting)
    if request.user.has_perm("events.see_meeting", meeting):
        context["turns"] = _by_number(
            meeting.turns.select_related("membership__group", "membership__company", "membership__person"),
            request,
        )
    if request.user.has_perm("events.run_meeting", meeting):
        context["step"] = desk.next_step(meeting)
        context["is_ahead"] = meeting.state in Meeting.AHEAD
        context["asked_groups"] = meeting.invited_groups.select_related("group", "answered_by__person")
    return render(request, "events/meeting.html", context)


def _by_number(rows: Iterable[Any], request: HttpRequest) -> list[Any]:
    """Turns or items of the agenda: who was not handed on to this officer stands there by number."""
    found = list(rows)
    masked([row.membership for row in found if row.membership], request.user)
    return found


def _told(request: HttpRequest, group: Group, meetings: list[Meeting]) -> list[tuple[Meeting, bool]]:
    """Each meeting, and whether the reader learns its hours and its place: of what it holds with others as these tell."""
    joint = [each.pk for each in meetings if each.group_id != group.pk]
    guests = Meeting.objects.filter(was_told_to_guests(), concerns_guest(request.user), pk__in=joint)
    told = set(guests.values_list("pk", flat=True)) if joint else set()
    for each in meetings:
        each.group = group if each.group_id == group.pk else each.group
    return [(each, each.pk in told or request.user.has_perm("events.see_meeting", each)) for each in meetings]


def _asked_of(request: HttpRequest, group: Group) -> list[dict[str, Any]]:
    """Where somebody who is logged in is asked for days that suit, and has not answered."""
    person = getattr(request.user, "person_id", None)
    if not person:
        return []
    # The link answers from any phone: who looks with somebody's eyes does not get it.
    looks = bool(getattr(request, "look", None))
    rows = PollVoter.objects.filter(
        poll__group=group, poll__state=DatePoll.State.OPEN, poll__answer_until__gte=timezone.now(),
        person=person, answered_at=None,
    )  # fmt: skip
    found = rows.select_related("poll")
    return [{"poll": row.poll, "token": "" if looks else links.token_of(row)} for row in found]
