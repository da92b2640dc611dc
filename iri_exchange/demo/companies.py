"""Invented companies: a stem and a trade make a name; the rest is what an old roster would know."""

import datetime
from typing import Any, NamedTuple

from stdnum.jp import cn

from iri_exchange.demo import people
from iri_exchange.demo.tables.places import BUILDINGS, KU_STEMS, KU_TOWNS, TAMA_STEMS, TAMA_TOWNS
from iri_exchange.demo.tables.stems import COINED, FORMER_ENDINGS, HEAD_TITLES, PRS, SEEKING, WORDS
from iri_exchange.demo.tables.trades import Trade
from iri_exchange.demo.world import World, roman
from members import directory
from members.models import Company

# 有限会社 can no longer be founded since 会社法 came into force; 合同会社 can.
NEW_LAW = datetime.date(2006, 5, 1)


class Brand(NamedTuple):
    """A company name without its legal form, and the family that bears it."""

    stem: str
    stem_kana: str
    trade: Trade
    family: tuple[str, str, str] | None

    @property
    def kana(self) -> str:
        return self.stem_kana + self.trade.kana


class Made(NamedTuple):
    """A company just registered, who heads it and by which title."""

    company: Company
    head: people.Name
    head_title: str


class Described(NamedTuple):
    """What a company would say of itself, before anybody has written it down."""

    brand: Brand
    form: str
    founded: int
    head: people.Name
    head_title: str
    fields: dict[str, Any]


def describe(world: World, area: str, trade: Trade, *, before: datetime.date) -> Described:
    """A company of a trade that existed before a day."""
    brand = _brand(world, area, trade)
    oldest = before.year - (25 if "k" in trade.stems else 65)
    founded = world.dice.randint(max(oldest, 1921), before.year - 3)
    form, name = _legal_name(world, brand, founded)
    head, head_title = people.name(world, brand.family), world.dice.choice(HEAD_TITLES[form])
    everyday = brand.family[2] + trade.ending if brand.family and brand.family[2] else ""
    fields = {
        "name": name,
        "kana": brand.kana,
        "other_names": everyday,
        "founded": f"{founded}-{world.dice.randint(1, 12):02}",
        "representative_title": head_title,
        "representative_name": head.full,
        "representative_kana": head.kana,
        **(place := address(world, area)),
        **reached(world, place["city"], f"{roman(brand.stem_kana)}-{roman(trade.kana)}"),
        **size(world, form),
        **profile(world, trade),
    }
    return Described(brand, form, founded, head, head_title, fields)


def company(world: World, area: str, trade: Trade, *, before: datetime.date) -> Made:
    """Register a company of a trade that existed before a day; some have been renamed since."""
    brand, form, founded, head, head_title, fields = describe(world, area, trade, before=before)
    name = fields["name"]
    renamed = form == "株式会社" and founded < 2000 and world.chance(0.05)
    was = _former(brand, name) if renamed else {}
    made = directory.register_company(**with_gaps(world, fields | was))
    if was:
        day = world.day_between(
            max(before, datetime.date(1995, 4, 1)), world.today - datetime.timedelta(days=200)
        )
        directory.rename_company(company=made, name=name, kana=brand.kana, on=day.replace(day=1))
    return Made(made, head, head_title)


def corporate_number(serial: int) -> str:
    """A number with the right check digit that no company has: no registry bears the number 9999."""
    body = f"9999{serial:08}"
    return f"{cn.calc_check_digit(body)}{body}"


def address(world: World, area: str) -> dict[str, Any]:
    """In the wards or in 多摩, sometimes in the other."""
    here, there = (TAMA_TOWNS, KU_TOWNS) if area == "tama" else (KU_TOWNS, TAMA_TOWNS)
    postal_code, city, town = world.dice.choice(here if world.chance(0.92) else there)
    return {
        "postal_code": postal_code,
        "prefecture": "東京都",
        "city": city,
        "street": f"{town}{world.dice.randint(1, 5)}-{world.dice.randint(1, 40)}-{world.dice.randint(1, 25)}",
        "building": world.dice.choice(BUILDINGS) if world.chance(0.2) else "",
        "in_tokyo": True,
    }


def reached(world: World, city: str, domain: str) -> dict[str, Any]:
    exchange = "03-0000" if city.endswith("区") else "042-000"
    return {
        "corporate_number": corporate_number(next(world.serials)),
        "phone": world.telephone(exchange),
        "fax": world.telephone(exchange) if world.chance(0.8) else "",
        "email": f"info@{domain}.example.jp" if world.chance(0.9) else "",
        "url": f"https://{domain}.example.jp/" if world.chance(0.65) else "",
    }


def size(world: World, form: str) -> dict[str, Any]:
    """資本金（万円） and 従業員数, which go together."""
    if form != "株式会社":
        return {"capital": world.dice.choice((300, 300, 500, 1000)), "employees": world.dice.randint(1, 18)}
    capital = world.dice.choice(
        (1000, 1000, 1000, 1500, 2000, 3000, 4500, 5000, 9800, 35000 if world.chance(0.3) else 8000)
    )
    return {"capital": capital, "employees": world.dice.randint(4, 30 + capital // 80)}


def profile(world: World, trade: Trade) -> dict[str, Any]:
    """What the company does and says of itself; a third says more than the roster asks."""
    talks = world.chance(0.35)
    return {
        "trade": trade.label,
        "products": "、".join(world.dice.sample(trade.products, 2)),
        "industry": trade.industry[0],
        "industry_middle": trade.industry[1:],
        "sme_category": trade.sme,
        "strengths": trade.strengths if talks else "",
        "strengths_for": "public",
        "seeking": world.dice.choice(SEEKING) if talks else "",
        "seeking_for": "members",
        "pr": world.dice.choice(PRS) if talks else "",
        "pr_for": "public",
    }


def with_gaps(world: World, fields: dict[str, Any]) -> dict[str, Any]:
    """未確認: one entry in eight lacks something, as old rosters do."""
    if not world.chance(0.125):
        return fields
    askable = (
        "corporate_number",
        "fax",
        "email",
        "url",
        "capital",
        "employees",
        "founded",
        "sme_category",
        "representative_kana",
        "products",
        "in_tokyo",
    )
    lost = world.dice.sample(askable, world.dice.randint(2, 8))
    return {key: value for key, value in fields.items() if key not in lost}


def _brand(world: World, area: str, trade: Trade) -> Brand:
    """A name whose reading nobody has: addresses are made from it."""
    while True:
        match world.dice.choice(trade.stems):
            case "p":
                stem, family = world.dice.choice(TAMA_STEMS if area == "tama" else KU_STEMS), None
            case "w":
                stem, family = world.dice.choice(WORDS), None
            case "k":
                stem, family = world.dice.choice(COINED), None
            case _:
                family = people.family(world)
                stem = family[:2]
        brand = Brand(*stem, trade, family)
        if world.take(brand.kana):
            return brand


def _legal_name(world: World, brand: Brand, founded: int) -> tuple[str, str]:
    """The legal form and the whole name, the form before or behind."""
    name = brand.stem + brand.trade.ending
    small = "有限会社" if founded < NEW_LAW.year else "合同会社"
    form = small if world.chance(0.25) else "株式会社"
    behind = world.chance(0.35) and form != "合同会社"
    return form, f"{name}{form}" if behind else f"{form}{name}"


def _former(brand: Brand, name: str) -> dict[str, str]:
    """The name before: a small firm by the same stem."""
    ending, kana = FORMER_ENDINGS[brand.trade.sme]
    if brand.family and brand.trade.ending != "製作所":
        return {"name": f"有限会社{brand.stem}{ending}", "kana": brand.stem_kana + kana}
    return {"name": name.replace("株式会社", "有限会社"), "kana": brand.kana}
