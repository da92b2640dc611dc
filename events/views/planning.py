"""Who runs a group's meetings plans them: one after last month's, a whole year; puts one right, calls it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from events.forms.planning import NewMeetingForm
from events.forms.planning_cancel import CancelForm
from events.forms.planning_change import ChangeMeetingForm
from events.forms.planning_year import YearForm
from events.models import Meeting, OfferAnswer
from events.planning.beginning import last_of
from events.visibility import meetings_visible_to
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked, versions


@access.allowed("events.run_meetings", groups_visible_to, by="slug")
@asked.knows("from", "kind", "with", "offer")
def meeting_new(request: HttpRequest, group: Group) -> HttpResponse:
    """Filled with an earlier meeting's (`?from=`); from here it goes straight on to the notice."""
    source = _source(request, group)
    kind = asked.choice(request, "kind", Meeting.Kind.values)
    hand = _hand_of(request, group)
    initial: dict[str, Any] = {"kind": kind} if kind else {}
    if hand:
        initial |= {"invited": [hand.group_id], "title": hand.offer.topic}
    form = NewMeetingForm(
        request.POST or None, group=group, user=request.user, source=source, hand=hand, initial=initial
    )
    if request.method == "POST" and form.is_valid() and (made := form.act()):
        messages.success(request, f"{made.name}を予定に入れました。")
        return redirect("meeting" if "later" in request.POST else "meeting_notice", made.pk)
    context = {"group": group, "form": form, "source": source, "hand": hand, "last": source or last_of(group)}
    return render(request, "events/meeting_new.html", context)


@access.allowed("events.run_meeting", meetings_visible_to)
@versions.in_turn
def meeting_edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = ChangeMeetingForm(request.POST or None, instance=meeting, user=request.user)
    if request.method == "POST" and form.is_valid() and (changed := form.act()):
        told = "案内を送った方に、変更のお知らせを送ります。" if changed.told else ""
        messages.success(request, f"{meeting.name}を直しました。{told}")
        return redirect("meeting", meeting.pk)
    stored = meetings_visible_to(request.user).get(pk=meeting.pk)
    context: dict[str, Any] = {"group": stored.group, "meeting": stored, "form": form}
    context["told"] = stored.replies.count() if stored.state == Meeting.State.ANNOUNCED else 0
    return render(request, "events/meeting_edit.html", context)


@access.allowed("events.run_meeting", meetings_visible_to)
def meeting_cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """GET says what calling it off means and who is told; POST calls it off."""
    form = CancelForm(request.POST or None, meeting=meeting, by=request.user)
    if request.method == "POST" and form.is_valid() and form.act():
        told = "案内を送った方に、お知らせを送ります。" if form.told else ""
        messages.success(request, f"{meeting.name}を中止にしました。{told}")
        return redirect("meeting", meeting.pk)
    stored = meetings_visible_to(request.user).get(pk=meeting.pk)
    context = {
        "group": stored.group,
        "meeting": stored,
        "form": form,
        "is_ahead": stored.state in Meeting.AHEAD,
    }
    context["told"] = stored.replies.count() if stored.state == Meeting.State.ANNOUNCED else 0
    return render(request, "events/meeting_cancel.html", context)


@access.allowed("events.run_meetings", groups_visible_to, by="slug")
def meeting_year(request: HttpRequest, group: Group) -> HttpResponse:
    """One line for each month: planned already, or proposed by the group's rule; POST plans those that are ticked."""
    form = YearForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid() and (planned := form.act()):
        messages.success(request, f"定例会を{len(planned)}回、予定に入れました。案内は、まだ送っていません。")
        return redirect("group_meetings", group.slug)
    return render(request, "events/meeting_year.html", {"group": group, "form": form})


def _hand_of(request: HttpRequest, group: Group) -> OfferAnswer | None:
    """Who answered the group's offer (`?with=` the group's slug, `?offer=` which), where no meeting came of it yet."""
    if not (request.GET.get("with") or request.GET.get("offer")):
        return None
    rows = OfferAnswer.objects.filter(offer__group=group, meeting=None).select_related(
        "offer__group", "group"
    )
    hands = {(each.group.slug, str(each.offer_id)): each for each in rows.order_by("pk")}
    slug = asked.choice(request, "with", {slug for slug, _ in hands})
    offer = asked.choice(request, "offer", {offer for known, offer in hands if known == slug})
    found = [each for (known, number), each in hands.items() if known == slug and offer in ("", number)]
    return found[-1] if found else None


def _source(request: HttpRequest, group: Group) -> Meeting | None:
    """The earlier meeting that the address names, if it is the group's own."""
    if not request.GET.get("from"):
        return None
    known = {str(each.pk): each for each in Meeting.objects.filter(group=group).select_related("group")}
    return known.get(asked.choice(request, "from", known))
