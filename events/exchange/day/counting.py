"""How many are expected and how many are here, by kind: counted anew each time it is asked, in one query."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from events.models import JointExchange, Registration

Kind = Registration.Kind


@dataclass(frozen=True)
class Line:
    """People of one kind (or all of them). `come` of them are among `expected`."""

    key: str
    label: str
    come: int
    expected: int


@dataclass(frozen=True)
class Counts:
    """`lines`: the kinds of which anybody is expected, in the order of `Registration.Kind`. `at_the_door`: came unannounced."""

    lines: list[Line]
    at_the_door: int

    @property
    def come(self) -> int:
        return sum(line.come for line in self.lines)

    @property
    def expected(self) -> int:
        return sum(line.expected for line in self.lines)

    @property
    def state(self) -> dict[str, Any]:
        """For the page that looks every few seconds: {"all": [come, expected], kind: [come, expected] …}."""
        kinds = {line.key: [line.come, line.expected] for line in self.lines}
        return {"counts": {"all": [self.come, self.expected], **kinds}}


def counts_of(exchange: JointExchange) -> Counts:
    rows = Registration.objects.filter(exchange=exchange).coming().order_by().values("kind")
    door = Q(source=Registration.Source.DOOR)
    counted = rows.annotate(
        expected=Count("pk"), come=Count("arrived_at"), at_the_door=Count("pk", filter=door)
    )
    of = {row["kind"]: row for row in counted}
    return Counts(
        [Line(kind, kind.label, of[kind]["come"], of[kind]["expected"]) for kind in Kind if kind in of],
        sum(row["at_the_door"] for row in of.values()),
    )


def latest(exchange: JointExchange, most: int = 8) -> list[Registration]:
    """Who came last, the latest first."""
    rows = Registration.objects.filter(exchange=exchange, arrived_at__isnull=False)
    rows = rows.select_related("group", "partner_group", "received_by__person")
    return list(rows.order_by("-arrived_at", "-pk")[:most])
