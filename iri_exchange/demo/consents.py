"""What members and companies agreed to: most said yes or were never asked, a few said no."""

import datetime

from groups import memberships
from groups.models import Membership
from iri_exchange.demo.tables.consents import TEXTS, VERSION
from iri_exchange.demo.world import World
from members.consents import answer_consent
from members.models import Company, Consent, ConsentText, Person

# 個人情報の保護に関する法律 came into force; nobody was asked before.
FIRST_ASKED = datetime.date(2005, 4, 1)
NOTES = ("申込書", "名簿の確認票", "電話", "総会で確認")
Kind = Consent.Kind


def write_texts(world: World) -> None:
    for kind, text in TEXTS.items():
        world.texts[kind], _ = ConsentText.objects.get_or_create(
            kind=kind, version=VERSION, defaults={"text": text}
        )


def answer_roster(world: World, membership: Membership, joined: datetime.date) -> None:
    """60 in 100 yes, 7 the company only, 3 no; the others were never asked."""
    if joined.year == world.launched.year and joined >= world.launched:
        answer = "company" if world.chance(0.1) else "yes"
    else:
        answer = world.dice.choices(["yes", "company", "no", ""], [60, 7, 3, 30])[0]
    if answer:
        memberships.answer_roster_consent(
            membership=membership,
            answer=answer,
            since=_asked(joined),
            text=world.texts["roster"],
            note=world.dice.choice(NOTES),
        )


def answer_profile(world: World, company: Company, joined: datetime.date) -> None:
    """Half of the companies are glad to be found; one in twelve declined."""
    given = world.dice.choices([True, False, None], [52, 8, 40])[0]
    if given is not None:
        answer_consent(
            kind=Kind.PUBLIC_PROFILE,
            given=given,
            since=_asked(joined),
            company=company,
            text=world.texts[Kind.PUBLIC_PROFILE],
            note=world.dice.choice(NOTES),
        )


def answer_questions(world: World, person: Person, joined: datetime.date) -> None:
    """The questions of the application form, known for those who came in the last years."""
    if joined.year < world.launched.year - 2:
        return
    yes = {
        Kind.SECRETARIAT: 1.0,
        Kind.HANDOVER: 0.9,
        Kind.JOINT_ROSTER: 0.8,
        Kind.PHOTOGRAPH: 0.7,
        Kind.MAIL: 0.6,
    }
    for kind, share in yes.items():
        answer_consent(
            kind=kind,
            given=world.chance(share),
            since=joined,
            person=person,
            text=world.texts[kind],
            note="申込書",
        )


def _asked(joined: datetime.date) -> datetime.date:
    return max(joined, FIRST_ASKED)
