"""Name badges of 91 × 55 mm on A4: the name large, the role as word, shape and colour, cut marks in the margins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from groups.models import Group
from groups.papers import fitting, printing
from groups.papers.fitting import Block, Text
from groups.papers.job import Job
from groups.papers.selection import Guest, Member
from iri_exchange.lib import japan
from members.models import Person

WIDTH, HEIGHT, BAND, SIDE, FOOT = 91.0, 55.0, 10.0, 4.0, 3.0
MARK, AWAY = 5.0, 1.0  # length of a cut mark, and how far it stays from the badge


class Kind(Enum):
    """The class of the badge, its shape, and what is said where no office is."""

    OFFICER = ("officer", "★", "役員")
    MEMBER = ("member", "●", "会員")
    GUEST = ("guest", "△", "ゲスト")

    @property
    def look(self) -> str:
        return self.value[0]

    @property
    def shape(self) -> str:
        return self.value[1]

    @property
    def word(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Badge:
    """One badge; without a name it is filled in by hand."""

    kind: Kind
    role: str
    group: str
    room: str
    name: str = ""
    kana: str = ""
    company: str = ""


class Layout(Enum):
    """How many badges are on a sheet. Eight have room between them for a knife, ten are cut once."""

    TEN = "10"
    EIGHT = "8"

    @property
    def grid(self) -> "Grid":
        return GRIDS[self]


class Grid(NamedTuple):
    """Columns, rows and the room between them; the badges lie in the middle of A4. Millimetres."""

    columns: int
    rows: int
    across: float
    down: float

    @property
    def places(self) -> int:
        return self.columns * self.rows

    @property
    def lefts(self) -> list[float]:
        return _spread(210, WIDTH, self.columns, self.across)

    @property
    def tops(self) -> list[float]:
        return _spread(297, HEIGHT, self.rows, self.down)

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Left and top of every badge, row by row."""
        return [(left, top) for top in self.tops for left in self.lefts]


GRIDS = {Layout.TEN: Grid(2, 5, 0, 0), Layout.EIGHT: Grid(2, 4, 8, 9)}


def badges(members: Iterable[Member], guests: Iterable[Guest] = ()) -> list[Badge]:
    """A badge for everybody who attends, in the order of the members, then for the groups' other people."""
    return [
        *(badge for member in members for badge in _of(member)),
        *(_named(guest.group, guest.person, "", guest.role) for guest in guests),
    ]


def print_badges(
    *,
    job: Job,
    layout: Layout,
    members: Sequence[Member],
    guests: Sequence[Guest] = (),
    blanks: int = 0,
) -> bytes:
    """Badges for members and guests, logged first, and blank ones after them. Blank ones alone tell of nobody."""
    named = badges(members, guests)
    number = (
        job.log(
            "badges",
            columns=["person", "kana", "company", "role"],
            rows=len(named),
            members=members,
            people=[guest.person.pk for guest in guests],
        )
        if named
        else ""
    )
    every = [*named, *[_blank(job)] * blanks]
    grid = layout.grid
    badges_set = [(badge, *_set(badge)) for badge in every]
    copy = f"　部数番号 {number}" if number else ""
    return printing.make(
        "badges",
        {
            "sheets": [badges_set[at : at + grid.places] for at in range(0, len(every), grid.places)],
            "marks": printing.path(cut_marks(grid)),
            "told": f"{job.about}　名札　{japan.wareki(job.day)}現在{copy}",
        },
        title=f"{job.about} 名札" + (f" 部数番号{number}" if number else ""),
        rules=f".told {{ left: {grid.lefts[0] + SIDE}mm }}"
        + printing.places(grid.corners, (WIDTH, HEIGHT))
        + fitting.rules(block for _, above, below in badges_set for block in above + below),
    )


def cut_marks(grid: Grid) -> list[tuple[float, float, float, float]]:
    """Short lines in the margins, at both ends of every cut."""
    lefts = [x for left in grid.lefts for x in (left, left + WIDTH)]
    tops = [y for top in grid.tops for y in (top, top + HEIGHT)]
    return [
        *((x, tops[0] - AWAY, x, tops[0] - AWAY - MARK) for x in lefts),
        *((x, tops[-1] + AWAY, x, tops[-1] + AWAY + MARK) for x in lefts),
        *((lefts[0] - AWAY, y, lefts[0] - AWAY - MARK, y) for y in tops),
        *((lefts[-1] + AWAY, y, lefts[-1] + AWAY + MARK, y) for y in tops),
    ]


def _spread(paper: float, size: float, count: int, gap: float) -> list[float]:
    first = (paper - count * size - (count - 1) * gap) / 2
    return [first + place * (size + gap) for place in range(count)]


def _of(member: Member) -> Iterator[Badge]:
    company = member.company.name if member.company else ""
    for person in member.people:
        yield _named(member.group, person, company, *member.offices[person.pk][:1])


def _named(group: Group, person: Person, company: str, role: str = "") -> Badge:
    kind = Kind.OFFICER if role else Kind.MEMBER
    return Badge(kind, role or kind.word, group.name, group.room, person.name, person.kana, company)


def _blank(job: Job) -> Badge:
    """For a guest; of one group it bears the name."""
    (group, *others) = job.groups
    name, room = ("", Group.Room.STEEL.value) if others else (group.name, group.room)
    return Badge(Kind.GUEST, Kind.GUEST.word, name, room)


def _set(badge: Badge) -> tuple[list[Block], list[Block]]:
    return (
        band(f"{badge.kind.shape} {badge.role}", badge.group),
        who(badge.kana, badge.name, badge.company),
    )


def band(role: str, group: str) -> list[Block]:
    """The coloured band: with its shape, who somebody is, at the left; the group at the right."""
    half = (WIDTH - 2 * SIDE) / 2 - 1
    texts = (Text(role, (11, 9, 7), "band"), Text(group, (10, 9, 7), "group"))
    halves = (fitting.set_in([text], half, BAND) for text in texts)
    return [block for blocks in halves for block in fitting.lowered(blocks, BAND, 0.5)]


def who(kana: str, name: str, company: str, *, foot: float = FOOT) -> list[Block]:
    """The name, its フリガナ above, where somebody comes from below; `foot` millimetres stay free at the bottom."""
    tall = HEIGHT - BAND - foot
    texts = [
        Text(kana, (10, 8.5, 7), "kana"),
        Text(name, (30, 24, 18), "name", gap=1),
        Text(company, (12, 10.5, 9), "firm", gap=7),
    ]
    return fitting.lowered(fitting.set_in(texts, WIDTH - 2 * SIDE, tall), tall, 0.45)
