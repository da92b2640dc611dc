"""A long roster of invented members: every row clean, no two alike, the same for the same length."""

import csv
import datetime
import io
import random
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from openpyxl import Workbook

from iri_exchange.demo.companies import corporate_number
from iri_exchange.demo.tables.names import FAMILIES, MEN, WOMEN
from iri_exchange.demo.tables.places import BUILDINGS, KU_STEMS, KU_TOWNS, TAMA_STEMS, TAMA_TOWNS
from iri_exchange.demo.tables.stems import WORDS
from iri_exchange.demo.tables.trades import TRADES
from iri_exchange.demo.world import roman

HEADER = (
    "企業名", "フリガナ", "参加者氏名", "氏名フリガナ", "役職", "部署", "郵便番号", "所在地", "TEL", "FAX", "E-mail",
    "URL", "業種", "主要製品・サービス", "資本金（万円）", "従業員数", "法人番号", "入会日",
)  # fmt: skip
TITLES = ("代表取締役", "取締役社長", "専務取締役", "工場長", "営業部長", "技術部長")
DEPARTMENTS = ("", "", "営業部", "技術部", "総務部", "製造部")
FORMS = ("株式会社{}", "株式会社{}", "{}株式会社", "有限会社{}", "合同会社{}")
FIRST_DAY, DAYS = datetime.date(2013, 4, 1), 4_500


def rows(count: int) -> list[list[Any]]:
    """`count` members, a company with one person each, in the order of HEADER; numbers and days as such."""
    dice = random.Random(count)
    brands = list(product(TAMA_STEMS + KU_STEMS, WORDS, TRADES))
    dice.shuffle(brands)
    return [_row(dice, serial, *brand) for serial, brand in enumerate(islice(brands, count), start=1)]


def _row(dice: random.Random, serial: int, place: Any, word: Any, trade: Any) -> list[Any]:
    name = dice.choice(FORMS).format(place[0] + word[0] + trade.ending)
    family, given = dice.choice(FAMILIES), dice.choice(MEN + WOMEN)
    postal_code, city, town = dice.choice(TAMA_TOWNS + KU_TOWNS)
    block, house, flat = dice.randint(1, 5), dice.randint(1, 40), dice.randint(1, 25)
    building = f" {dice.choice(BUILDINGS)}" if dice.random() < 0.2 else ""
    exchange = f"042-{serial // 10_000:03}"
    return [
        name,
        place[1] + word[1] + trade.kana,
        f"{family[0]} {given[0]}",
        f"{family[1]} {given[1]}",
        dice.choice(TITLES),
        dice.choice(DEPARTMENTS),
        postal_code,
        f"東京都{city}{town}{block}-{house}-{flat}{building}",
        f"{exchange}-{serial % 10_000:04}",
        f"042-1{exchange[-2:]}-{serial % 10_000:04}",
        f"{roman(family[1])}{serial}@example.jp",
        f"https://www.example.jp/{serial}/",
        trade.label,
        "、".join(dice.sample(trade.products, 2)),
        dice.choice((300, 500, 1000, 1000, 2000, 4500, 9800)),
        dice.randint(1, 200),
        corporate_number(serial),
        FIRST_DAY + datetime.timedelta(days=dice.randrange(DAYS)),
    ]


def as_csv(members: list[list[Any]]) -> bytes:
    """UTF-8 with a byte order mark, as Excel writes it; days as 2013/4/1."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *_with_written_days(members)])
    return text.getvalue().encode("utf-8-sig")


def _with_written_days(members: list[list[Any]]) -> Iterator[list[Any]]:
    for *cells, day in members:
        yield [*cells, f"{day.year}/{day.month}/{day.day}"]


def as_xlsx(members: list[list[Any]]) -> bytes:
    """One sheet; 資本金 and 従業員数 are numbers, 入会日 real days."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("会員名簿")
    for cells in (HEADER, *members):
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
