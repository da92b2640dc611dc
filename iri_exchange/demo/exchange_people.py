"""Who is asked to the demo's joint exchanges, who comes, and what they say of it afterwards."""

import datetime
from collections.abc import Iterator
from typing import Any

from events.exchange.entering.own import row_for
from events.models import Feedback, PartnerGroup, Registration
from groups.models import Group
from iri_exchange.demo import people
from iri_exchange.demo.exchange_plans import Exchange, State
from iri_exchange.demo.meeting_people import Attendee, Belonging
from iri_exchange.demo.meeting_plans import DAY, at
from iri_exchange.demo.tables.exchange import GUESTS, PRESS, VISITORS, WORDS
from iri_exchange.demo.world import World, roman
from iri_exchange.lib import history

Kind, Source, Entry = Registration.Kind, Registration.Source, Registration.State
COMING, DECLINING = 0.47, 0.22
CANCELS = 16  # one number in so many, if it is a member's
VISITORS_COUNT, PARTNERS_COUNT, WALK_INS = 42, 12, 3
HOUR = datetime.timedelta(hours=1)
BATCH = 300


def add(
    world: World, story: Exchange, groups: list[Group], partners: list[PartnerGroup], belonging: Belonging
) -> list[Registration]:
    """Everybody's row, as it stands today, with the answers to the questionnaire."""
    rows = [
        *_members(story, groups, belonging),
        *_partners(world, story, partners),
        *_visitors(world, story),
        *_others(world, story),
    ]
    rows = sorted((row for row in rows if story.is_past(row.made_at)), key=lambda row: row.made_at)
    _number(story, rows)
    if story.state == State.HELD:
        _arrive(story, rows)
    made = history.create(rows, batch_size=BATCH)
    type(story.made).objects.filter(pk=story.made.pk).update(last_number=story.made.last_number)
    if story.state == State.HELD:
        _answer(story, made)
    return made


def _members(story: Exchange, groups: list[Group], belonging: Belonging) -> Iterator[Registration]:
    """All are asked in the first week; somebody in two groups once."""
    asked = at(story.opens + 3 * DAY, 10)
    day = min(story.day, story.today)
    seen = set()
    for group in groups:
        for each in belonging.on(group, day):
            if each.person.pk not in seen:
                seen.add(each.person.pk)
                yield _member(story, each, asked)


def _member(story: Exchange, each: Attendee, asked: datetime.datetime) -> Registration:
    dice, person = story.dice, each.person
    answered = story.some_time(story.opens + 4 * DAY, story.day - 8 * DAY)
    luck = dice.random()
    state = (
        Entry.CONFIRMED if luck < COMING else Entry.DECLINED if luck < COMING + DECLINING else Entry.INVITED
    )
    wishes = _wishes(story)
    if not story.is_past(answered):
        state = Entry.INVITED
    is_open = state == Entry.INVITED
    row = row_for(exchange=story.made, person=person, membership=each.membership)
    story_of_it = {
        "state": state,
        "source": "" if is_open else Source.LINK if person.email else Source.GROUP,
        "entered_by": None if is_open or person.email else story.office,
        "made_at": asked if is_open else answered,
        "invited_at": asked,
    }
    for name, value in (story_of_it if is_open else story_of_it | wishes).items():
        setattr(row, name, value)
    return row


def _wishes(story: Exchange) -> dict[str, bool]:
    dice = story.dice
    return {
        "wants_party": dice.random() < 0.5,
        "wants_tables": dice.random() < 0.85,
        "is_listed": dice.random() < 0.6,
        "photo_agreed": dice.random() < 0.7,
    }


def _partners(world: World, story: Exchange, partners: list[PartnerGroup]) -> Iterator[Registration]:
    """Entered by the partner corporation, most on one day."""
    entered = at(story.opens + 35 * DAY, 14)
    for place in range(PARTNERS_COUNT if story.is_past(entered) else 0):
        _, trade = VISITORS[place % (len(VISITORS) - 1)]
        yield _guest(
            world,
            story,
            kind=Kind.PARTNER,
            partner_group=partners[place % len(partners)],
            affiliation=f"公社の会員{place + 1}社（架空）",
            trade=trade,
            source=Source.PARTNER,
            made_at=entered + place * HOUR / 30,
        )


def _visitors(world: World, story: Exchange) -> Iterator[Registration]:
    """The public by form; some never confirmed their address; some come without having registered."""
    for place in range(VISITORS_COUNT):
        made_at = story.some_time(story.opens + DAY, story.day - 9 * DAY)
        if story.is_past(made_at):
            company, trade = VISITORS[story.dice.randrange(len(VISITORS))]
            row = _visitor(world, story, company, trade, made_at)
            if place % 14 == 13:
                row.state, row.confirm_until = Entry.LAPSED, made_at + 2 * DAY
                if not story.is_past(row.confirm_until):
                    row.state = Entry.PENDING
            yield row
    for place in range(WALK_INS if story.state == State.HELD else 0):
        company, trade = VISITORS[place]
        row = _visitor(world, story, company, trade, at(story.day, 13, 10 + 7 * place))
        row.source, row.entered_by, row.email = Source.DOOR, story.office, ""
        yield row


def _visitor(
    world: World, story: Exchange, company: str, trade: str, made_at: datetime.datetime
) -> Registration:
    return _guest(
        world,
        story,
        kind=Kind.PUBLIC,
        affiliation=company,
        trade=trade,
        source=Source.WEB,
        made_at=made_at,
        consent_text=story.text,
        consented_at=made_at,
        mail_agreed=story.dice.random() < 0.6,
    )


def _others(world: World, story: Exchange) -> Iterator[Registration]:
    """Guests and the press, whom the office writes down."""
    for number, (affiliation, title) in enumerate(GUESTS):
        yield _guest(
            world, story, kind=Kind.GUEST, affiliation=affiliation, title=title, **_noted(story, number)
        )
    for number, affiliation in enumerate(PRESS, start=len(GUESTS)):
        yield _guest(
            world, story, kind=Kind.PRESS, affiliation=affiliation, title="記者", **_noted(story, number)
        )


def _noted(story: Exchange, number: int) -> dict[str, Any]:
    moment = at(story.opens + (40 + 4 * number) * DAY, 11)
    return {"source": Source.OFFICE, "entered_by": story.office, "made_at": moment}


def _guest(world: World, story: Exchange, **about: Any) -> Registration:
    """Somebody from outside, with a name that nobody has."""
    who = people.name(world)
    wishes = _wishes(story)
    if about["kind"] in (Kind.GUEST, Kind.PRESS):
        wishes["wants_tables"] = False
    email = f"{roman(who.family_kana)}.{roman(who.given_kana)}{len(world.taken)}@visitor.example.jp"
    fields = {"state": Entry.CONFIRMED, "name": who.full, "kana": who.kana, "email": email}
    return Registration(exchange=story.made, **fields | wishes | about)


def _number(story: Exchange, rows: list[Registration]) -> None:
    """In the order in which they came; the last of the public wait, and some members cancel."""
    places = story.made.public_capacity
    for row in rows:
        if row.state != Entry.CONFIRMED:
            continue
        story.made.last_number += 1
        row.number = story.made.last_number
        if row.kind == Kind.PUBLIC and row.source == Source.WEB:
            if places == 0:
                row.state, row.waiting_since = Entry.WAITING, row.made_at
            places = max(places - 1, 0)
        elif row.kind == Kind.MEMBER and row.number % CANCELS == 0:
            ended = row.made_at + story.dice.randrange(2, 9) * DAY
            if story.is_past(ended) and ended < story.made.starts_at:
                row.state, row.ended_at = Entry.CANCELLED, ended


def _arrive(story: Exchange, rows: list[Registration]) -> None:
    for row in rows:
        comes = row.source == Source.DOOR or story.dice.random() < 0.92
        if row.state == Entry.CONFIRMED and comes:
            minutes = datetime.timedelta(minutes=story.dice.randrange(-40, 20))
            row.arrived_at = row.made_at if row.source == Source.DOOR else story.made.starts_at + minutes
            row.received_by = story.office
            row.badge_prints = 1
            thanked = at(story.day + 2 * DAY)
            row.thanked_at = thanked if row.email and story.is_past(thanked) else None


def _answer(story: Exchange, rows: list[Registration]) -> None:
    """About half of those who were asked, in the two weeks after it."""
    dice = story.dice
    words = iter(dice.sample(WORDS, len(WORDS)))
    answers = []
    for row in rows:
        moment = story.some_time(story.day + 2 * DAY, story.day + 14 * DAY) + 3 * HOUR
        if row.thanked_at is None or dice.random() < 0.45 or not story.is_past(moment):
            continue
        useful = [key for key, _ in Feedback.USEFUL if dice.random() < 0.5]
        answers.append(
            Feedback(
                registration=row,
                satisfaction=dice.choice((3, 4, 4, 4, 5, 5)),
                useful=useful,
                met=dice.choice((None, 5, 8, 10, 12, 15, 20)),
                talks_on=dice.choice(("yes", "maybe", "maybe", "no", "")),
                comes_again=dice.choice((True, True, True, None, False)),
                words=next(words, "") if dice.random() < 0.25 else "",
                answered_at=moment,
            )
        )
    history.create(answers, batch_size=BATCH)
