"""Badges of the joint exchange, 91 × 55 mm on A4: the name large, the kind as word, shape and colour, the number below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from events.models import JointExchange, Registration
from groups.papers import fitting, printing
from groups.papers.badges import HEIGHT, SIDE, WIDTH, Layout, band, cut_marks, who
from groups.papers.fitting import Block
from iri_exchange.lib import japan

FOOT = 9.0  # millimetres
NO_PHOTO, AGAIN = "写真不可", "再発行"


class Look(NamedTuple):
    """A shape, the colour of a room, and how the band is drawn: print_papers.css has solid, tinted and dashed ones."""

    shape: str
    room: str
    band: str


LOOKS = {
    Registration.Kind.MEMBER: Look("●", "sea", "member"),
    Registration.Kind.PARTNER: Look("◆", "plum", "member"),
    Registration.Kind.PUBLIC: Look("○", "green", "guest"),
    Registration.Kind.GUEST: Look("★", "wine", "officer"),
    Registration.Kind.STAFF: Look("■", "steel", "officer"),
    Registration.Kind.PRESS: Look("▲", "ochre", "guest"),
}


@dataclass(frozen=True)
class Badge:
    """One badge; without a name it is filled in by hand."""

    kind: Registration.Kind
    group: str = ""
    name: str = ""
    kana: str = ""
    affiliation: str = ""
    number: int | None = None
    no_photo: bool = False
    again: bool = False

    @property
    def look(self) -> Look:
        return LOOKS[self.kind]

    @property
    def foot(self) -> str:
        """The number, and what the photographer and the reception have to know."""
        told = [f"No. {self.number}"] if self.number else []
        told += [f"［{mark}］" for mark, is_so in ((NO_PHOTO, self.no_photo), (AGAIN, self.again)) if is_so]
        return "　".join(told)


def badge_of(row: Registration, *, again: bool = False) -> Badge:
    """`again`: one was printed before."""
    group = row.group or row.partner_group
    return Badge(
        kind=Registration.Kind(row.kind),
        group=str(group) if group else "",
        name=row.name,
        kana=row.kana,
        affiliation=row.affiliation,
        number=row.number,
        no_photo=not row.photo_agreed,
        again=again,
    )


def draw(exchange: JointExchange, badges: Sequence[Badge], layout: Layout, copy_number: str = "") -> bytes:
    """The PDF, in the order of the badges. Not tagged: badges are cut and worn, not read."""
    grid = layout.grid
    every = [
        (
            badge,
            band(f"{badge.look.shape} {badge.kind.label}", badge.group),
            who(badge.kana, badge.name, badge.affiliation, foot=FOOT),
        )
        for badge in badges
    ]
    copy = f"　部数番号 {copy_number}" if copy_number else ""
    context: dict[str, Any] = {
        "sheets": [every[at : at + grid.places] for at in range(0, len(every), grid.places)],
        "marks": printing.path(cut_marks(grid)),
        "told": f"{exchange.title}　名札　{japan.wareki(exchange.day)}{copy}",
    }
    return printing.make(
        "exchange_badges",
        context,
        title=f"{exchange.title} 名札" + (f" 部数番号{copy_number}" if copy_number else ""),
        rules=f".told {{ left: {grid.lefts[0] + SIDE}mm }}"
        + printing.places(grid.corners, (WIDTH, HEIGHT))
        + fitting.rules(_blocks(every)),
    )


def _blocks(every: Iterable[tuple[Badge, list[Block], list[Block]]]) -> Iterable[Block]:
    return (block for _, above, below in every for block in above + below)
