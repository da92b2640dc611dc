"""Who was told of the demo's meetings, what they answered, and who came."""

import datetime
import random
from typing import Any

from events.models import Attendance, Delivery, Notice, Reply
from groups.models import Group
from iri_exchange.demo.meeting_people import Attendee, Belonging
from iri_exchange.demo.meeting_plans import DAY, Kind, Plan, State, at, stamp
from iri_exchange.demo.tables.meetings import COMMENTS, GUESTS, PROXIES
from iri_exchange.demo.world import SEED, World
from iri_exchange.lib import history

Answer, Source, There = Reply.Answer, Reply.Source, Attendance.Kind
# Of other groups what was answered is remembered for so long; of TAMA24, all.
REMEMBERED = 200 * DAY
TOLD = 28 * DAY
BATCH = 400

Answers = dict[tuple[int, int], Reply]


def add(world: World, plans: list[Plan], people: Belonging, invited: dict[int, Group]) -> None:
    """`invited`: the other group that a meeting (its id) is open to."""
    told = [plan for plan in plans if plan.state != State.DRAFT]
    notices = _tell(world, told)
    replies: list[Reply] = []
    for plan in told:
        recent = world.today - plan.day < REMEMBERED
        if recent or plan.is_tama24:
            asked = people.on(plan.group, plan.day)
            if guests := invited.get(plan.made.pk):
                asked = asked + people.on(guests, plan.day)
            replies += [_reply(world, plan, each) for each in asked]
    kept = history.create(replies, batch_size=BATCH)
    answers = {(reply.meeting_id, reply.person_id): reply for reply in kept}
    _deliver(world, told, notices, kept)
    rows: list[Attendance] = []
    for plan in told:
        if plan.state == State.HELD:
            rows += [_attend(plan, each, answers) for each in people.on(plan.group, plan.day)]
            rows += _guests(plan)
    history.create(rows, batch_size=BATCH)


def eagerness(attendee: Attendee) -> float:
    """How often somebody comes: always the same for the same member."""
    own = random.Random(f"{SEED} {attendee.membership.number} {attendee.person.kana}").random()
    return 0.5 + 0.47 * own


def told_on(world: World, plan: Plan) -> datetime.date:
    """Four weeks before, and a few days ago at the latest."""
    return min(plan.day - TOLD, world.today - 6 * DAY)


def _tell(world: World, plans: list[Plan]) -> dict[int, Notice]:
    """{meeting id: its notice}; that a meeting was off, and that the minutes are there, is told, too."""
    rows: list[tuple[Notice, datetime.datetime]] = []
    for plan in plans:
        kinds = [(Notice.Kind.NOTICE, told_on(world, plan))]
        if plan.state == State.CANCELLED:
            kinds.append((Notice.Kind.CANCELLED, plan.day - 2 * DAY))
        elif plan.is_tama24 and plan.day - 9 * DAY < world.today:
            kinds.append((Notice.Kind.REMINDER, plan.day - 9 * DAY))
        if plan.state == State.HELD and plan.by and plan.day + 4 * DAY < world.today:
            kinds.append((Notice.Kind.MINUTES, plan.day + 4 * DAY))
        rows += [(Notice(meeting=plan.made, kind=kind, sent_by=plan.by), at(day)) for kind, day in kinds]
    made = history.create([notice for notice, _ in rows], batch_size=BATCH)
    stamp([(notice, moment) for notice, (_, moment) in zip(made, rows, strict=True)], "sent_at")
    return {notice.meeting_id: notice for notice in made if notice.kind == Notice.Kind.NOTICE}


def _deliver(world: World, plans: list[Plan], notices: dict[int, Notice], replies: list[Reply]) -> None:
    """How each was told, of the meetings ahead, and of TAMA24's in the last year."""
    known = {
        plan.made.pk
        for plan in plans
        if plan.state == State.ANNOUNCED or (plan.is_tama24 and world.today - plan.day < 365 * DAY)
    }
    rows = [
        Delivery(
            notice=notices[reply.meeting_id],
            reply=reply,
            channel=Delivery.Channel.EMAIL if _by_letter(reply.person) else Delivery.Channel.PAPER,
        )
        for reply in replies
        if reply.meeting_id in known
    ]
    history.create(rows, batch_size=BATCH)


def _by_letter(person: Any) -> bool:
    return bool(person.email) and person.contact_method == "email"


def _reply(world: World, plan: Plan, who: Attendee) -> Reply:
    dice, made = plan.dice, plan.made
    reply = Reply(meeting=made, membership=who.membership, person=who.person)
    silent = 0.4 if plan.state == State.ANNOUNCED else 0.6 if plan.state == State.CANCELLED else 0.07
    by_letter = _by_letter(who.person)
    if dice.random() < silent or not (by_letter or plan.by):
        return reply
    luck, eager = dice.random(), eagerness(who)
    answer = Answer.YES if luck < eager else Answer.PROXY if luck < eager + 0.06 else Answer.NO
    if plan.state == State.ANNOUNCED and answer == Answer.NO and dice.random() < 0.3:
        answer = Answer.OPEN
    reply.answer = answer
    reply.proxy_name = dice.choice(PROXIES) if answer == Answer.PROXY else ""
    reply.source = Source.LINK if by_letter else dice.choice([Source.PHONE, Source.FAX])
    reply.answered_by = None if by_letter else plan.by
    told = told_on(world, plan)
    last = min(plan.day - 8 * DAY, world.today - DAY)
    days = max((last - told).days, 1)
    reply.answered_at = at(
        told + int(days * dice.random() ** 2) * DAY, dice.randrange(9, 22), dice.randrange(60)
    )
    if made.has_party:
        comes = answer in Reply.COMING and dice.random() < 0.65
        reply.party = Reply.Party.YES if comes else Reply.Party.NO
    if answer != Answer.PROXY and dice.random() < 0.12:
        reply.comment = COMMENTS[6] if answer == Answer.NO else dice.choice(COMMENTS[:6])
    if answer == Answer.NO and plan.kind == Kind.GENERAL:
        reply.entrusts = dice.random() < 0.8
    return reply


def _attend(plan: Plan, who: Attendee, answers: Answers) -> Attendance:
    dice, made = plan.dice, plan.made
    reply = answers.get((made.pk, who.person.pk))
    kind = _what_happened(dice, who, reply.answer if reply else "")
    there = kind in Attendance.THERE
    stays = made.has_party and there and (reply.party == Reply.Party.YES if reply else dice.random() < 0.5)
    proxy = (reply.proxy_name if reply else "") or dice.choice(PROXIES)
    return Attendance(
        meeting=made,
        membership=who.membership,
        person=who.person,
        name=proxy if kind == There.PROXY else "",
        kind=kind,
        party=stays,
        fee_paid=bool(made.fee) and there,
        party_fee_paid=stays,
        marked_by=plan.by,
        marked_at=made.starts_at + datetime.timedelta(minutes=10),
    )


def _what_happened(dice: random.Random, who: Attendee, answer: str) -> str:
    """Most do as they said; of who said nothing some come all the same."""
    if answer == Answer.PROXY:
        return There.PROXY
    comes = {Answer.YES: 0.96, Answer.NO: 0.01}.get(Answer(answer), 0.4) if answer else eagerness(who)
    luck = dice.random()
    if luck >= comes:
        return There.ABSENT
    return dice.choices([There.PRESENT, There.LATE, There.EARLY], [90, 7, 3])[0]


def _guests(plan: Plan) -> list[Attendance]:
    """Now and then somebody looks in."""
    if plan.dice.random() > 0.12:
        return []
    name, affiliation = plan.dice.choice(GUESTS)
    guest = Attendance(meeting=plan.made, name=name, affiliation=affiliation, kind=There.PRESENT)
    guest.marked_by, guest.marked_at = plan.by, plan.made.starts_at
    return [guest]
