"""A text as a square code (QR) that telephones read, drawn as one path: for paper, and for pages with a strict policy.

On papers by the dozen it is an image instead: the engine reads every point of a path, which takes as long as the text.
"""

import base64
import io
from dataclasses import dataclass
from functools import lru_cache

import qrcode
from PIL import Image

# What a fold or a stain takes away, the rest still tells (15 per cent).
CORRECTION = qrcode.ERROR_CORRECT_M
QUIET = 4  # empty modules around the code, as its standard asks


@dataclass(frozen=True)
class Square:
    """`path` in a square of `size` × `size` units, the quiet zone included."""

    path: str
    size: int


@lru_cache(maxsize=256)
def square(text: str) -> Square:
    """The smallest code that holds the text."""
    rows = _modules(text)
    return Square("".join(_runs(row, y) for y, row in enumerate(rows)), len(rows))


def picture(text: str) -> str:
    """The same code as the `data:` address of a PNG with one pixel a module; to be shown without smoothing."""
    rows, file = _modules(text), io.BytesIO()
    image = Image.new("1", (len(rows), len(rows)))
    image.putdata([not dark for row in rows for dark in row])
    image.save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def _modules(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=CORRECTION, border=QUIET)
    code.add_data(text)
    rows: list[list[bool]] = code.get_matrix()
    return rows


def _runs(row: list[bool], y: int) -> str:
    """Dark modules beside each other are one bar: fewer seams on paper."""
    bars, start = [], -1
    for x, dark in enumerate([*row, False]):
        if dark and start < 0:
            start = x
        elif not dark and start >= 0:
            bars.append(f"M{start} {y}h{x - start}v1h{start - x}z")
            start = -1
    return "".join(bars)
