"""What the address bar asks for: nothing in it makes a page fall, and what a list does not understand it says in words."""

import datetime
from collections.abc import Callable, Container, Iterable
from functools import cached_property, wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.query import ModelIterable
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from iri_exchange.lib import japan

View = Callable[..., HttpResponseBase]
MOST_LETTERS = 100
MOST_COUNTED = 1_000
LONGEST_NAME = 20
# How other portals are asked to sort. Our lists have one order, which their captions tell.
SORTING = frozenset(["sort", "order", "order_by", "ordering", "o"])
UNSORTED = "並べ方は選べません。いつもの順に並べています。"
UNREAD = "読めない名前のしぼり込みは、使いませんでした。ほかのしぼり込みは、そのまま使っています。"
UNSEEN = "さがす言葉に、目に見えない文字が入っています。消して入れ直してください。"
UNKNOWN = "この値ではしぼり込めません。一覧から選んでください。"


def text(request: HttpRequest, name: str) -> str:
    """One text from the address bar; one with characters that cannot be seen asks for nothing, and the page says so."""
    typed = request.GET.get(name, "")
    if japan.has_unsafe_characters(typed):
        messages.warning(request, UNSEEN)
        return ""
    return typed[:MOST_LETTERS]


def choice(request: HttpRequest, name: str, known: Container[str]) -> str:
    """One of the known values; another one asks for nothing, and the page says so."""
    typed = request.GET.get(name, "")
    if typed and typed not in known:
        messages.warning(request, UNKNOWN)
        return ""
    return typed


def day(request: HttpRequest, name: str = "date") -> datetime.date:
    """A day as people write it, today for none; one that cannot be read asks for today, and the page says so."""
    typed = text(request, name).strip()
    try:
        return japan.parse_date(typed) if typed else timezone.localdate()
    except ValueError as error:
        messages.warning(request, f"{error} 今日の内容を出しています。")
        return timezone.localdate()


class _InAll(Subquery):
    """How many rows a selection has, as an expression: the database counts once for all rows beside it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


class _Counted(Paginator):
    more = False
    most: int | None = None

    @property
    def is_counted(self) -> bool:
        return "count" in self.__dict__

    def read(self, number: int) -> Page[Any] | None:
        """The page with this number and how many rows there are, in one query. None if there is no such page."""
        rows: Any = self.object_list
        if not self.is_counted:
            rows = rows.annotate(in_all=_InAll(rows.order_by().values("pk")[: self.most]))
        start = (number - 1) * self.per_page
        found = list(rows[start : start + self.per_page])
        if not self.is_counted and (found or number == 1):
            self.count = self._told(found[0].in_all if found else 0)
        return Page(found, number, self) if number in self.page_range else None

    def _told(self, counted: int) -> int:
        return counted


class _Capped(_Counted):
    """Counts to a thousand and no further; `more` says that there are others."""

    most = MOST_COUNTED + 1

    @cached_property
    def count(self) -> int:
        return self._told(self.object_list.order_by()[: self.most].count())  # type: ignore[attr-defined]

    def _told(self, counted: int) -> int:
        self.more = counted > MOST_COUNTED
        return min(counted, MOST_COUNTED)


def page(
    rows: Any, number: str, size: int = 50, *, capped: bool = False, in_all: int | None = None
) -> Page[Any]:
    """The page with the number in the address bar; the nearest one for a number that does not exist. Where people
    search, the count is `capped`: of a common word nobody wants to know more than that it is one. `in_all`: how many
    rows there are, where somebody has counted them already.
    """
    paginator = (_Capped if capped else _Counted)(rows, size)
    if in_all is not None:
        paginator.count = in_all
    asked = max(int(number), 1) if number.isascii() and number.isdecimal() and len(number) < 9 else 1
    found = paginator.read(asked) if _are_records(rows) else None
    return found or paginator.page(min(asked, paginator.num_pages))


def _are_records(rows: Any) -> bool:
    return (
        isinstance(rows, QuerySet)
        and rows._iterable_class is ModelIterable
        and not (rows.query.combinator or rows.query.is_sliced)
    )


def knows(*names: Any) -> Callable[[View], View]:
    """The view is a list that understands these parameters (names, or a FilterSet with its own); it says what it does
    not understand, and shows the list all the same. Stands inside of the view's access.
    """
    known = frozenset(name for each in names for name in getattr(each, "base_filters", [each]))

    def declare(view: View) -> View:
        @wraps(view)
        def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "GET":
                for sentence in _not_understood(set(request.GET) - known):
                    messages.warning(request, sentence)
            return view(request, *args, **kwargs)

        told.known = known  # type: ignore[attr-defined]
        return told

    return declare


def _not_understood(names: Iterable[str]) -> list[str]:
    others = sorted(set(names) - SORTING)
    shown = [name[:LONGEST_NAME] for name in others[:3] if not japan.has_unsafe_characters(name)]
    said = [UNSORTED] if SORTING & set(names) else []
    if shown:
        called = "、".join(f"「{name}」" for name in shown)
        said.append(f"{called}というしぼり込みはありません。ほかのしぼり込みは、そのまま使っています。")
    elif others:
        said.append(UNREAD)
    return said
