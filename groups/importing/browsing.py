"""Looking through a report: what waits for somebody comes first, narrowed by kind and name, fifty at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page

from groups.importing.report import Report
from iri_exchange.lib import asked, japan

# A short file stands on one page as a whole.
SHORT, PER_PAGE = 100, 50
# A search box over fewer rows than this is only in the way.
SEARCHABLE = 26
MOST_LETTERS = 100

# In the order of the page: kind → what it is called before the import, and after it.
HEADINGS = {
    "problem": ("直すところ", "取り込まなかったところ"),
    "doubtful": ("お聞きしたいこと", "お聞きしたこと"),
    "changed": ("内容が変わる会員", "内容が変わった会員"),
    "new": ("新しく加わる会員", "新しく加わった会員"),
    "left": ("取り込まない行", "取り込まなかった行"),
    "notice": ("お知らせ", "お知らせ"),
    "missing": ("このファイルにない会員", "このファイルになかった会員"),
    "same": ("同じ会員", "同じだった会員"),
}
# In the order in which one asks for them, in few words: what the import does, what it asks, what is left over.
KEYS = {
    "new": ("新しく加わる", "新しく加わった"),
    "changed": ("変わる", "変わった"),
    "same": ("同じ", "同じ"),
    "doubtful": ("お聞きしたい", "お聞きした"),
    "notice": ("お知らせ", "お知らせ"),
    "problem": ("直すところ", "直すところ"),
    "left": ("取り込まない", "取り込まなかった"),
    "missing": ("表にない会員", "表にない会員"),
}
# Told only if there are any.
RARE = ("left", "missing")
ALL = "all"
SHOWN = frozenset([ALL, *HEADINGS])


@dataclass(frozen=True)
class Line:
    """One thing the report says. `item` is a Row, a Problem or, of a missing member, the name."""

    kind: str
    item: Any
    names: str


@dataclass(frozen=True)
class Key:
    """What the reader may narrow the list to, and how many that are."""

    kind: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Section:
    """Lines of one kind that stand on this page; `total` counts those on all pages."""

    kind: str
    heading: str
    total: int
    items: list[Any]


@dataclass(frozen=True)
class Browsing:
    """One page of a report."""

    show: str
    words: str
    keys: list[Key]
    sections: list[Section]
    page: Page[Line]
    searchable: bool

    @property
    def shows_problems(self) -> bool:
        return self.show in (ALL, "problem")

    @property
    def fold_same(self) -> bool:
        """Rows that stay as they are need no look, as long as there is something else on the page."""
        return self.show == ALL and not self.page.has_other_pages()


def browse(report: Report, *, show: str, words: str, number: str, done: bool = False) -> Browsing:
    """The page `number` of the lines of the kind `show` whose names hold `words`; `done`: the import has been made.

    A kind that does not exist is no question, and a page that does not exist is one that does.
    """
    lines = list(_lines(report))
    words = words[:MOST_LETTERS].strip()
    show = show if show in HEADINGS else ALL
    found = [line for line in _named(lines, words) if show in (ALL, line.kind)]
    rows = len(report.rows) + len(report.bad_rows)
    page = asked.page(found, number, PER_PAGE if rows > SHORT else max(len(found), 1))
    return Browsing(
        show=show,
        words=words,
        keys=_keys(lines, rows, show, done),
        sections=_sections(page, found, done),
        page=page,
        searchable=rows >= SEARCHABLE or bool(words),
    )


def _lines(report: Report) -> Iterator[Line]:
    """Everything the report says, in the order of HEADINGS."""
    named = {row.number: " ".join([row.name, *row.people]) for row in report.rows}
    named |= {row.number: " ".join(row.cells) for row in report.bad_rows}
    for problem in report.problems:
        yield Line("problem", problem, named.get(problem.row, problem.message))
    for kind in ("doubtful", "changed", "new", "left"):
        yield from (Line(kind, row, named[row.number]) for row in report.of(kind))
    for notice in report.warnings:
        yield Line("notice", notice, named.get(notice.row, notice.message))
    for name in report.missing:
        yield Line("missing", name, name)
    yield from (Line("same", row, named[row.number]) for row in report.same)


def _named(lines: Iterable[Line], words: str) -> Iterable[Line]:
    """Those in whose names each of the words is found, however it is written."""
    keys = [japan.fold(word) for word in words.split()]
    if not keys:
        return lines
    return [line for line in lines if _holds(japan.fold(line.names), keys)]


def _holds(names: str, keys: list[str]) -> bool:
    return all(key in names for key in keys)


def _keys(lines: list[Line], rows: int, show: str, done: bool) -> list[Key]:
    counts = Counter(line.kind for line in lines)
    kinds = [kind for kind in KEYS if counts[kind] or kind not in RARE]
    every = Key(ALL, "すべての行", rows, show == ALL)
    return [every, *(Key(kind, KEYS[kind][done], counts[kind], kind == show) for kind in kinds)]


def _sections(page: Page[Line], found: list[Line], done: bool) -> list[Section]:
    """The page's lines by kind; a kind that goes on over several pages says how many it has in all."""
    return [
        Section(
            kind,
            HEADINGS[kind][done],
            sum(line.kind == kind for line in found),
            [line.item for line in group],
        )
        for kind, group in groupby(page.object_list, key=lambda line: line.kind)
    ]
