"""The PDF of a handover book: tagged, with bookmarks and page numbers; the by-laws behind it, if they can be joined."""

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.template.loader import render_to_string
from pikepdf import Name, OutlineItem, Page, Pdf

from groups.rosters.printing import addressed, small_logo, widths
from iri_exchange.lib import japan, pdf
from iri_exchange.office.handover_book.contents import Contents
from iri_exchange.office.handover_book.order import Order
from iri_exchange.office.handover_book.places import code_of
from iri_exchange.office.handover_book.twelve import EVERY_MONTH

CSS = ("print_roster", "print_handover")
ISSUER = "都産技研 異業種交流グループ事務局"
# A longer file stays apart: the book says where it is.
MOST_PAGES = 60
BYLAWS = "会則（別添）"


@dataclass(frozen=True)
class Sheets:
    """All that the drawing needs, as texts and bytes: it has no database. `with_annex` says that the by-laws follow,
    `alone` where they are instead; `bylaws` is None without a file.
    """

    title: str
    with_annex: str
    alone: str
    css: tuple[str, ...]
    bylaws: bytes | None


def title_of(contents: Contents) -> str:
    return f"{contents.group.name} 引き継ぎ帳 {contents.year_label}"


def sheets_of(contents: Contents, order: Order, copy_number: int) -> Sheets:
    group = contents.group
    context: dict[str, Any] = {
        "book": contents,
        "group": group,
        "roster": contents.roster,
        "colour": pdf.room_colour(group.room),
        "logo": small_logo(group),
        "code": code_of(group),
        "every_month": EVERY_MONTH,
        "issuer": ISSUER,
        "number": f"{copy_number:03}",
        "receiver": addressed(order.receiver),
        "purpose": order.purpose,
        "of_copy": f"部数番号 {copy_number:03}　お渡し先 {addressed(order.receiver)}",
        "running": f"{group.name}　引き継ぎ帳　{contents.year_label}　{japan.wareki(contents.day)}",
    }
    file = bytes(contents.bylaws.content) if contents.bylaws else None
    css = (*(pdf.stylesheet(name) for name in CSS), widths(contents.roster.columns))
    with_annex, alone = (
        render_to_string("pdf/handover_book.html", context | {"annexed": annexed})
        for annexed in (True, False)
    )
    return Sheets(title_of(contents), with_annex, alone, css, file)


def drawn(sheets: Sheets) -> tuple[int, bytes]:
    """How many pages, and the PDF. Runs in a child without a database."""
    annex = _readable(sheets.bylaws)
    if annex is not None:
        with annex, suppress(pikepdf.PdfError):
            return _joined(pdf.write(sheets.with_annex, title=sheets.title, css=sheets.css), annex)
    content = pdf.write(sheets.alone, title=sheets.title, css=sheets.css)
    with Pdf.open(io.BytesIO(content)) as book:
        return len(book.pages), content


def _readable(content: bytes | None) -> Pdf | None:
    """The by-laws as a PDF that can be put behind another; None if they cannot, or are too long."""
    if content is None:
        return None
    try:
        annex = Pdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None
    if annex.is_encrypted or not 0 < len(annex.pages) <= MOST_PAGES:
        annex.close()
        return None
    return annex


def _joined(content: bytes, annex: Pdf) -> tuple[int, bytes]:
    """The annex behind the book. The book's own tags stay: its file is the one that is added to."""
    with Pdf.open(io.BytesIO(content)) as book:
        first = len(book.pages)
        book.pages.extend(annex.pages)
        for page in list(book.pages)[first:]:
            _plain(page)
        with book.open_outline() as outline:
            outline.root.append(OutlineItem(BYLAWS, first))
        made = io.BytesIO()
        book.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(book.pages), made.getvalue()


def _plain(page: Page) -> None:
    """What is seen, and nothing that acts or is numbered among the tags of another file."""
    for name in (Name.Annots, Name.AA, Name.StructParents, Name.Tabs, Name.Metadata, Name.PieceInfo):
        if name in page.obj:
            del page.obj[name]
