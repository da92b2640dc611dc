"""python -m tests.bench.alone DATABASE MAKER GROUPS: the book of the newest groups, made in a process that does
nothing else. Prints how many kilobytes it took before, and at most; its child counts too.
"""

import datetime
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

DAY = datetime.date(2026, 11, 25)


def print_book(maker: int, groups: Sequence[int]) -> None:
    """The book of these groups as of the benches' day, for a user; all are ids. Raises RuntimeError without one."""
    # Not before Django is set up; and nothing that the worker does not load, for it would count as memory.
    from groups.book import Order, make_book
    from groups.models import Printout
    from groups.rosters.variants import Variant

    order = Order(Variant.MEMBER, DAY, tuple(groups))
    printout = Printout.objects.create(kind=Printout.Kind.BOOK, made_by_id=maker, options=order.as_json())
    make_book(printout_pk=printout.pk)
    printout.refresh_from_db()
    if printout.state != Printout.State.DONE:
        raise RuntimeError(f"the book is {printout.state}: {printout.message}")


def main(database: str, maker: str, groups: str) -> None:
    import django

    django.setup()

    from django.db import connection

    import iri_exchange.management.commands.worker  # noqa: F401, what the worker has loaded
    from groups.models import Group

    connection.settings_dict["NAME"] = database
    newest = list(Group.objects.order_by("-pk").values_list("pk", flat=True)[: int(groups)])
    before = at_most()
    print_book(int(maker), newest)
    print(before, max(at_most(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))


def at_most() -> int:
    """The most that this process had at any moment; getrusage would count what it was forked from as well."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
