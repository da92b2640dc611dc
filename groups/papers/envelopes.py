"""Envelopes, portrait: one page each, the postal code in the places of its boxes.

The places are those of the post office's boxes on cards and envelopes: seven boxes of 5.7 × 8 mm, 12 mm from the top,
their right edge 8 mm from the paper's, 1.3 mm apart, 1.9 mm after the third, 1.1 mm from the fourth on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from groups.models import Group, Office
from groups.papers import fitting, printing
from groups.papers.addressing import Address, Addressee, addresses
from groups.papers.fitting import Block, Text
from groups.papers.job import Job
from groups.papers.selection import Member
from iri_exchange.lib import pdf

BOX_WIDTH, FROM_RIGHT = 5.7, 8.0
GAPS = (1.3, 1.3, 1.9, 1.1, 1.1, 1.1)
# Left edges of the boxes, from that of the first.
BOXES = tuple(accumulate((BOX_WIDTH + gap for gap in GAPS), initial=0.0))
ALL_BOXES = BOXES[-1] + BOX_WIDTH


class Room(NamedTuple):
    """Where something stands, in millimetres from the top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Size:
    """An envelope: the stamp's corner (35 × 70 mm, top left) stays free; `scale` enlarges the type."""

    label: str
    width: int
    height: int
    address: Room
    addressee: Room
    sender: Room
    scale: float

    @property
    def boxes(self) -> list[float]:
        """Left edges of the seven boxes."""
        first = self.width - FROM_RIGHT - ALL_BOXES
        return [round(first + left, 2) for left in BOXES]


class Envelope(Enum):
    NAGA3 = "naga3"
    KAKU2 = "kaku2"

    @property
    def size(self) -> Size:
        return SIZES[self]


SIZES = {
    Envelope.NAGA3: Size(
        "長形3号（120×235mm）",
        120,
        235,
        Room(14, 74, 98, 22),
        Room(22, 98, 90, 46),
        Room(14, 196, 92, 27),
        1.0,
    ),
    Envelope.KAKU2: Size(
        "角形2号（240×332mm）",
        240,
        332,
        Room(40, 96, 184, 36),
        Room(58, 136, 166, 76),
        Room(40, 274, 184, 38),
        1.45,
    ),
}


@dataclass(frozen=True)
class Sender:
    """差出人; without a name the envelope bears it already. `group`: its mark stands beside."""

    name: str = ""
    address: str = ""
    phone: str = ""
    group: Group | None = None

    @property
    def colour(self) -> str:
        """Of the mark; a drawing needs it as a value."""
        return pdf.room_colour(self.group.room) if self.group else ""

    @property
    def texts(self) -> list[Text]:
        return [
            Text(self.name, (11, 10, 9), "from"),
            Text(self.address, (9, 8, 7), "small", gap=2),
            Text(f"電話 {self.phone}" if self.phone else "", (9, 8, 7), "small"),
        ]


def of_office(office: Office) -> Sender:
    return Sender(office.name, office.address, office.phone)


def of_group(group: Group, address: str) -> Sender:
    """The group's own secretariat, with its mark and an address of its choice."""
    return Sender(f"{group.name} 事務局", address, group=group)


def print_envelopes(
    *,
    job: Job,
    envelope: Envelope,
    members: Sequence[Member],
    addressee: Addressee,
    sender: Sender,
    boxes: bool = False,
) -> bytes:
    """An envelope for each member, logged first. `boxes`: the envelopes bear none, so they are printed too.

    The number of the copy stands in the title of the file: an envelope goes to whom it names.
    """
    letters, size = addresses(members, addressee), envelope.size
    columns = ["postal_code", "address", "company", "person"]
    number = job.log("envelopes", columns=columns, rows=len(letters), members=members)
    pages = [_page(letter, size) for letter in letters]
    mark = 11 * size.scale if sender.group else 0.0
    sent = _set(sender.texts, size.sender._replace(width=size.sender.width - mark - 2), size.scale)
    blocks = [*sent, *(block for page in pages for block in page.place + page.addressee)]
    return printing.make(
        "envelopes",
        {"pages": pages, "sender": sender, "sent": sent, "mark": mark, "boxes": boxes},
        title=f"{job.about} 封筒の宛名 部数番号{number}",
        rules=_rules(size) + fitting.rules(blocks),
    )


class _Page(NamedTuple):
    """The digits of a postal code that fits its boxes; any other stands above the address."""

    digits: str
    place: list[Block]
    addressee: list[Block]


def _page(address: Address, size: Size) -> _Page:
    digits = address.postal_code.replace("-", "")
    in_boxes = len(digits) == len(BOXES)
    place_texts = address.texts[1:3] if in_boxes else address.texts[:3]
    first, *others = [text for text in address.addressee if text.text]
    return _Page(
        digits if in_boxes else " " * len(BOXES),
        _set(place_texts, size.address, size.scale * 1.15),
        _set([replace(first, gap=0), *others], size.addressee, size.scale * 1.25),
    )


def _set(texts: Sequence[Text], room: Room, scale: float) -> list[Block]:
    return fitting.set_in([fitting.scaled(text, scale) for text in texts], room.width, room.height)


def _rules(size: Size) -> str:
    """The paper, the boxes and the three places on it."""
    rooms = {"place": size.address, "whom": size.addressee, "sender": size.sender}
    return "".join(
        [
            f"@page {{ size: {size.width}mm {size.height}mm }}",
            f".sheet {{ width: {size.width}mm; height: {size.height - 0.1}mm }}",
            *(f".digit-{place} {{ left: {left}mm }}" for place, left in enumerate(size.boxes)),
            *(
                f".{name} {{ left: {room.left}mm; top: {room.top}mm; width: {room.width}mm }}"
                for name, room in rooms.items()
            ),
        ]
    )
