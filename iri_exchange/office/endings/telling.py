"""Who is told that a group rests, wakes or is dissolved: by letter, one each, or by telephone."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from events.replying.reach import phone_of, reach_of
from groups import confirming
from groups.models import Group, Membership, OfficerTerm
from iri_exchange.lib import japan
from members import letters
from members.models import Person


@dataclass(frozen=True)
class ByHand:
    """Somebody whom no letter reaches: the person, or the member that has none; the telephone; why, in words."""

    name: str
    phone: str
    why_not: str


@dataclass(frozen=True)
class Whom:
    """Who is told by letter, and whom the office calls."""

    by_letter: list[Person] = field(default_factory=list)
    by_hand: list[ByHand] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.by_letter) + len(self.by_hand)


def whom(group: Group) -> Whom:
    """Each member's contact of today, and each officer. A few queries, however many they are."""
    today = timezone.localdate()
    rows = Membership.objects.belonging(today).filter(group=group).select_related("company", "person")
    members = list(rows.order_by("sequence"))
    contacts = confirming.contacts_of(members)
    phones = {contacts[row.pk].pk: phone_of(contacts[row.pk], row) for row in members if row.pk in contacts}
    people = {contacts[row.pk].pk: contacts[row.pk] for row in members if row.pk in contacts}
    for term in OfficerTerm.objects.on(today).filter(group=group).select_related("person"):
        people.setdefault(term.person_id, term.person)
    reach = reach_of(people.values())
    silent = [each for each in people.values() if not reach[each.pk].by_letter]
    alone = [row for row in members if row.pk not in contacts]
    return Whom(
        by_letter=[each for each in people.values() if reach[each.pk].by_letter],
        by_hand=[
            *(
                ByHand(each.name, phones.get(each.pk) or each.phone, reach[each.pk].why_not)
                for each in silent
            ),
            *(ByHand(row.member.name, row.member.phone, "登録者が、登録されていません") for row in alone),
        ],
    )


def tell(kind: str, group: Group, told: Whom, values: Mapping[str, str]) -> Whom:
    """One letter of the kind to everybody who is reached by letter."""
    about = {"グループ": group.name, "連絡先": _office(group), **values}
    for person in told.by_letter:
        letters.write(kind=kind, to=person.email, values={"お名前": person.name, **about}, person=person)
    return told


def tell_goes_on(group: Group, told: Whom, what: str, day: datetime.date) -> Whom:
    """What was to come on a day does not come."""
    return tell("groups/goes_on", group, told, {"日": japan.wareki(day), "こと": what})


def _office(group: Group) -> str:
    """多摩テクノプラザ　異業種交流グループ担当　電話 042-…"""
    phone = f"　電話 {group.office.phone}" if group.office.phone else ""
    return f"{group.office}　異業種交流グループ担当{phone}"
