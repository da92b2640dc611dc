"""A joint exchange, its booths and who takes part, with what is usual filled in."""

import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from events.models import Booth, Circuit, JointExchange, PartnerGroup, PartnerTerm, Registration
from groups.models import Office
from members.models import Person

YEAR = 2026
DAY = datetime.date(2027, 2, 10)
FLOOR = "#####=\n.AAA..\n......\n.BBB.."
_numbers = count(1)


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def make_exchange(**fields: Any) -> JointExchange:
    """That of February 2027, published; booths are taken from 2 November to 10 December, registrations from 1 November on."""
    day = fields.pop("day", DAY)
    year = fields.get("fiscal_year", YEAR)
    usual = {
        "fiscal_year": year,
        "starts_at": at(day, 13),
        "ends_at": at(day, 17),
        "place": "多摩テクノプラザ 大ホール",
        "office": Office.objects.order_by("pk").first() or Office.objects.create(name="本部", slug="honbu"),
        "member_capacity": 150,
        "public_capacity": 50,
        "registration_from": at(datetime.date(year, 11, 1), 9),
        "registration_until": at(day - datetime.timedelta(days=7), 23, 59),
        "booths_from": at(datetime.date(year, 11, 2), 9),
        "booths_until": at(datetime.date(year, 12, 10), 23, 59),
        "table_rounds": 3,
        "floor": FLOOR,
        "state": JointExchange.State.PUBLISHED,
    }
    exchange = JointExchange.objects.create(**usual | fields)
    for letter in "AB":
        Circuit.objects.create(exchange=exchange, letter=letter)
    return exchange


def make_registration(exchange: JointExchange, name: str = "架空 花子", **fields: Any) -> Registration:
    """Of the public, confirmed, with the exchange's next number; another state or kind where it is said."""
    usual: dict[str, Any] = {"kind": "public", "state": "confirmed", "email": f"p{next(_numbers)}@example.jp"}
    about = usual | fields
    if about["state"] in ("confirmed", "waiting", "offered", "cancelled"):
        exchange.last_number += 1
        exchange.save()
        about.setdefault("number", exchange.last_number)
    if about["state"] in ("waiting", "offered"):
        about.setdefault("waiting_since", timezone.now())
    return Registration.objects.create(exchange=exchange, name=name, **about)


def make_booth(exchange: JointExchange, **fields: Any) -> Booth:
    """Applied for; `company`, `group` or `partner_group` says whose, `applied_by` by whom."""
    about: dict[str, Any] = {
        "title": "小さな部品の検査",
        "words": "カメラで傷を見つけます。",
        "first_person": "架空 太郎",
    }
    whose = fields.get("company") or fields.get("group") or fields.get("partner_group")
    return Booth.objects.create(exchange=exchange, **about | {"exhibitor": str(whose)} | fields)


def make_partner(person: Person, since: datetime.date = datetime.date(2020, 4, 1)) -> PartnerTerm:
    return PartnerTerm.objects.create(person=person, since=since)


def make_partner_group(name: str = "公社の架空会") -> PartnerGroup:
    return PartnerGroup.objects.create(name=name)
