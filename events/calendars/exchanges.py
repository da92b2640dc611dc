"""The joint exchange in calendars: everybody may know all of it."""

import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from icalendar import Event

from events.calendars import writing
from events.models import JointExchange

STATUS = {
    JointExchange.State.DRAFT: "TENTATIVE",
    JointExchange.State.PUBLISHED: "CONFIRMED",
    JointExchange.State.HELD: "CONFIRMED",
    JointExchange.State.CANCELLED: "CANCELLED",
}
# As long as the public meetings stay in the calendar.
SHOWN_FOR = datetime.timedelta(days=100)


def in_calendar() -> QuerySet[JointExchange]:
    """Those that everybody sees, of late and to come."""
    rows = JointExchange.objects.exclude(state=JointExchange.State.DRAFT)
    return rows.filter(ends_at__gte=timezone.now() - SHOWN_FOR).order_by("starts_at")


def ahead() -> QuerySet[JointExchange]:
    """Published, and not over; the next first."""
    rows = JointExchange.objects.filter(state=JointExchange.State.PUBLISHED, ends_at__gte=timezone.now())
    return rows.select_related("office").order_by("starts_at")


def ics_of(exchange: JointExchange) -> str:
    """It alone, as a file `*.ics`."""
    return writing.text_of(exchange.title, [event_of(exchange)])


def event_of(exchange: JointExchange) -> Event:
    """Times in Japan, place and page; one that is off stays, as CANCELLED."""
    event, url = Event(), page_of(exchange)
    changed = exchange.changed_at.astimezone(datetime.UTC)
    is_off = exchange.state == JointExchange.State.CANCELLED
    event.add("uid", exchange.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", exchange.sequence)
    event.add("status", STATUS[JointExchange.State(exchange.state)])
    # Not every calendar shows the status.
    event.add("summary", f"{'【中止】' if is_off else ''}{exchange.title}")
    event.add("dtstart", exchange.starts_at.astimezone(writing.TOKYO))
    event.add("dtend", exchange.ends_at.astimezone(writing.TOKYO))
    event.add("location", "　".join(filter(None, (exchange.place, exchange.address))))
    said = [f"中止になりました。{exchange.cancel_reason}"] if is_off else [exchange.theme]
    event.add("description", "\n".join([*filter(None, said), f"くわしくは：{url}"]))
    event.add("url", url)
    return event


def page_of(exchange: JointExchange) -> str:
    """The whole address of its public page."""
    return f"{settings.SITE_URL}{reverse('exchange', args=[exchange.fiscal_year])}"
