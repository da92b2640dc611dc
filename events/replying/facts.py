"""What is told of a meeting to those who are invited, in lines: the same on the reply page, in letters and on paper."""

import datetime

from django.utils import timezone

from events.models import AgendaItem, Meeting
from iri_exchange.lib import japan

Fact = tuple[str, str]


def facts_of(meeting: Meeting, agenda: list[AgendaItem] | None = None) -> list[Fact]:
    """[(label, text)], without what is empty; texts may have several lines. `agenda` where it was read already."""
    items = list(meeting.agenda.all()) if agenda is None else agenda
    facts = [
        ("日時", when(meeting)),
        ("件名", meeting.title if meeting.title != meeting.get_kind_display() else ""),
        ("会場", _place(meeting)),
        ("オンライン", meeting.online_url),
        ("内容", "\n".join(_item(item) for item in items)),
        ("会費", yen(meeting.fee)),
        ("定員", f"{meeting.capacity}名" if meeting.capacity else ""),
        ("懇親会", _party(meeting)),
        ("ひとこと", meeting.note),
    ]
    return [(label, text) for label, text in facts if text]


def when(meeting: Meeting) -> str:
    """令和8年12月10日（木） 15:00〜17:00; a camp ends on another day."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    end = (
        f"{ends:%-H:%M}" if ends.date() == starts.date() else f"{japan.full_date(ends.date())} {ends:%-H:%M}"
    )
    return f"{japan.full_date(starts.date())} {starts:%-H:%M}〜{end}"


def deadline(meeting: Meeting) -> str:
    """12月4日（金）17:00まで, 会合の始まりまで"""
    return until(meeting.reply_until) if meeting.reply_until else "会合の始まりまで"


def until(moment: datetime.datetime) -> str:
    """12月4日（金）17:00まで; the last minute of a day is the day itself. The year stands beside the meeting's own day."""
    local = timezone.localtime(moment)
    hour = "" if local.time() >= datetime.time(23, 59) else f"{local:%-H:%M}"
    return f"{japan.month_day(local.date())}{hour}まで"


def yen(amount: int | None) -> str:
    """4,000円; empty where nothing is said."""
    return "" if amount is None else f"{amount:,}円" if amount else "なし"


def _place(meeting: Meeting) -> str:
    return "\n".join(filter(None, [meeting.place, meeting.address]))


def _item(item: AgendaItem) -> str:
    time = f"{item.time:%-H:%M} " if item.time else ""
    presenter = f"（{item.presenter}）" if item.presenter else ""
    return f"{time}{item.title}{presenter}"


def _party(meeting: Meeting) -> str:
    if not meeting.has_party:
        return ""
    parts = [
        f"{meeting.party_time:%-H:%M}から" if meeting.party_time else "",
        meeting.party_place,
        f"会費{yen(meeting.party_fee)}" if meeting.party_fee is not None else "",
        f"お返事は{until(meeting.party_until)}" if meeting.party_until else "",
    ]
    return "　".join(filter(None, parts)) or "あります"
