"""What everybody may know of a joint exchange: the rows that its page and its letters show."""

from django.utils import timezone

from events.models import JointExchange
from iri_exchange.lib import japan

Fact = tuple[str, str]
FREE = "無料（懇親会に参加する方は、会費をいただきます）"


def facts_of(exchange: JointExchange) -> list[Fact]:
    """(label, text), in the order of the page; a text may hold several lines. What is not known is left out.

    Reads `exchange.office`: select it along.
    """
    rows = [
        ("とき", when_of(exchange)),
        ("ところ", "\n".join(filter(None, (exchange.place, exchange.address)))),
        ("行き方", exchange.way),
        ("参加費", FREE if exchange.party_fee else "無料"),
        ("懇親会", party_of(exchange)),
        ("主催・共催", exchange.organisers),
        ("問い合わせ", contact_of(exchange)),
    ]
    return [(label, text) for label, text in rows if text]


def in_letters(exchange: JointExchange) -> str:
    """The same as letters tell it: a line each."""
    return "\n".join(f"{label}：{_one_line(text)}" for label, text in facts_of(exchange))


def when_of(exchange: JointExchange) -> str:
    """The day and the hours, in Japan."""
    start, end = timezone.localtime(exchange.starts_at), timezone.localtime(exchange.ends_at)
    last = f"{japan.full_date(end.date())} " if end.date() != start.date() else ""
    return f"{japan.full_date(start.date())} {start:%-H:%M}〜{last}{end:%-H:%M}"


def party_of(exchange: JointExchange) -> str:
    """When, where and for how much; "" where there is none."""
    if not exchange.has_party:
        return ""
    known = (
        f"{exchange.party_time:%-H:%M}から" if exchange.party_time else "",
        exchange.party_place,
        f"会費{exchange.party_fee:,}円" if exchange.party_fee else "",
    )
    return "　".join(filter(None, known)) or "あります"


def contact_of(exchange: JointExchange) -> str:
    """The office that answers questions, and its telephone."""
    office = exchange.office
    return "　".join(filter(None, (office.name, office.phone)))


def _one_line(text: str) -> str:
    return "、".join(line.strip() for line in text.splitlines() if line.strip())
