"""What the makers of the demo share: the day, the dice, the names already taken."""

import datetime
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import jaconv

from groups.models import Office
from iri_exchange.demo.tables.stems import LATIN
from members.models import Company, ConsentText, Person

# Any fixed number: the dice fall the same way every time. 昭和62 is when the oldest group of the sources began.
SEED = 62


@dataclass(frozen=True)
class Seat:
    """A person who can be elected: the days on which they belong to the group (`until` excluded)."""

    person: Person
    since: datetime.date
    until: datetime.date | None = None


@dataclass
class Sharable:
    """A company that may be in a second group, with the person it sends there."""

    company: Company
    person: Person
    trade: str
    since: datetime.date


@dataclass
class World:
    """One telling of the demo. `launched` is the newest 1 July on or before today."""

    today: datetime.date
    offices: dict[str, Office] = field(default_factory=dict)
    texts: dict[str, ConsentText] = field(default_factory=dict)
    sharable: list[Sharable] = field(default_factory=list)
    # Group slug → the person who is its secretary for good, the officers of today, who is never elected.
    secretaries: dict[str, Person] = field(default_factory=dict)
    todays_officers: dict[str, list[tuple[str, Person]]] = field(default_factory=dict)
    bystanders: set[int] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.dice = random.Random(SEED)
        self.serials: Iterator[int] = count(1)
        year = self.today.year if self.today >= datetime.date(self.today.year, 7, 1) else self.today.year - 1
        self.launched = datetime.date(year, 7, 1)

    def chance(self, probability: float) -> bool:
        return self.dice.random() < probability

    def day_between(self, first: datetime.date, last: datetime.date, skew: float = 1.0) -> datetime.date:
        """Some day in between; a skew above 1 prefers the early ones. The first day, if there is no between."""
        days = max((last - first).days, 0)
        return first + datetime.timedelta(days=int(days * self.dice.random() ** skew))

    def take(self, *names: str) -> bool:
        """Whether all these names were free; now they are taken."""
        if self.taken.intersection(names):
            return False
        self.taken.update(names)
        return True

    def telephone(self, area: str) -> str:
        """A telephone number that nobody has: 03-0000-1234."""
        while True:
            number = f"{area}-{self.dice.randrange(1000, 10000)}"
            if self.take(number):
                return number


def roman(kana: str) -> str:
    """タチバナ → tachibana, コンパス → compass: for invented addresses."""
    if kana in LATIN:
        return LATIN[kana]
    return re.sub("[^a-z]", "", str(jaconv.kana2alphabet(jaconv.kata2hira(kana))))
