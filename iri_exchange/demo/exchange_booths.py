"""Who exhibits at the demo's joint exchanges, where in the hall, and what came of it."""

import datetime
from collections.abc import Iterator
from typing import Any

from events.models import Booth, PartnerGroup
from groups.models import Group
from iri_exchange.demo.exchange_plans import Exchange, State
from iri_exchange.demo.meeting_people import Attendee, Belonging
from iri_exchange.demo.meeting_plans import DAY, TAMA24, at, stamp
from iri_exchange.demo.tables.exchange import BOOTH_TITLES, FLOOR, GROUP_BOOTH, RESULTS
from iri_exchange.lib import history

COMPANIES, GROUPS, PARTNERS = 20, 2, 2
SILENT = 5  # one in so many tells no result
PLACES = [
    (row, column)
    for row, line in enumerate(FLOOR.splitlines())
    for column, letter in enumerate(line)
    if letter.isalpha()
]
DECIDED_AFTER = 10 * DAY


def add(story: Exchange, groups: list[Group], partners: list[PartnerGroup], belonging: Belonging) -> None:
    """As the date has got: applied for, accepted, placed and numbered, with its result."""
    rows: list[tuple[Booth, datetime.datetime]] = []
    for about in _exhibitors(story, groups, partners, belonging):
        moment = story.some_time(story.opens + DAY, story.booths_until)
        if story.is_past(moment):
            rows.append((Booth(exchange=story.made, **about), moment))
    rows.sort(key=lambda row: row[1])
    for place, (booth, moment) in enumerate(rows):
        _decide(story, booth, moment, place)
        if story.state == State.HELD and booth.state == Booth.State.ACCEPTED:
            _tell_result(story, booth)
    made = history.create([booth for booth, _ in rows])
    stamp([(booth, moment) for booth, (_, moment) in zip(made, rows, strict=True)], "applied_at")


def _exhibitors(
    story: Exchange, groups: list[Group], partners: list[PartnerGroup], belonging: Belonging
) -> Iterator[dict[str, Any]]:
    """Companies first, each once; then groups of ours and of the partner corporation."""
    day = min(story.day, story.today)
    found: dict[int, Attendee] = {}
    for group in groups:
        for each in belonging.on(group, day):
            if each.membership.company:
                found.setdefault(each.membership.company.pk, each)
    for each in story.dice.sample(list(found.values()), min(COMPANIES, len(found))):
        yield _company(story, each)
    title, words = GROUP_BOOTH
    for group in groups[:GROUPS]:
        yield {
            "group": group,
            "exhibitor": group.name,
            "title": title.format(name=group.name)[:40],
            "words": words,
            "first_person": belonging.officer(group, "chair", day) or f"{group.name} 幹事",
            "applied_by": story.secretary if group.slug == TAMA24 else story.office,
            "desks": 2,
        }
    for partner in partners[:PARTNERS]:
        yield {
            "partner_group": partner,
            "exhibitor": partner.name,
            "title": title.format(name=partner.name)[:40],
            "words": words,
            "first_person": f"{partner.name} 事務局",
            "applied_by": story.office,
        }


def _company(story: Exchange, each: Attendee) -> dict[str, Any]:
    company, dice = each.membership.company, story.dice
    assert company  # the caller chose those that are one
    product = company.products.split("、")[0] or company.trade
    return {
        "company": company,
        "exhibitor": company.name,
        "title": dice.choice(BOOTH_TITLES).format(product=product)[:40],
        "words": f"{company.strengths or company.products}"[:200] or "見本をお持ちします。",
        "trade": company.industry,
        "technologies": company.products[:100],
        "watts": dice.choice((0, 0, 100, 200, 300)),
        "desks": dice.choice((1, 1, 1, 2)),
        "first_person": each.person.name,
        "email": each.person.email,
        "phone": company.phone,
        "applied_by": story.office,
    }


def _decide(story: Exchange, booth: Booth, moment: datetime.datetime, place: int) -> None:
    """Accepted ten days after; placed and numbered once the call is over; one withdraws."""
    if place == 7:
        booth.state = Booth.State.WITHDRAWN
        return
    if not story.is_past(moment + DECIDED_AFTER):
        return
    booth.state = Booth.State.ACCEPTED
    placed = at(story.booths_until + 11 * DAY, 16)
    if story.is_past(placed):
        booth.number = place + 1 if place < 7 else place
        booth.place_row, booth.place_column = PLACES[(booth.number - 1) * len(PLACES) // 24]
        booth.told_at = placed


def _tell_result(story: Exchange, booth: Booth) -> None:
    dice = story.dice
    asked = at(story.day + 2 * DAY)
    booth.asked_at = asked if story.is_past(asked) else None
    answered = story.some_time(story.day + 3 * DAY, story.day + 12 * DAY)
    if booth.number and booth.number % SILENT and story.is_past(answered):
        booth.cards, booth.talks = dice.randrange(8, 45), dice.choice((0, 0, 1, 1, 2, 3))
        booth.result_words = dice.choice(RESULTS) if dice.random() < 0.5 else ""
        booth.result_at = answered
