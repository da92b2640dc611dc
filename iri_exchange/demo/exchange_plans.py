"""When the joint exchanges of the demo are, and how far the date has got with each."""

import datetime
import random
from dataclasses import dataclass, field

from events.models import JointExchange
from iri_exchange.demo.meeting_plans import DAY, at
from iri_exchange.demo.world import SEED
from iri_exchange.lib import working_days
from members.models import ConsentText, User

State = JointExchange.State
# Booths and registrations are taken from November on.
OPENS = (11, 1)


def day_of(fiscal_year: int) -> datetime.date:
    """The second Wednesday of February, or the next day on which the institute works."""
    first = datetime.date(fiscal_year + 1, 2, 1)
    wednesday = first + (2 - first.weekday()) % 7 * DAY
    return working_days.next_working_day(wednesday + 7 * DAY)


def newest_held(today: datetime.date) -> int:
    """The fiscal year of the newest one that is over."""
    return today.year - 1 if today > day_of(today.year - 1) else today.year - 2


@dataclass
class Exchange:
    """One exchange, its own dice, and what its makers share. `is_full`: told to the last detail."""

    fiscal_year: int
    today: datetime.date
    office: User
    secretary: User
    text: ConsentText | None = None
    is_full: bool = True
    made: JointExchange = field(init=False)

    def __post_init__(self) -> None:
        self.day = day_of(self.fiscal_year)
        self.opens = datetime.date(self.fiscal_year, *OPENS)
        self.dice = random.Random(f"{SEED} exchange {self.fiscal_year}")

    @property
    def state(self) -> str:
        if self.today > self.day:
            return State.HELD
        return State.PUBLISHED if self.today >= self.opens else State.DRAFT

    @property
    def registration_until(self) -> datetime.datetime:
        return at(self.day - 7 * DAY, 23, 59)

    @property
    def booths_until(self) -> datetime.date:
        return datetime.date(self.fiscal_year, 12, 10)

    def is_past(self, moment: datetime.datetime) -> bool:
        """Nothing of the demo happens today."""
        return moment < at(self.today, 0)

    def some_time(self, first: datetime.date, last: datetime.date) -> datetime.datetime:
        """By day, on some day from `first` to `last`."""
        day = first + self.dice.randrange((last - first).days + 1) * DAY
        return at(day, self.dice.randrange(9, 18), self.dice.randrange(60))
