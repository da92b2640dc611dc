"""What a new meeting begins with: last month's of the same kind, or what is usual in the group."""

import datetime
from typing import Any

from django.utils import timezone

from events.meeting_dates import Rule, day_in
from events.models import Meeting
from events.planning.agenda import Line
from groups.models import Group
from iri_exchange.lib.working_days import is_working_day

USUAL_START, USUAL_LENGTH = datetime.time(15), datetime.timedelta(hours=2)
USUAL_NOTICE = datetime.timedelta(days=7)
ONE_DAY = datetime.timedelta(days=1)
MONTHS_AHEAD = 24
COPIED = ("kind", "place", "address", "online_url", "fee", "capacity", "has_party", "party_time", "party_place", "party_fee")  # fmt: skip


def last_of(group: Group, kind: str = Meeting.Kind.REGULAR) -> Meeting | None:
    """The latest of a kind that was not cancelled; preferably one that was told of or held, which says most."""
    rows = Meeting.objects.filter(group=group, kind=kind).exclude(state=Meeting.State.CANCELLED)
    return rows.exclude(state=Meeting.State.DRAFT).last() or rows.last()


def as_usual(group: Group) -> dict[str, Any]:
    """What the group's settings say, as the initial values of the form."""
    start = group.meeting_time or USUAL_START
    day = next_day(group, timezone.localdate())
    return {
        "kind": Meeting.Kind.REGULAR,
        "day": day,
        "start": start,
        "end": usual_end(start),
        "place": group.meeting_place,
        "reply_by": deadline(day, USUAL_NOTICE),
    }


def like(meeting: Meeting) -> dict[str, Any]:
    """The same once more, on the group's next day; each deadline as long before as it was."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    day = next_day(meeting.group, meeting.day, rule_of(meeting))
    values = {name: getattr(meeting, name) for name in COPIED}
    values |= {"day": day, "start": start.time(), "end": end.time()}
    if day and end.date() > start.date():
        values["last_day"] = day + (end.date() - start.date())
    for name, moment in (("reply_by", meeting.reply_until), ("party_by", meeting.party_until)):
        if moment:
            values[name] = deadline(day, meeting.day - timezone.localdate(moment))
    if not meeting.reply_until:
        values["reply_by"] = deadline(day, USUAL_NOTICE)
    return values


def agenda_like(meeting: Meeting) -> list[Line]:
    """The same items without who presented, who it was about and what came of it."""
    return [Line(item.title, item.time) for item in meeting.agenda.all()]


def rule_of(meeting: Meeting) -> Rule:
    """第n曜日, as the day of a meeting has it."""
    return Rule((meeting.day.day - 1) // 7 + 1, meeting.day.weekday())


def groups_rule(group: Group) -> Rule | None:
    """第n曜日 of the group's own settings."""
    if group.meeting_weekday is None:
        return None
    return Rule(group.meeting_week or 1, group.meeting_weekday)


def next_day(group: Group, after: datetime.date, otherwise: Rule | None = None) -> datetime.date | None:
    """The rule's day in the first month after `after` that lies ahead and holds no regular meeting yet."""
    rule = groups_rule(group) or otherwise
    if rule is None:
        return None
    taken = taken_months(group)
    first = after.year * 12 + after.month
    for number in range(first, first + MONTHS_AHEAD):
        year, month = number // 12, number % 12 + 1
        day = day_in(year, month, rule)
        if day and day > timezone.localdate() and (year, month) not in taken:
            return day
    return None


def taken_months(group: Group) -> dict[tuple[int, int], Meeting]:
    """{(year, month): the regular meeting in it}, without the cancelled ones."""
    rows = Meeting.objects.filter(group=group, kind=Meeting.Kind.REGULAR)
    return {(each.day.year, each.day.month): each for each in rows.exclude(state=Meeting.State.CANCELLED)}


def deadline(day: datetime.date | None, before: datetime.timedelta) -> datetime.date | None:
    """The last day to reply: so long before, on a working day, not before today; None where none is left."""
    if day is None:
        return None
    last = day - max(before, ONE_DAY)
    while not is_working_day(last):
        last -= ONE_DAY
    last = max(last, timezone.localdate())
    return last if last < day else None


def besides(last: Meeting | None, day: datetime.date, place: str) -> dict[str, Any]:
    """What else is the same as at the last one, for a meeting that is planned by its day alone; the address only of the
    same place.
    """
    also: dict[str, Any] = {}
    before = USUAL_NOTICE
    if last:
        also = {name: getattr(last, name) for name in COPIED if name not in ("kind", "place")}
        if last.place != place:
            also["address"] = ""
        if last.reply_until:
            before = last.day - timezone.localdate(last.reply_until)
    until = deadline(day, before)
    return also | {"reply_until": end_of(until) if until else None}


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """In Japan."""
    return timezone.make_aware(datetime.datetime.combine(day, time))


def end_of(day: datetime.date) -> datetime.datetime:
    """Deadlines end with their day, at 23:59:59 in Japan."""
    return moment(day, datetime.time(23, 59, 59))


def usual_end(start: datetime.time) -> datetime.time:
    """Two hours later, on the same day."""
    moment = datetime.datetime.combine(datetime.date.min, start)
    end = moment + USUAL_LENGTH
    return end.time() if end.date() == moment.date() else datetime.time(23, 59)
