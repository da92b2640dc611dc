"""Calendars: what everybody may know of the meetings, and each user's own by a secret address."""

import hashlib
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_POST, require_safe

from events.calendars import exchanges, feeds, invitation, showing, writing
from events.calendars.feeds import feeds_of
from events.models import CalendarFeed, Meeting
from events.visibility import meetings_visible_to
from groups.models import Group
from groups.standing import standing
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked

ON_A_PAGE = 100


@require_safe
@access.public
@asked.knows("page")
def events(request: HttpRequest) -> HttpResponse:
    """What all groups plan, month by month: days only; and the day on which all of them meet."""
    page = asked.page(showing.upcoming_events(), request.GET.get("page", ""), ON_A_PAGE)
    by_month = groupby(page.object_list, lambda each: each.day.replace(day=1))
    context = {
        "page": page,
        "months": [(month, list(rows)) for month, rows in by_month],
        "exchanges": list(exchanges.ahead()),
        **_addresses(),
    }
    return render(request, "events/events.html", context)


@require_safe
@access.public
def calendar(request: HttpRequest) -> HttpResponse:
    return answer_with(request, showing.public_calendar(), "calendar.ics", "public, max-age=900")


@require_safe
@access.visible(groups_visible_to, by="slug")
def group_calendar(request: HttpRequest, group: Group) -> HttpResponse:
    """The public face, whoever asks: what is inside stands in the secret calendars."""
    return answer_with(request, showing.public_calendar(group), f"{group.slug}.ics", "public, max-age=900")


@require_safe
@access.allowed("events.see_notice", meetings_visible_to)
def meeting_calendar(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One meeting for one's own calendar, as the letter brings it."""
    return answer_with(request, invitation.ics_of(meeting), f"meeting-{meeting.pk}.ics", "private, no-store")


@require_safe
@access.public
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A secret calendar. The phone that fetches it is nobody; the address says whose it is."""
    found = feeds.find(token)
    if found is None:
        raise Http404
    answer = answer_with(request, showing.calendar_of(found), "calendar.ics", "private, no-cache")
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@access.signed_in
def my_calendar(request: HttpRequest) -> HttpResponse:
    """One's addresses. Who looks with somebody's eyes does not see them: they would open more than pages."""
    mine = list(feeds_of(request.user))
    groups = Group.objects.filter(pk__in=standing(request.user).insider_of).exclude(
        pk__in=[each.group_id for each in mine if each.group_id]
    )
    context = {
        "feeds": [(each, settings.SITE_URL + feeds.path_of(each)) for each in mine],
        "has_all": any(each.group_id is None for each in mine),
        "groups": groups,
        **_addresses(),
    }
    return render(request, "events/my_calendar.html", context)


@require_POST
@access.signed_in
def feed_new(request: HttpRequest) -> HttpResponse:
    """Of one of one's groups, or of everything."""
    slug = request.POST.get("group", "")
    own = Group.objects.filter(pk__in=standing(request.user).insider_of)
    feeds.start(user=request.user, group=get_object_or_404(own, slug=slug) if slug else None)
    messages.success(
        request, "カレンダーのアドレスをつくりました。下の手順で、お手もとのカレンダーに入れてください。"
    )
    return redirect("my_calendar")


@require_POST
@access.visible(feeds_of)
def feed_renew(request: HttpRequest, feed: CalendarFeed) -> HttpResponse:
    feeds.renew(feed=feed)
    messages.success(
        request, "新しいアドレスにしました。前のアドレスは、もう使えません。カレンダーに入れ直してください。"
    )
    return redirect("my_calendar")


@require_POST
@access.visible(feeds_of)
def feed_end(request: HttpRequest, feed: CalendarFeed) -> HttpResponse:
    feeds.end(feed=feed)
    messages.success(request, "購読をやめました。このアドレスは、もう使えません。")
    return redirect("my_calendar")


def _addresses() -> dict[str, str]:
    """For links that open the calendar of a phone."""
    return {"site": settings.SITE_URL, "host": settings.SITE_URL.partition("://")[2]}


def answer_with(request: HttpRequest, text: str, name: str, kept: str) -> HttpResponse:
    """The calendar, or 304 for who holds this very one. Only the content is compared, by its ETag: who left a group has
    a shorter calendar in which nothing is newer than before.
    """
    content = text.encode()
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    answer = HttpResponse(content, content_type=writing.MIME)
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    if "HTTP_IF_NONE_MATCH" in request.META:
        answer = get_conditional_response(request, etag=etag, response=answer) or answer
    answer["ETag"], answer["Cache-Control"] = etag, kept
    return answer
