"""The founding workbench: who would be in the group, how their trades overlap, who waits and in which order.

The same board shows the decisions of a round and a scenario that was put aside: both say for each candidate what would
become of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from groups.models import Application, RecruitmentRound
from groups.recruitment.rivals import Likeness, Profile, Rival, rivals_of
from iri_exchange.lib import japan

Decision, State = Application.Decision, Application.State
UNDECIDED = ""
TITLES: dict[str, str] = {
    Decision.ACCEPT: "採択",
    Decision.WAIT: "補欠",
    Decision.DECLINE: "不採択",
    UNDECIDED: "まだ決めていない",
}
# Who took part to the end, before and after the announcement.
ON_THE_BOARD = [*Application.OPEN, State.ACCEPTED, State.WAITLISTED, State.OFFERED, State.DECLINED]
UNKNOWN_TRADE = "業種の大分類が未記入"
SIZES: list[tuple[str, int | None]] = [
    ("20人まで", 20),
    ("21〜100人", 100),
    ("101〜300人", 300),
    ("301人以上", None),
]
UNKNOWN_SIZE = "人数が未記入"


@dataclass(frozen=True)
class Card:
    """A candidate, and with whom of the group-to-be it would compete."""

    application: Application
    rivals: Sequence[Rival]


@dataclass(frozen=True)
class Column:
    decision: str
    title: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class Row:
    """A line of the matrix: the candidate, and what it has in common with each one; None with itself."""

    application: Application
    cells: Sequence[Likeness | None]


@dataclass(frozen=True)
class Board:
    """`members` are companies that the group has already, however they came."""

    round: RecruitmentRound
    columns: Sequence[Column]
    matrix: Sequence[Row]
    trades: Sequence[tuple[str, int]]
    members: Sequence[Profile]

    @property
    def taken(self) -> int:
        return len(self.columns[0].cards)

    @property
    def left(self) -> int:
        """Places that are free; less than none if there are too many."""
        return self.round.capacity - self.taken

    @property
    def over(self) -> int:
        return max(-self.left, 0)

    @property
    def is_empty(self) -> bool:
        return not any(column.cards for column in self.columns)

    @property
    def pairs(self) -> list[tuple[Application, Application, Likeness]]:
        """What the matrix marks, in words: each pair once."""
        return [
            (one.application, other.application, likeness)
            for at, one in enumerate(self.matrix)
            for other, likeness in zip(self.matrix[:at], one.cells[:at], strict=True)
            if likeness
        ]


def candidates(round: RecruitmentRound) -> QuerySet[Application]:
    """In the order of their numbers."""
    return Application.objects.filter(round=round, state__in=ON_THE_BOARD).order_by("serial", "pk")


def places_of(applications: Iterable[Application]) -> dict[int, str]:
    """What would become of each, as it is decided now."""
    return {each.pk: each.decision for each in applications}


def board(round: RecruitmentRound, applications: Sequence[Application], places: Mapping[int, str]) -> Board:
    """One query, however many candidates there are."""
    profiles = {each.pk: Profile(each) for each in applications}
    members = _members(round)
    accepted = [profiles[each.pk] for each in applications if places.get(each.pk) == Decision.ACCEPT]
    group = [*members, *accepted]
    cards: dict[str, list[Card]] = {decision: [] for decision in TITLES}
    for each in applications:
        rivals = rivals_of(profiles[each.pk], group)
        cards[places.get(each.pk, UNDECIDED)].append(Card(each, rivals))
    cards[Decision.WAIT].sort(key=lambda card: _in_line(card.application))
    return Board(
        round=round,
        columns=[Column(decision, title, cards[decision]) for decision, title in TITLES.items()],
        matrix=_matrix(accepted),
        trades=trades_of(card.application for card in cards[Decision.ACCEPT]),
        members=members,
    )


def trades_of(applications: Iterable[Application]) -> list[tuple[str, int]]:
    """How many there are of each trade (大分類), the most first."""
    counted = Counter(japan.INDUSTRIES.get(each.industry, UNKNOWN_TRADE) for each in applications)
    return sorted(counted.items(), key=lambda line: (-line[1], line[0]))


def sizes_of(applications: Iterable[Application]) -> list[tuple[str, int]]:
    """How many there are of each size, the smallest first."""
    counted = Counter(_size(each.employees) for each in applications)
    return [(label, counted[label]) for label in [*(label for label, _ in SIZES), UNKNOWN_SIZE]]


def rivals_in_round(application: Application) -> list[Rival]:
    """With whom of the group-to-be, as it is decided now, one application would compete."""
    round = application.round
    accepted = candidates(round).filter(decision=Decision.ACCEPT).exclude(pk=application.pk)
    group = [*_members(round), *(Profile(each) for each in accepted)]
    return rivals_of(Profile(application), group)


def _members(round: RecruitmentRound) -> list[Profile]:
    """Of the forming group, without those who came from the candidates: they stand on the board."""
    if round.group is None:
        return []
    came = Application.objects.filter(round=round).exclude(membership=None).values("membership")
    rows = round.group.memberships.exclude(company=None).exclude(pk__in=came).select_related("company")
    return [Profile(each.company) for each in rows if each.company]


def _matrix(accepted: Sequence[Profile]) -> list[Row]:
    return [
        Row(one.facts, [None if other is one else one.likeness(other) for other in accepted])  # type: ignore[arg-type]
        for one in accepted
    ]


def _in_line(application: Application) -> tuple[int, int]:
    """Who was never put in line comes after those who were, by number."""
    return application.waiting_place or 10_000, application.serial or 0


def _size(employees: int | None) -> str:
    if employees is None:
        return UNKNOWN_SIZE
    return next(label for label, most in SIZES if most is None or employees <= most)
