"""The letters to who takes part: one function, one letter to one address. Each carries the personal link."""

from django.conf import settings
from django.urls import reverse

from events.exchange.entering.tickets import ticket_url
from events.exchange.holding.facts import in_letters
from events.models import JointExchange, Registration
from events.replying.facts import until
from events.replying.reach import reach_of
from iri_exchange.lib import japan
from members import letters
from members.letter_kind import LINK
from members.letter_kinds import KINDS
from members.models import Letter, Person

UNNUMBERED = "まだありません"


def write(kind: str, registration: Registration) -> Letter | None:
    """Queue the letter of a kind (confirm, ticket, waiting, offer, lapsed, withdrawn); None for who is not reached by letter."""
    address, person = address_of(registration)
    if not address:
        return None
    declared = KINDS[f"events/exchange_{kind}"]
    values = values_of(registration)
    return letters.write(
        kind=declared.key,
        to=address,
        values={name: text for name, text in values.items() if name in declared.placeholders},
        person=person,
        link=_link(kind, registration),
    )


def address_of(registration: Registration) -> tuple[str, Person | None]:
    """Where letters go: a member's address in the directory, if they take letters; anybody else's as it was entered."""
    person = registration.person
    if person is None:
        return registration.email, None
    return (person.email if reach_of([person])[person.pk].by_letter else ""), person


def values_of(registration: Registration) -> dict[str, str]:
    """The placeholders of all these letters; a number or a deadline that is not there is empty, or said to be."""
    exchange = registration.exchange
    ends = registration.confirm_until if registration.state == "pending" else registration.offered_until
    return {
        "お名前": registration.name,
        "合同交流会": exchange.title,
        "日": japan.full_date(exchange.day),
        "内容": in_letters(exchange),
        "番号": str(registration.number or UNNUMBERED),
        "期限": until(ends) if ends else "",
        "連絡先": contact_of(exchange),
    }


def contact_of(exchange: JointExchange) -> str:
    """The office that is asked, and its telephone."""
    office = exchange.office
    return " ".join(filter(None, [f"{office.name} 異業種交流グループ担当", office.phone]))


def _link(kind: str, registration: Registration) -> str:
    if LINK not in KINDS[f"events/exchange_{kind}"].placeholders:
        return ""
    if kind == "withdrawn":
        page = reverse("exchange", args=[registration.exchange.fiscal_year])
        return f"{settings.SITE_URL}{page}"
    return ticket_url(registration)
