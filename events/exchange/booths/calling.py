"""The call for exhibitors, in words, where it is not open: since when or until when, and whom to ask."""

import datetime
from typing import NamedTuple

from django.utils import timezone

from events.models import JointExchange
from iri_exchange.lib import japan

State = JointExchange.State
ASK, OTHERWISE = "出展をご希望のときは、事務局に、お電話でご相談ください：", "お尋ねは："


class Shut(NamedTuple):
    """Why nobody can apply now, as a heading and in words, and what whoever wants to asks of whom."""

    heading: str
    words: str
    ask: str
    contact: str

    def __str__(self) -> str:
        return f"{self.heading}。{self.words}{self.ask}{self.contact}"


def why_shut(exchange: JointExchange) -> Shut | None:
    """None while the call is open."""
    now, contact = timezone.now(), contact_of(exchange)
    none = "出展の申込は、受け付けません。"
    if exchange.takes_booths:
        return None
    if exchange.state == State.CANCELLED:
        return Shut("この合同交流会は、中止になりました", none, OTHERWISE, contact)
    if exchange.state == State.HELD or exchange.ends_at <= now:
        return Shut("この合同交流会は、終わりました", none, OTHERWISE, contact)
    if exchange.booths_until < now:
        return Shut(
            "出展の募集は、終わりました", f"締切は、{moment(exchange.booths_until)}でした。", ASK, contact
        )
    opens = f"{moment(exchange.booths_from)}から、このページで申し込めます。"
    return Shut("出展の募集は、まだ始まっていません", opens, OTHERWISE, contact)


def moment(at: datetime.datetime) -> str:
    """令和8年（2026年）12月10日（木） 23:59"""
    local = timezone.localtime(at)
    return f"{japan.full_date(local.date())} {local:%-H:%M}"


def contact_of(exchange: JointExchange) -> str:
    """The office that answers, and its telephone."""
    return " ".join(filter(None, [f"{exchange.office}（事務局）", exchange.office.phone]))
