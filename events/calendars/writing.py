"""A calendar's text. The package folds the lines, escapes the texts and ends the lines with CRLF.

Each meeting keeps its UID for good and counts its changes (SEQUENCE), so that a phone replaces what it holds; one that
is off stays in the calendar as CANCELLED.
"""

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from events.models import Meeting
from events.visibility import partners_of

TOKYO = ZoneInfo("Asia/Tokyo")
PRODUCT = "-//iri-exchange//meetings//JA"
# How often a phone may ask again; most take their own time.
EVERY = datetime.timedelta(hours=6)
STATUS = {
    Meeting.State.DRAFT: "TENTATIVE",
    Meeting.State.ANNOUNCED: "CONFIRMED",
    Meeting.State.HELD: "CONFIRMED",
    Meeting.State.CANCELLED: "CANCELLED",
}
MIME = "text/calendar; charset=utf-8"


def text_of(name: str, events: Iterable[Event], *, method: str = "PUBLISH") -> str:
    """A whole calendar. `name` is what a phone calls it."""
    made = Calendar()
    for key, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", method),
        ("name", name),
        ("x-wr-calname", name),
        ("x-wr-timezone", TOKYO.key),
    ):
        made.add(key, value)
    made.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    made.add_component(_tokyo())
    for event in events:
        made.add_component(event)
    written: str = made.to_ical().decode()
    return written


def in_full(meeting: Meeting, *, url: str = "", with_group: bool = True) -> Event:
    """For those whom it concerns: the times, the place, where it is online."""
    event = _begun(meeting, with_group=with_group, url=url)
    event.add("dtstart", meeting.starts_at.astimezone(TOKYO))
    event.add("dtend", meeting.ends_at.astimezone(TOKYO))
    if where := "　".join(filter(None, (meeting.place, meeting.address))):
        event.add("location", where)
    if about := "\n".join(_lines(meeting, url)):
        event.add("description", about)
    if meeting.state == Meeting.State.DRAFT:
        event.add("transp", "TRANSPARENT")
    return event


def for_everybody(meeting: Meeting, *, url: str) -> Event:
    """The day, and what kind of meeting of which group: no hour, no place, no subject, nobody's name."""
    event = _begun(meeting, with_group=True, url=url)
    first, last = meeting.day, meeting.ends_at.astimezone(TOKYO).date()
    event.add("dtstart", first)
    event.add("dtend", max(first, last) + datetime.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _begun(meeting: Meeting, *, with_group: bool, url: str) -> Event:
    event = Event()
    partners = "・".join(group.name for group in partners_of(meeting))
    whose = f"合同：{partners}" if partners else meeting.group.name
    name = f"{whose} {meeting.name}" if with_group else meeting.name
    # Not every calendar shows the status.
    off = "【中止】" if meeting.state == Meeting.State.CANCELLED else ""
    event.add("uid", meeting.uid)
    event.add("dtstamp", meeting.changed_at.astimezone(datetime.UTC))
    event.add("last-modified", meeting.changed_at.astimezone(datetime.UTC))
    event.add("sequence", meeting.sequence)
    event.add("status", STATUS[Meeting.State(meeting.state)])
    event.add("summary", f"{off}{name}")
    if url:
        event.add("url", url)
    return event


def _lines(meeting: Meeting, url: str) -> list[str]:
    said = [meeting.title] if meeting.title != meeting.get_kind_display() else []
    if meeting.state == Meeting.State.CANCELLED:
        said.append(f"中止になりました。{meeting.cancel_reason}")
    if meeting.state == Meeting.State.DRAFT:
        said.append("予定です。案内は、これから届きます。")
    if meeting.online_url:
        said.append(f"オンライン：{meeting.online_url}")
    if meeting.has_party:
        hour = f"{meeting.party_time:%-H:%M}から" if meeting.party_time else ""
        said.append("懇親会：" + ("　".join(filter(None, (hour, meeting.party_place))) or "あります"))
    if meeting.note:
        said.append(meeting.note)
    if url:
        said.append(f"くわしくは：{url}")
    return said


def _tokyo() -> Timezone:
    """Japan Standard Time: nine hours ahead, no summer time since 1951."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", TOKYO.key)
    nine: Any = datetime.timedelta(hours=9)
    standard.add("dtstart", datetime.datetime(1970, 1, 1))  # noqa: DTZ001  (local by definition)
    standard.add("tzname", "JST")
    standard.add("tzoffsetfrom", nine)
    standard.add("tzoffsetto", nine)
    zone.add_component(standard)
    return zone
