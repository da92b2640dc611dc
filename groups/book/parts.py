"""The sections of a book. Each is kept by its content, so that a list that has not changed is not set again.

A section holds nothing that differs from copy to copy or from book to book: no copy number, no page number. Those that
are set together share one file, and its fonts; a section is a range of its pages.
"""

import datetime
import hashlib
import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.template.loader import render_to_string

from groups.models import Group
from groups.rosters.building import Roster
from groups.rosters.cells import fitted
from groups.rosters.columns import IN_FOUR
from groups.rosters.copies import holds
from groups.rosters.printing import sheet_of, widths
from iri_exchange.lib import limited, pdf

ISSUER = "都産技研 異業種交流グループ事務局"
COLUMNS = fitted(IN_FOUR)
# What a section looks like, and what of a roster stands in it, is said in these files and nowhere else.
DRAWN_BY = (
    "groups/roster*.py",
    "groups/book/parts.py",
    "iri_exchange/lib/*.py",
    "iri_exchange/lib/japan/*.py",
    "templates/pdf/*.html",
    "static/css/tokens.css",
    "static/css/print*.css",
)
ENGINE = ("weasyprint", "pydyf", "noto-cjk-sans-jp-regular", "noto-cjk-sans-jp-bold")
LIMITS = {"seconds": 600, "cpu_seconds": 300, "memory": 400 * limited.MEGABYTE}


class Place(NamedTuple):
    """Where the pages of a section are: in which kept file, from which page on (counted from 0), how many of them."""

    file: str
    first: int
    pages: int


@dataclass(frozen=True)
class Section:
    """A group's section: what the contents say of it, whom it tells of, and its pages in a file."""

    group: Group
    members: int
    rows: int
    people: frozenset[int]
    companies: frozenset[int]
    place: Place
    content: bytes


def sections(rosters: Iterable[Roster]) -> list[Section]:
    """The sections of these rosters. Those not kept from an earlier book are set, in one child process."""
    rosters = [replace(roster, issuer=ISSUER, columns=COLUMNS) for roster in rosters]
    keys = [key_of(roster) for roster in rosters]
    shelf = caches["papers"]
    places: dict[str, Place] = shelf.get_many(keys)
    files: dict[str, bytes] = shelf.get_many({place.file for place in places.values()})
    missing = {
        key: roster
        for key, roster in zip(keys, rosters, strict=True)
        if key not in places or places[key].file not in files
    }
    if missing:
        name, content, fresh = _set_in_child(missing)
        places |= fresh
        files[name] = content
        shelf.set_many({name: content, **fresh})
    return [
        _section(roster, places[key], files[places[key].file])
        for key, roster in zip(keys, rosters, strict=True)
    ]


def key_of(roster: Roster) -> str:
    """The same for the same list, drawn the same way; another one for whatever would look different."""
    group = roster.group
    content = (
        _engine(),
        (group.pk, group.name, group.room, group.mark, _file_of(group)),
        (roster.title, roster.variant.value, roster.day, roster.issuer, roster.counted),
        [(column.key, column.label, column.width, column.heads_row) for column in roster.columns],
        (roster.rows, roster.officer_rows, roster.left_out, roster.gone, roster.other_officers),
    )
    return hashlib.sha256(repr(content).encode(errors="surrogatepass")).hexdigest()


def forget_kept(*, before: datetime.datetime) -> None:
    """Delete what was kept before. A cache in files forgets nothing by itself but what is asked for."""
    shelf = caches["papers"]
    if not isinstance(shelf, FileBasedCache):
        return
    for file in Path(shelf._dir).glob(f"*{shelf.cache_suffix}"):  # type: ignore[attr-defined]
        if file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)


def set_sections(rosters: Sequence[Roster]) -> tuple[bytes, list[tuple[int, int]]]:
    """One file of these rosters, and of each its first page and how many it takes."""
    html = render_to_string("pdf/book_sections.html", {"sheets": [sheet_of(roster) for roster in rosters]})
    css = pdf.stylesheet("print_roster"), pdf.stylesheet("print_sections"), widths(COLUMNS)
    # Joining would drop tags, so none are made: the roster of a single group has them.
    written = pdf.write_in_parts(html, title="会員名簿", tagged=False, css=css)
    starts = [written.starts[f"s{number}"] for number in range(len(rosters))]
    return written.content, [
        (start, end - start) for start, end in zip(starts, [*starts[1:], written.pages], strict=True)
    ]


def _set_in_child(missing: Mapping[str, Roster]) -> tuple[str, bytes, dict[str, Place]]:
    """The name of a new file, its content, and the places of these sections in it, by their keys."""
    pdf.warm_up()
    content, pages = pickle.loads(limited.run(partial(_set, list(missing.values())), **LIMITS))
    name = hashlib.sha256("".join(missing).encode()).hexdigest()
    return name, content, {key: Place(name, *place) for key, place in zip(missing, pages, strict=True)}


def _set(rosters: Sequence[Roster]) -> bytes:
    """Plain data in, bytes out: runs in a child without a database."""
    return pickle.dumps(set_sections(rosters))


def _section(roster: Roster, place: Place, content: bytes) -> Section:
    people, companies = holds(roster, on_paper=True)
    return Section(
        group=roster.group,
        members=len(roster.rows) if roster.variant.terms.public else roster.counts.total(),
        rows=len(roster.rows),
        people=frozenset(people),
        companies=frozenset(companies),
        place=place,
        content=content,
    )


def _file_of(group: Group) -> str:
    """What the uploaded logo is; "" without one."""
    if not group.logo:
        return ""
    try:
        with group.logo.open("rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return ""


@cache
def _engine() -> str:
    """The program that draws, its stylesheets and its fonts."""
    root = Path(settings.BASE_DIR)
    files = sorted(path for pattern in DRAWN_BY for path in root.glob(pattern))
    told = [path.read_bytes() for path in files] + [version(name).encode() for name in ENGINE]
    return hashlib.sha256(b"\0".join(told)).hexdigest()
