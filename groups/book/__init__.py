"""The book of all groups: cover, contents, a section per group, in one PDF that the worker makes.

`order` is what was asked for, `parts` sets the sections and keeps them by content, `front` draws cover and contents,
`joining` puts them together and numbers the pages, `making` are the verbs, `tasks` what the worker calls.
"""

from groups.book.making import ask_for_book, fail_printout, make_book, purge, stop_printout
from groups.book.order import VARIANTS, Order, living

__all__ = [
    "VARIANTS",
    "Order",
    "ask_for_book",
    "fail_printout",
    "living",
    "make_book",
    "purge",
    "stop_printout",
]
