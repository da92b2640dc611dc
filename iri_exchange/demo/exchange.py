"""The joint exchanges: that of last February is over and complete, the one before to compare, the next as far as it got."""

import datetime
from collections.abc import Collection

from events.exchange.after import retention
from events.models import Circuit, JointExchange, PartnerGroup, PartnerTerm, ProgrammeItem
from groups.models import Group
from iri_exchange.demo import exchange_booths, exchange_people, exchange_tables, people
from iri_exchange.demo.exchange_plans import Exchange, State, newest_held
from iri_exchange.demo.meeting_people import Belonging
from iri_exchange.demo.meeting_plans import DAY, at
from iri_exchange.demo.tables.exchange import (
    FLOOR,
    INTRODUCTION,
    ORGANISERS,
    PARTNER_GROUPS,
    PROGRAMME,
    REPORT,
    THEMES,
    WAY,
)
from iri_exchange.demo.tables.groups import GroupRow
from iri_exchange.demo.world import World
from iri_exchange.lib import history
from members import directory
from members.models import ConsentText, User


def add(world: World, rows: Collection[tuple[GroupRow, Group]], *, office: User, secretary: User) -> None:
    """Three exchanges, with the members of these groups."""
    groups = [group for _, group in rows]
    partners = _partner(world)
    belonging = Belonging(groups)
    text = ConsentText.objects.filter(kind="joint_entry").order_by("pk").last()
    newest = newest_held(world.today)
    for year in (newest - 1, newest, newest + 1):
        story = Exchange(year, world.today, office, secretary, text, is_full=year >= newest)
        _hold(world, story, groups)
        if story.state == State.DRAFT:
            continue
        entries = exchange_people.add(world, story, groups, partners, belonging)
        exchange_booths.add(story, groups, partners, belonging)
        if story.is_full:
            exchange_tables.add(story, entries)
    retention.purge(now=at(world.today, 0))


def _partner(world: World) -> list[PartnerGroup]:
    """The partner corporation's groups, and the person who looks after them; they have no login in the demo."""
    since = datetime.date(world.launched.year - 2, 4, 1)
    who = people.name(world)
    email = "koryu@kosha.example.jp"
    person = directory.register_person(since=since, title="取引振興課", email=email, **who._asdict())
    PartnerTerm.objects.create(person=person, since=since)
    return history.create([PartnerGroup(name=name, kana=kana) for name, kana in PARTNER_GROUPS])


def _hold(world: World, story: Exchange, groups: list[Group]) -> None:
    """The event itself, its circuits and its programme."""
    day, year = story.day, story.fiscal_year
    is_written = story.is_past(at(day + 20 * DAY))
    story.made = JointExchange.objects.create(
        fiscal_year=year,
        theme=THEMES[year % len(THEMES)],
        introduction=INTRODUCTION,
        organisers=ORGANISERS,
        starts_at=at(day, 13),
        ends_at=at(day, 17),
        place="多摩テクノプラザ 大ホール",
        address="東京都昭島市東町3-6-1",
        way=WAY,
        office=world.offices["tama"],
        member_capacity=240,
        public_capacity=36,
        registration_from=at(story.opens, 9),
        registration_until=story.registration_until,
        booths_from=at(story.opens + DAY, 9),
        booths_until=at(story.booths_until, 23, 59),
        has_party=True,
        party_time=datetime.time(17, 15),
        party_place="多摩テクノプラザ 食堂",
        party_fee=4000,
        table_rounds=3,
        floor=FLOOR,
        state=story.state,
        report_words=REPORT if story.state == State.HELD and is_written else "",
        tables_shown_at=at(day - 2 * DAY, 15) if story.is_past(at(day - 2 * DAY, 15)) else None,
    )
    history.create([Circuit(exchange=story.made, letter=letter, watts=2000) for letter in "ABCDEF"])
    _plan_programme(story, groups)
    changed = day + 20 * DAY if is_written else min(story.opens, world.today - DAY)
    if story.state == State.DRAFT:
        changed = world.today - DAY
    JointExchange.objects.filter(pk=story.made.pk).update(changed_at=at(changed))


def _plan_programme(story: Exchange, groups: list[Group]) -> None:
    standing = [group for group in groups if group.founded_year <= story.fiscal_year]
    introduced = iter(story.dice.sample(standing, min(3, len(standing))))
    items: list[ProgrammeItem] = []
    for hour, minute, kind, title, speaker in PROGRAMME:
        group = next(introduced, None) if kind == ProgrammeItem.Kind.GROUP else None
        if group is None and kind == ProgrammeItem.Kind.GROUP:
            continue
        items.append(
            ProgrammeItem(
                exchange=story.made,
                position=len(items) + 1,
                time=datetime.time(hour, minute),
                kind=kind,
                title=f"{group.name}のご紹介" if group else title,
                speaker=speaker,
                group=group,
            )
        )
    history.create(items)
