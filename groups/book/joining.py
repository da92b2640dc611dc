"""One file of cover, contents and sections. What belongs to this copy alone is stamped on the pages: their numbers, the
number of the copy, and who receives it.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf

from groups.book.front import GLYPHS, ROW, WIDTH, Entry, Facts, Line, draw_front, lines_of, pages_of
from groups.book.parts import Section

COVER = 1  # page
MM = 72 / 25.4
HEIGHT = 210.0
# The engine's own unit, 1/96 inch from the upper left corner: as the sheet of stamps is drawn.
PIXEL = 96 / 25.4
IN_PIXELS = f"0.75 0 0 -0.75 0 {HEIGHT * MM:.4f} cm"
RIGHT, NUMBER_AT, COPY_AT = 285 * PIXEL, 200.6 * PIXEL, 204.6 * PIXEL
ADVANCE = dict.fromkeys(GLYPHS, 7.2) | {"／": 12.0}  # of 9 pt, which are 12 pixels


def bound(sections: Sequence[Section], facts: Facts) -> tuple[int, bytes]:
    """How many pages the book has, and its PDF. Runs in a child without a database."""
    lines = lines_of([section.group for section in sections])
    entries = _entries(sections, COVER + pages_of(lines))
    with Pdf.new() as book, Pdf.open(io.BytesIO(draw_front(entries, lines, facts))) as front:
        book.pages.extend(front.pages)
        stamps = _Stamps(book.pages[-1])
        del book.pages[-1]
        _add(book, sections)
        for number in range(COVER, len(book.pages)):
            stamps.put(book.pages[number], f"{number + 1}／{len(book.pages)}")
        _link(book, lines, entries)
        _describe(book, entries, facts)
        made = io.BytesIO()
        book.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(book.pages), made.getvalue()


def _entries(sections: Iterable[Section], page: int) -> list[Entry]:
    entries = []
    for section in sections:
        entries.append(Entry(section.group, section.members, page))
        page += section.place.pages
    return entries


def _add(book: Pdf, sections: Sequence[Section]) -> None:
    """Sections of one file are taken from one opened file, so that its fonts come once."""
    files: dict[str, Pdf] = {}
    for section in sections:
        name, first, count = section.place
        if name not in files:
            files[name] = Pdf.open(io.BytesIO(section.content))
        book.pages.extend(files[name].pages[first : first + count])


class _Run(NamedTuple):
    """A text as the engine drew it: its colour, font, size and glyphs, and where it began."""

    colour: str
    font: str
    size: str
    glyphs: bytes
    left: float

    def at(self, x: float, y: float) -> bytes:
        return (
            f"{self.colour} rg BT 1 0 0 -1 {x:.2f} {y:.2f} Tm {self.font} {self.size} Tf ".encode()
            + self.glyphs
            + b" TJ ET"
        )


class _Stamps:
    """Texts of the sheet of stamps, to be drawn on other pages: each glyph of a number, and the strip of the copy."""

    def __init__(self, sheet: Page) -> None:
        of_sheet = dict(sheet.resources.Font.items())
        names = {name: f"/Stamp{place}" for place, name in enumerate(of_sheet)}
        self.fonts = {names[name]: font for name, font in of_sheet.items()}
        runs = [run._replace(font=names[run.font]) for run in _runs(sheet)]
        self.glyphs = dict(zip(GLYPHS, runs, strict=False))
        self.strip = runs[len(GLYPHS) :]

    def put(self, page: Page, number: str) -> None:
        for name, font in self.fonts.items():
            page.add_resource(font, Name.Font, Name(name), replace_existing=True)
        drawn = [run.at(run.left, COPY_AT) for run in self.strip]
        x = RIGHT - sum(ADVANCE[glyph] for glyph in number)
        for glyph in number:
            drawn.append(self.glyphs[glyph].at(x, NUMBER_AT))
            x += ADVANCE[glyph]
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"\n".join([b"Q q", IN_PIXELS.encode(), *drawn, b"Q"]))


def _runs(sheet: Page) -> Iterator[_Run]:
    """The texts of a page in the order in which they were drawn."""
    colour, font, size, left = "0 0 0", "", "", 0.0
    for instruction in pikepdf.parse_content_stream(sheet, "rg Tm Tf TJ"):
        operands = instruction.operands
        match str(instruction.operator):
            case "rg":
                colour = " ".join(map(str, operands))
            case "Tm":
                left = float(operands[4])
            case "Tf":
                font, size = str(operands[0]), str(operands[1])
            case "TJ":
                yield _Run(colour, font, size, operands[0].unparse(), left)


def _link(book: Pdf, lines: Iterable[Line], entries: Sequence[Entry]) -> None:
    """Each line of the contents leads to its section."""
    for line in lines:
        if line.office:
            continue
        entry = entries[line.entry]
        top, left = HEIGHT - line.top, line.left
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([n * MM for n in (left, top - ROW, left + WIDTH, top)]),
            Border=Array([0, 0, 0]),
            Dest=Array([book.pages[entry.page].obj, Name.Fit]),
            Contents=f"{entry.group.name}　{entry.number}ページ",
        )
        page = book.pages[COVER + line.page].obj
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(book.make_indirect(link))


def _describe(book: Pdf, entries: Sequence[Entry], facts: Facts) -> None:
    """Title, language, and the bookmarks that a reader shows beside the pages."""
    with book.open_outline() as outline:
        outline.root += [OutlineItem("表紙", 0), OutlineItem("目次", COVER)]
        for office, of_office in groupby(entries, key=lambda entry: entry.group.office.name):
            theirs = list(of_office)
            heading = OutlineItem(office, theirs[0].page)
            heading.children += [OutlineItem(entry.group.name, entry.page) for entry in theirs]
            outline.root.append(heading)
    book.docinfo[Name.Title] = f"{facts.title}　{facts.variant.label}"
    book.Root.Lang = "ja"
    book.Root.PageMode = Name.UseOutlines
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
