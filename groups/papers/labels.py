"""Address labels on a sheet of A4, to the hundredth of a millimetre as its LabelFormat says."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from groups.models import LabelFormat
from groups.papers import fitting, printing
from groups.papers.addressing import Address, Addressee, addresses
from groups.papers.job import Job
from groups.papers.selection import Member
from iri_exchange.lib import japan

SIDE, EDGE = 4.0, 2.5  # of a label, which nothing is printed on
USUAL = (86.4, 42.3)  # the label that Address.texts is set for
HIGHER = 0.45  # share of the spare room above the text: a little higher than the middle looks like the middle
TOLD = 6  # room that the number of the copy needs below the last row
HOW_TO = (
    "ふつうの紙に刷ってラベル用紙に重ね、光に透かします。",
    "枠のずれを目盛り（紙の端からのmm）で読み、",
    "「ずらす」の欄に入れます。",
)

Label = list[fitting.Block]


@dataclass(frozen=True)
class Sheet:
    """A sheet as it lies in this printer: `start` is the first label that is still there, from 1;
    `right` and `down` move everything for a printer that is off, in mm.
    """

    format: LabelFormat
    start: int = 1
    right: Decimal = Decimal(0)
    down: Decimal = Decimal(0)

    @property
    def count(self) -> int:
        return self.format.columns * self.format.rows

    @property
    def size(self) -> tuple[float, float]:
        """Of one label."""
        return float(self.format.width), float(self.format.height)

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Of every label, row by row."""
        return [self.corner(place) for place in range(self.count)]

    @property
    def rules(self) -> str:
        """Where the labels lie, and the text on them, in millimetres."""
        width, height = self.size
        told = f".told {{ left: {self.corner(0)[0] + SIDE:.2f}mm }}"
        return told + printing.places(self.corners, (width - 2 * SIDE, height - 2 * EDGE))

    def corner(self, place: int) -> tuple[float, float]:
        """Left and top of a label, from 0, row by row."""
        row, column = divmod(place, self.format.columns)
        left = self.format.left + column * (self.format.width + self.format.column_gap) + self.right
        top = self.format.top + row * (self.format.height + self.format.row_gap) + self.down
        return float(left), float(top)

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.corner(self.count - 1)[1] + self.size[1]


def print_labels(*, job: Job, sheet: Sheet, members: Sequence[Member], addressee: Addressee) -> bytes:
    """Labels for the members, logged first. Who has no address gets a label to write it on."""
    letters = addresses(members, addressee)
    columns = ["postal_code", "address", "company", "person"]
    number = job.log("labels", columns=columns, rows=len(letters), members=members)
    told = f"{job.about}　宛名ラベル　{japan.wareki(job.day)}現在　部数番号 {number}"
    labels = [_set(letter, sheet) for letter in letters]
    return printing.make(
        "labels",
        {"sheets": _sheets(labels, sheet), "told": told if 297 - sheet.bottom >= TOLD else ""},
        title=f"{job.about} 宛名ラベル 部数番号{number}",
        rules=sheet.rules + fitting.rules(block for label in labels for block in label),
    )


def print_test(*, sheet: Sheet) -> bytes:
    """The outlines of the labels and rules from the edges of the paper. It tells of nobody, so it is not logged."""
    width, height = sheet.size
    about = f"試し刷り　{sheet.format}\n右へ {sheet.right}mm、下へ {sheet.down}mm"
    texts = [fitting.Text(about, (8, 7), "name"), fitting.Text("\n".join(HOW_TO), (7, 6), "how")]
    blocks = fitting.set_in(texts, width - 2 * SIDE, height - 10)
    across = [(x, 148.5, x, 148.5 + _tick(x)) for x in range(1, 210)]
    down = [(105, y, 105 + _tick(y), y) for y in range(1, 297)]
    context = {
        "labels": [(left, top, place) for place, (left, top) in enumerate(sheet.corners, 1)],
        "size": sheet.size,
        "ruler": printing.path([(0, 148.5, 210, 148.5), (105, 0, 105, 297), *across, *down]),
        "across": range(10, 210, 10),
        "down": range(10, 297, 10),
        "blocks": blocks,
    }
    title = f"{sheet.format} 試し刷り"
    return printing.make("label_test", context, title=title, rules=sheet.rules + fitting.rules(blocks))


def _tick(at: int) -> float:
    return 4 if at % 10 == 0 else 3 if at % 5 == 0 else 2


def _sheets(labels: Sequence[Label], sheet: Sheet) -> list[list[tuple[int, Label]]]:
    """The labels with their places; the first sheet begins at its first label that is left, the others are whole."""
    sheets: list[list[tuple[int, Label]]] = []
    for place, label in enumerate(labels, sheet.start - 1):
        if not sheets or place % sheet.count == 0:
            sheets.append([])
        sheets[-1].append((place % sheet.count, label))
    return sheets


def _set(address: Address, sheet: Sheet) -> Label:
    width, height = sheet.size
    factor = min(1.15, max(0.75, min(width / USUAL[0], height / USUAL[1])))
    tall = height - 2 * EDGE
    texts = [fitting.scaled(text, factor) for text in address.texts]
    return fitting.lowered(fitting.set_in(texts, width - 2 * SIDE, tall), tall, HIGHER)
