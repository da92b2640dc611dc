"""A paper as PDF: its template, our stylesheet for papers, and the places and sizes that were computed for it."""

from collections.abc import Iterable
from typing import Any

from iri_exchange.lib import pdf


def make(paper: str, context: dict[str, Any], *, title: str, rules: str = "", tagged: bool = False) -> bytes:
    """The PDF of templates/pdf/<paper>.html. Without tags unless it is read as a document: most papers are cut,
    stuck and worn.
    """
    return pdf.render(
        f"pdf/{paper}.html",
        context,
        title=title,
        tagged=tagged,
        css=[pdf.stylesheet("print_papers"), rules],
    )


def places(corners: Iterable[tuple[float, float]], size: tuple[float, float]) -> str:
    """The rules for the boxes .at-0, .at-1 … of a sheet, all of one size: left and top corners, in millimetres."""
    width, height = size
    return f".at {{ width: {width:.2f}mm; height: {height:.2f}mm }}" + "".join(
        f".at-{place} {{ left: {left:.2f}mm; top: {top:.2f}mm }}" for place, (left, top) in enumerate(corners)
    )


def path(lines: Iterable[tuple[float, float, float, float]]) -> str:
    """The data of an SVG path: lines from point to point."""
    return "".join(f"M{x:.2f} {y:.2f}L{to_x:.2f} {to_y:.2f}" for x, y, to_x, to_y in lines)
