"""Found by any piece of a name, of one letter or ten, as fast among 20,000 records as among 20.

The search key of a record holds its folded texts, each behind a mark that nobody can type: the name, its other
spellings, what the record is about. The index holds the beginnings of all ends of that key (橋製作所…, 製作所…,
作所…), as bytes: a piece of the key is the beginning of one of its ends, and a B-tree finds beginnings at once. The
database keeps the index itself, by triggers, whoever writes the record (docs/decisions/0021-search.md).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Left, StrIndex

from iri_exchange.lib import japan

NAME, OTHER, ABOUT = "\x01", "\x02", "\x03"
# Letters of each end that are kept. What is longer is looked up by these, and then looked at.
KEPT = 10
# A piece that stands in more places is common: reading rows in their order meets it soon enough.
COMMON = 500
# Every byte of UTF-8 is smaller.
_AFTER_ALL = b"\xff"


class Suffix(models.Model):
    """One end of the search key of a record of the model `of`. Written by the triggers alone."""

    of: ClassVar[type[models.Model]]

    pk = models.CompositePrimaryKey("text", "record")
    text = models.BinaryField()
    record = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{bytes(self.text).decode()} → {self.record}"


def index_of(model: type[models.Model]) -> Any:
    """The model of its ends, or None: then there are so few rows that they are read."""
    return next((each for each in Suffix.__subclasses__() if each.of is model), None)


def key(name: str, others: Sequence[str], about: Sequence[str]) -> str:
    """The search key of a record: `others` spell its name in other ways, the reading first, and may be empty."""
    texts = [(NAME, name), *((OTHER, text) for text in others), *((ABOUT, text) for text in about)]
    return "".join(mark + japan.fold(text) for mark, text in texts)


def having(model: type[models.Model], piece: str, path: str = "") -> Q:
    """Records whose search key has the (folded) piece in it; `path` leads from the queried model to `model`.

    One query, bounded in time, asks the index how common the piece is.
    """
    to = f"{path}__" if path else ""
    inside = Q(**{f"{to}search_key__contains": piece})
    if index_of(model) is None or not piece or is_common(model, piece):
        return inside
    held = Q(**{f"{path or 'pk'}__in": ends(model, piece).values("record")})
    return held & inside if len(piece) > KEPT else held


def matching(typed: str, found: Callable[[str], Q]) -> Q:
    """What was typed, found as a whole (株式会社 and spaces do not count) or word by word."""
    whole, words = japan.fold(typed), [japan.fold(word) for word in typed.split()]
    by_word = Q()
    for word in words:
        by_word &= found(word)
    return by_word if words == [whole] else found(whole) | by_word


def is_common(model: type[models.Model], piece: str) -> bool:
    """Whether the piece stands in so many places that rows are better read in their order than sorted."""
    table, begin = connection.ops.quote_name(index_of(model)._meta.db_table), piece[:KEPT].encode()
    places = f"SELECT 1 FROM {table} WHERE text >= %s AND text < %s LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({places}) AS places", [begin, begin + _AFTER_ALL, COMMON])
        return bool(cursor.fetchone()[0] == COMMON)


def ends(model: type[models.Model], piece: str) -> Any:
    """The rows of the index that begin with a piece."""
    begin = piece[:KEPT].encode()
    return index_of(model)._default_manager.filter(text__gte=begin, text__lt=begin + _AFTER_ALL)


def whole(model: type[models.Model], texts: Iterable[str]) -> Any:
    """The rows of the index that begin with one of the (folded) texts and end with it, a name or another spelling.

    Of a text of ten letters or more, those that begin with the first ten.
    """
    return index_of(model)._default_manager.filter(Q(*map(_ending, texts), _connector=Q.OR))


def _ending(text: str) -> Q:
    # The marks behind a name and behind a spelling are neighbours.
    begin, after = (text + OTHER).encode(), (text + chr(ord(ABOUT) + 1)).encode()
    if len(text) >= KEPT:
        begin = text[:KEPT].encode()
        after = begin + _AFTER_ALL
    return Q(text__gte=begin, text__lt=after)


def headed(model: type[models.Model], piece: str) -> Any:
    """The ids of the records whose name begins with a piece of up to nine letters; of a longer one, with those."""
    return ends(model, NAME + piece).values("record")


def spelled() -> Any:
    """An expression: the names in a search key, without what the record is about."""
    return Left("search_key", StrIndex("search_key", models.Value(ABOUT)))


def named() -> Any:
    """An expression: the name in a search key, without its other spellings."""
    return Left("search_key", StrIndex("search_key", models.Value(OTHER)))
