"""Handover books as tests read them."""

import io

from pypdf import PdfReader

from groups.models import Printout
from iri_exchange.office.handover_book import ask_for_book


def made(group, by, **asked) -> Printout:
    """One that is finished."""
    printout = ask_for_book(group=group, by=by.user, **asked)
    printout.refresh_from_db()
    assert (printout.state, printout.message) == ("done", "")
    return printout


def reader_of(printout: Printout) -> PdfReader:
    return PdfReader(io.BytesIO(bytes(printout.content)))


def text_of(printout: Printout) -> str:
    """All of it without line ends: the engine breaks lines where it likes."""
    pages = reader_of(printout).pages
    return "".join("".join(page.extract_text().split()) for page in pages)
