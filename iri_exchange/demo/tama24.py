"""The members of TAMA24, who are written out, and the former ones, who are not."""

import datetime

from groups import memberships
from groups.models import Group
from iri_exchange.demo import companies, consents, members, people
from iri_exchange.demo.stays import MONTH, Stay, former
from iri_exchange.demo.tables.groups import GroupRow
from iri_exchange.demo.tables.tama24 import HEAD_OF_KITAMADO, MEMBERS, ON_LEAVE, Tama24Row
from iri_exchange.demo.tables.trades import TRADES
from iri_exchange.demo.world import Seat, World
from members import directory
from members.models import Company, Person

SECRETARY, MEMBER = "北原 啓介", "糸田 美津子"
TRADE = {trade.ending: trade for trade in TRADES}


def fill(world: World, row: GroupRow, group: Group) -> list[Seat]:
    """As members.fill, with the members of the table among those who left."""
    launched = datetime.date(group.founded_year, 7, 1)
    trades = members.all_trades(world)
    present = [(_stay(world, member), member) for member in MEMBERS]
    past = former(world, row, launched, [stay for stay, _member in present])
    stays: list[tuple[Stay, Tama24Row | None]] = [*present, *((stay, None) for stay in past)]
    seats: list[Seat] = []
    for stay, member in sorted(stays, key=lambda pair: pair[0].joined):
        if member is None:
            seats += members.admit(world, row, group, stay, trades)
        else:
            seats += _join(world, row, group, stay, member)
    return seats


def _stay(world: World, member: Tama24Row) -> Stay:
    if not member.since:
        return Stay(world.today - datetime.timedelta(days=14), individual=True)
    year, month = map(int, member.since.split("-"))
    rested = (world.today - 5 * MONTH).replace(day=1) if member.company == ON_LEAVE else None
    return Stay(datetime.date(year, month, 1), rested=rested)


def _join(world: World, row: GroupRow, group: Group, stay: Stay, member: Tama24Row) -> list[Seat]:
    company = _company(world, member) if member.company else None
    person = _person(world, member, company, stay.joined)
    if company:
        membership = memberships.join(group=group, on=stay.joined, company=company, representatives=[person])
        consents.answer_profile(world, company, stay.joined)
    else:
        membership = memberships.join(group=group, on=stay.joined, person=person, introduced_by=SECRETARY)
    consents.answer_questions(world, person, stay.joined)
    _remember(world, row, member, person)
    members.live(world, membership, stay)
    return [] if stay.rested else [Seat(person, stay.joined)]


def _remember(world: World, row: GroupRow, member: Tama24Row, person: Person) -> None:
    """Who holds which office today, and who never does."""
    if member.role:
        world.todays_officers.setdefault(row.slug, []).append((member.role, person))
    if person.name == SECRETARY:
        world.secretaries[row.slug] = person
    if person.name == MEMBER:
        world.bystanders.add(person.pk)


def _company(world: World, member: Tama24Row) -> Company:
    """The row, and what a company of its trade would say of itself."""
    heads = "代表" in member.title
    name, kana = f"{member.family} {member.given}", f"{member.family_kana} {member.given_kana}"
    if not heads:
        who = people.name(world, (member.family, member.family_kana, ""))
        name, kana = (who.full, who.kana) if member.title != "顧問" else HEAD_OF_KITAMADO
    form = "有限会社" if "有限会社" in member.company else "株式会社"
    return directory.register_company(
        **companies.size(world, form)
        | companies.profile(world, TRADE[member.ending])
        | companies.reached(world, member.city, member.domain)
        | _place(member)
        | {
            "name": member.company,
            "kana": member.kana,
            "email": f"info@{member.domain}.example.jp",
            "url": f"https://{member.domain}.example.jp/",
            "founded": f"{world.dice.randint(1950, 2005)}-{world.dice.randint(1, 12):02}",
            "products": member.products,
            "representative_title": "代表取締役",
            "representative_name": name,
            "representative_kana": kana,
            "in_tokyo": True,
        }
    )


def _person(world: World, member: Tama24Row, company: Company | None, since: datetime.date) -> Person:
    own = (
        {"trade": "専門サービス業", "products": member.products, **_place(member)} if company is None else {}
    )
    return directory.register_person(
        company=company,
        since=since,
        family_name=member.family,
        given_name=member.given,
        family_kana=member.family_kana,
        given_kana=member.given_kana,
        other_names=member.other_names,
        title=member.title,
        email=f"{member.domain}@mail.example.jp",
        phone=world.telephone("042-000"),
        contact_method=world.dice.choice(people.METHODS),
        **own,
        **people.remembered(world),
    )


def _place(member: Tama24Row) -> dict[str, str]:
    return {
        "postal_code": member.postal_code,
        "prefecture": "東京都",
        "city": member.city,
        "street": member.street,
    }
