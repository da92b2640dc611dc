"""引き継ぎ帳: what the next secretary of a group needs to know, in one PDF that the worker makes.

`order` is what was asked for, `contents` gathers it (`year_ahead`, `twelve` and `places` are chapters of their own),
`drawing` makes the PDF, `making` are the verbs, `tasks` what the worker calls, `forms` and `views` the pages.
"""

from iri_exchange.office.handover_book.making import ask_for_book, make_book
from iri_exchange.office.handover_book.order import Order

__all__ = ["Order", "ask_for_book", "make_book"]
