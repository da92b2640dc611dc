"""A handover book from the wish to the file: asked for by who may, made by the worker, kept for its maker alone."""

import pickle
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups import printouts
from groups.book import purge
from groups.models import Group, Printout
from groups.rosters.printing import plain_file_name
from groups.rosters.variants import Variant
from iri_exchange.lib import limited, pdf
from iri_exchange.office.handover_book.contents import Contents, contents
from iri_exchange.office.handover_book.drawing import Sheets, drawn, sheets_of, title_of
from iri_exchange.office.handover_book.order import Order
from members import exports
from members.models import Export, User

LIMITS = {"seconds": 300, "cpu_seconds": 120, "memory": 500 * limited.MEGABYTE}
# Gathered, drawn, kept.
STEPS = 3
NO_LONGER = "引き継ぎ帳をつくる役目が終わったので、つくりませんでした。"


@transaction.atomic
def ask_for_book(*, group: Group, by: User, receiver: str = "", purpose: str = "") -> Printout:
    """A book of the group is put on the worker's list. The very same one, still being made, is not made twice."""
    from iri_exchange.office.handover_book import tasks  # a circle: the task calls the verbs that queue it

    purge()
    return printouts.ask(
        kind=Printout.Kind.HANDOVER,
        group=group,
        by=by,
        options=Order(receiver, purpose).as_json(),
        steps=STEPS,
        task=tasks.make,
    )


def make_book(*, printout_pk: int) -> None:
    """QUEUED → DONE: what the worker does. Raises limited.Failed.

    The copy is logged before there is one, as that of every list is.
    """
    printout = printouts.begin(printout_pk, refusal=_refusal)
    if printout is None or printout.group is None:
        return
    try:
        order = Order.from_json(printout.options)
        gathered = contents(group=printout.group, day=timezone.localdate(), reader=printout.made_by)
        printouts.tell(printout, 1)
        copy = _logged(printout, order, gathered)
        pages, content = _drawn(sheets_of(gathered, order, copy.copy_number))
        printouts.tell(printout, 2)
        name = plain_file_name(f"{title_of(gathered)} {gathered.day:%Y-%m-%d}", "pdf")
        printouts.keep(printout, content=content, filename=name, pages=pages)
    except printouts.Stopped:
        return


def _refusal(printout: Printout) -> str:
    may = printout.made_by.has_perm("groups.make_handover_book", printout.group)
    return "" if may else NO_LONGER


def _logged(printout: Printout, order: Order, gathered: Contents) -> Export:
    people, companies = gathered.tells_of
    return exports.log(
        about=gathered.group,
        subject=f"groups/{gathered.group.slug}/handover",
        by=printout.made_by,
        variant=Variant.OFFICE.value,
        file_format="pdf",
        as_of=gathered.day,
        columns=[column.key for column in gathered.roster.columns],
        row_count=len(gathered.roster.rows),
        purpose=order.purpose,
        receiver=order.receiver,
        people=people,
        companies=companies,
    )


def _drawn(sheets: Sheets) -> tuple[int, bytes]:
    pdf.warm_up()
    made: Any = pickle.loads(limited.run(partial(_pickled, sheets), **LIMITS))
    return made[0], made[1]


def _pickled(sheets: Sheets) -> bytes:
    return pickle.dumps(drawn(sheets))
