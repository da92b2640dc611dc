"""The printed roster: a numbered copy for somebody, logged before it is made."""

import base64
import io
import re
from collections.abc import Iterable
from typing import Any

from PIL import Image

from groups.models import Group
from groups.rosters.building import Roster
from groups.rosters.cells import Column
from groups.rosters.copies import log_copy
from iri_exchange.lib import pdf

LOGO_PIXELS = 400  # 13 mm on paper, sharp at 600 dpi
# No others: Pillow would hand PostScript to a program that runs it.
PICTURES = ("PNG", "JPEG", "GIF", "WEBP")
FILL_IN = "　" * 8 + "様"
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\s]+')


def print_copy(*, roster: Roster, by: Any, purpose: str = "", receiver: str = "") -> bytes:
    """One more copy of a roster as PDF. It is logged first, for the number in the log stands on the paper.

    A copy whose making failed stays in the log: a number too many is harmless, a copy without a number is not.
    """
    copy = log_copy(roster=roster, by=by, file_format="pdf", purpose=purpose, receiver=receiver)
    told = {"copy_number": f"{copy.copy_number:03}", "receiver": addressed(receiver), "purpose": purpose}
    css = pdf.stylesheet("print_roster"), widths(roster.columns)
    return pdf.render("pdf/roster.html", sheet_of(roster) | told, title=roster.title, css=css)


def sheet_of(roster: Roster) -> dict[str, Any]:
    """What a template needs to draw a roster."""
    group = roster.group
    return {"roster": roster, "colour": pdf.room_colour(group.room), "logo": small_logo(group)}


def widths(columns: Iterable[Column]) -> str:
    """The widths of columns as rules of a stylesheet."""
    return "".join(f".c-{column.key} {{ width: {column.width}mm }}" for column in columns)


def file_name(roster: Roster, extension: str) -> str:
    """TAMA24_会員名簿_会員用_2026-11-25.pdf, without what a disk refuses."""
    name = f"{roster.group.name}_会員名簿_{roster.variant.label}_{roster.day:%Y-%m-%d}"
    return plain_file_name(name, extension)


def plain_file_name(name: str, extension: str) -> str:
    """A name that a disk takes; spaces become bars, too."""
    return f"{_NOT_IN_FILE_NAMES.sub('_', name)}.{extension}"


def addressed(receiver: str) -> str:
    """濵田 隆 様, 株式会社〇〇 御中; room to write in when nobody is named."""
    if not receiver:
        return FILL_IN
    if receiver.endswith(("様", "御中", "殿", "先生")):
        return receiver
    return f"{receiver} {'御中' if '会社' in receiver else '様'}"


def small_logo(group: Group) -> str:
    """The uploaded logo as a small data: URL; "" if there is none or it cannot be read, so that the mark is drawn."""
    if not group.logo:
        return ""
    try:
        with group.logo.open("rb") as file, Image.open(file, formats=PICTURES) as picture:
            picture.thumbnail((LOGO_PIXELS, LOGO_PIXELS))
            small = io.BytesIO()
            picture.save(small, "PNG")
    except (OSError, Image.DecompressionBombError):
        return ""
    return f"data:image/png;base64,{base64.b64encode(small.getvalue()).decode()}"
