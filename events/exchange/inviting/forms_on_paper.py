"""Many invitations at once: all but a name and a code is the same on each, so it is set once and the rest put on it."""

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.template.loader import render_to_string
from pikepdf import Name, Pdf

from events.models import Registration
from iri_exchange.lib import pdf

# In full-width letters, what stands in one line at both places. A longer name pushes the rest of its sheet down.
AFFILIATION, NAME = 22, 11
CELL_SIDE = 1.4  # mm, of print.css
FORM = Name("/Form")
# A transparent pixel: where the code goes.
NOTHING = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@dataclass(frozen=True)
class Sheet:
    """One person's, as templates/pdf/exchange_invitation.html shows it; without one, the form."""

    registration: Registration | None
    picture: str

    @property
    def is_alike(self) -> bool:
        row = self.registration
        return row is not None and len(row.affiliation) <= AFFILIATION and len(row.name) <= NAME


def draw(sheets: Sequence[Sheet], context: dict[str, Any], title: str) -> bytes:
    """The PDF, in the order of the sheets. A single one has tags, since it may be read; a pile for the post has none."""
    if len(sheets) > 1:
        form = _written([Sheet(None, NOTHING)], context, title)
        if form.pages == 1 and any(sheet.is_alike for sheet in sheets):
            return _joined(form, sheets, context, title)
    return _written(sheets, context, title, tagged=len(sheets) == 1).content


def _written(
    sheets: Sequence[Sheet], context: dict[str, Any], title: str, *, tagged: bool = False
) -> pdf.Written:
    html = render_to_string("pdf/exchange_invitation.html", context | {"sheets": sheets})
    return pdf.write_in_parts(html, title=title, tagged=tagged, css=[pdf.stylesheet("print_notice")])


def _joined(form: pdf.Written, sheets: Sequence[Sheet], context: dict[str, Any], title: str) -> bytes:
    """The names on the form, page by page; who needs more room has a sheet set as a whole, at its place among them."""
    alike = [sheet for sheet in sheets if sheet.is_alike]
    others = [sheet for sheet in sheets if not sheet.is_alike]
    with ExitStack() as opened:
        made = opened.enter_context(Pdf.open(io.BytesIO(_names(alike, form.corners, title))))
        ground = opened.enter_context(Pdf.open(io.BytesIO(form.content)))
        below = made.copy_foreign(ground.pages[0].as_form_xobject())
        for page in made.pages:
            page.add_resource(below, Name.XObject, FORM)
            page.contents_add(b"q /Form Do Q", prepend=True)
        if others:
            whole = _written(others, context, title)
            _insert(made, opened.enter_context(Pdf.open(io.BytesIO(whole.content))), whole, sheets)
        file = io.BytesIO()
        made.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return file.getvalue()


def _names(sheets: Sequence[Sheet], corners: dict[str, tuple[float, float]], title: str) -> bytes:
    (code_left, code_top), (who_left, who_top) = corners["code-0"], corners["who-0"]
    rules = (
        f".stamp .notice-picture {{ left: {code_left:.3f}mm; top: {code_top:.3f}mm }}"
        f".stamp-who {{ left: {who_left + CELL_SIDE:.3f}mm; top: {who_top:.3f}mm }}"
    )
    css = [pdf.stylesheet("print_notice"), pdf.stylesheet("print_stamps"), rules]
    html = render_to_string("pdf/exchange_invitation_names.html", {"sheets": sheets})
    return pdf.write(html, title=title, tagged=False, css=css)


def _insert(made: Pdf, others: Pdf, whole: pdf.Written, sheets: Sequence[Sheet]) -> None:
    """The sheets set as a whole, each with all its pages, between those that are alike."""
    starts = [whole.starts[f"sheet-{place}"] for place in range(sum(not sheet.is_alike for sheet in sheets))]
    spans = iter(zip(starts, [*starts[1:], whole.pages], strict=True))
    at = 0
    for sheet in sheets:
        start, end = (0, 1) if sheet.is_alike else next(spans)
        if not sheet.is_alike:
            for offset, page in enumerate(others.pages[start:end]):
                made.pages.insert(at + offset, page)
        at += end - start
