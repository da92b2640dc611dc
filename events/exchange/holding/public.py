"""What the public page of a joint exchange shows, and how its reader takes part."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.exchange.holding.facts import facts_of
from events.exchange.holding.steps import places_of
from events.models import Booth, JointExchange, Registration
from iri_exchange.lib import japan

State = JointExchange.State
FEW_BOOTHS = 6
ENTERED = {
    Registration.State.CONFIRMED: "参加のお申し込みは、すんでいます。",
    Registration.State.WAITING: "補欠でお待ちいただいています。",
    Registration.State.OFFERED: "席をご用意できます。期限までに、お返事をお願いします。",
}


@dataclass(frozen=True)
class WayIn:
    """A sentence; `action` and `url` are empty where there is nothing to press."""

    sentence: str
    action: str = ""
    url: str = ""


def is_ahead(exchange: JointExchange) -> bool:
    return exchange.state == State.PUBLISHED and exchange.ends_at >= timezone.now()


def shown(exchange: JointExchange) -> dict[str, Any]:
    """Context of the page: facts, programme, some booths, who may come, and afterwards how many came."""
    booths = exchange.booths.filter(state=Booth.State.ACCEPTED).defer("picture")
    is_over = exchange.state == State.HELD or exchange.ends_at < timezone.now()
    came = exchange.registrations.filter(arrived_at__isnull=False).count() if is_over else 0
    photos = exchange.photos.filter(is_public=True).defer("content") if is_over else []
    return {
        "exchange": exchange,
        "facts": facts_of(exchange),
        "programme": list(exchange.programme.select_related("group")),
        "booths": list(booths.order_by("number", "pk")[:FEW_BOOTHS]),
        "booth_count": booths.count(),
        "is_over": is_over,
        "is_off": exchange.state == State.CANCELLED,
        "is_today": exchange.day == timezone.localdate() and not is_over,
        "came": came,
        "photos": photos,
        "call_until": timezone.localdate(exchange.booths_until),
        **_for_machines(exchange),
    }


def _for_machines(exchange: JointExchange) -> dict[str, Any]:
    """What schema.org asks for: times with their offset, whether it takes place, whether one can still enter."""
    is_off = exchange.state == State.CANCELLED
    return {
        "iso_start": timezone.localtime(exchange.starts_at).isoformat(timespec="seconds"),
        "iso_end": timezone.localtime(exchange.ends_at).isoformat(timespec="seconds"),
        "event_status": "EventCancelled" if is_off else "EventScheduled",
        "availability": "InStock" if exchange.takes_registrations else "SoldOut",
        "page_url": settings.SITE_URL + reverse("exchange", args=[exchange.fiscal_year]),
    }


def way_in(exchange: JointExchange, entry: Registration | None) -> WayIn:
    """By the state of the period and by the reader; `entry` is what a member has entered, or was asked to."""
    now = timezone.now()
    if exchange.state == State.CANCELLED:
        return WayIn("この合同交流会は、中止になりました。")
    if exchange.state == State.HELD or exchange.ends_at < now:
        return WayIn("この合同交流会は、終わりました。ご参加ありがとうございました。")
    if exchange.state == State.DRAFT:
        return WayIn("まだ公開していません。職員だけに見えています。")
    if entry and entry.state in ENTERED:
        return WayIn(ENTERED[Registration.State(entry.state)], "マイページで確かめる", reverse("my_page"))
    if now < exchange.registration_from:
        return WayIn(f"参加の申込は、{_at(exchange.registration_from)}に始まります。")
    if not exchange.takes_registrations:
        return WayIn(
            f"参加の申込は、{_at(exchange.registration_until)}に締め切りました。お問い合わせは、お電話でどうぞ。"
        )
    if entry:
        until = _at(exchange.registration_until)
        return WayIn(
            f"会員の方は、マイページから申し込めます（{until}まで）。",
            "マイページで申し込む",
            reverse("my_page"),
        )
    return _by_form(exchange)


def _by_form(exchange: JointExchange) -> WayIn:
    url, until = reverse("exchange_register", args=[exchange.fiscal_year]), _at(exchange.registration_until)
    if not exchange.public_capacity:
        return WayIn("会員の方の集まりです。会員の方は、届いたご案内かマイページから申し込めます。")
    place = places_of(exchange)[1]
    if place["taken"] >= place["capacity"]:
        return WayIn(
            "一般の方の席は、いま満席です。補欠として、お申し込みを受け付けます。", "補欠で申し込む", url
        )
    return WayIn(f"どなたでも参加できます。申込は{until}までです。", "参加を申し込む", url)


def _at(moment: Any) -> str:
    at = timezone.localtime(moment)
    hour = "" if (at.hour, at.minute) in ((0, 0), (23, 59)) else f" {at:%-H:%M}"
    return f"{japan.wareki(at.date())}{hour}"
