"""The letters to members who are asked to the joint exchange: one letter to one address, with the personal link."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from events.exchange.entering import renewing
from events.exchange.entering.letters import contact_of
from events.exchange.entering.tickets import ticket_url
from events.exchange.holding.facts import in_letters
from events.models import JointExchange, Registration
from iri_exchange.lib import japan
from members import letters
from members.letter_kind import LINK
from members.letter_kinds import KINDS
from members.letter_wording import Composed, compose
from members.models import Letter


class About:
    """What is the same in all letters of one sending: read once."""

    def __init__(self, exchange: JointExchange, words: str = "") -> None:
        self.exchange, self.words = exchange, words
        self.facts = in_letters(exchange)

    def values(self, registration: Registration, kind: str) -> dict[str, str]:
        known = {
            "お名前": registration.name,
            "合同交流会": self.exchange.title,
            "日": japan.full_date(self.exchange.day),
            "内容": self.facts,
            "ことば": self.words,
            "期限": japan.full_date(timezone.localdate(self.exchange.registration_until)),
            "連絡先": contact_of(self.exchange),
        }
        return {name: known[name] for name in KINDS[kind].placeholders if name != LINK}


def write(*, kind: str, about: About, registration: Registration) -> Letter:
    """Queue the letter of a kind ("exchange_invited", "exchange_reminder", "exchange_link") to the person.

    Raises ValidationError where the address is none.
    """
    key = f"events/{kind}"
    return letters.write(
        kind=key,
        to=registration.person.email if registration.person else registration.email,
        values=about.values(registration, key),
        person=registration.person,
        link=ticket_url(registration),
    )


def preview(*, kind: str, about: About, registration: Registration) -> Composed:
    """The letter as this person would get it, with a link that opens nothing; `registration` need not be stored."""
    key = f"events/{kind}"
    example = f"{settings.SITE_URL}/joint/ticket/example/"
    return compose(KINDS[key], about.values(registration, key) | {LINK: example})


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The same letter with the link that is good now. Raises ValidationError where there is nothing to ask any more, and
    where several people share the address, of whom nothing tells whose letter it was.
    """
    row = renewing.row_of(letter)
    renewing.check_it_lies_ahead(row.exchange)
    answered = row.state != Registration.State.INVITED
    kind = "exchange_link" if answered else letter.kind.removeprefix("events/")
    return write(kind=kind, about=About(row.exchange), registration=row)
