"""What a row of a roster comes to: one member, or two who share a company."""

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Entry:
    """One member as one row of the file tells it. `values` holds only what the row says: no gaps.

    `vague` are the keys of values that are only roughly known: of a day of joining, the month. `beside` is the
    number of the row that names the company for this one, too: the row above for whom a merged cell stands, its own
    row for a second person; 0 for an entry that names its company itself, or has none.
    """

    row: int
    values: dict[str, Any]
    vague: frozenset[str] = frozenset()
    beside: int = 0

    @property
    def is_individual(self) -> bool:
        return "company_name" not in self.values

    @property
    def name(self) -> str:
        return self.person if self.is_individual else str(self.values["company_name"])

    @property
    def person(self) -> str:
        """The person's name on one line; "" if the row names none."""
        return " ".join(filter(None, self.values.get("person_name", ())))

    def joined_on(self, known: datetime.date | None) -> datetime.date | None:
        """The day of joining. Where the row tells the month only, a `known` day of that month stands."""
        day: datetime.date | None = self.values.get("joined_on")
        if day and known and "joined_on" in self.vague and (day.year, day.month) == (known.year, known.month):
            return known
        return day
