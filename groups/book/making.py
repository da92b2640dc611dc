"""A book from the wish to the file: asked for by staff, made by the worker, kept for its maker for a few days."""

import datetime
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups import printouts
from groups.book.front import Facts
from groups.book.joining import bound
from groups.book.order import VARIANTS, Order, living
from groups.book.parts import ISSUER, LIMITS, Section, forget_kept, sections
from groups.models import Group, Membership, Printout
from groups.models.printing import KEPT_FOR
from groups.printouts import Stopped
from groups.rosters.building import rosters
from groups.rosters.printing import addressed
from groups.rosters.variants import Variant
from iri_exchange.lib import limited
from members import exports
from members.models import Export, User

SUBJECT = "office/book"
# Members, former ones too, whose groups are read and set together: so many are in memory at the same time.
TOGETHER = 250
NO_LONGER = "作る方の職員としての任期が終わったので、作りませんでした。"

stop_printout, fail_printout = printouts.stop, printouts.fail


@transaction.atomic
def ask_for_book(
    *,
    by: User,
    variant: Variant,
    day: datetime.date,
    groups: Iterable[Group] | None = None,
    purpose: str = "",
    receiver: str = "",
) -> Printout:
    """A book of these groups (None: all that live on the day) is put on the worker's list.

    The very same one, still being made, is not made twice.
    """
    if variant not in VARIANTS:
        raise ValueError(f"no book of {variant}")
    purge()
    chosen = living(day) if groups is None else groups
    order = Order(variant, day, tuple(group.pk for group in chosen), groups is None, purpose, receiver)
    return printouts.ask(
        kind=Printout.Kind.BOOK,
        by=by,
        options=order.as_json(),
        steps=_steps(order.group_ids),
        task=_task(),
    )


@transaction.atomic
def purge() -> int:
    """Forget finished prints after their days, and the pages kept for them: how many prints."""
    past = timezone.now() - KEPT_FOR
    deleted, _ = Printout.objects.filter(finished_at__lt=past).delete()
    forget_kept(before=past)
    return deleted


def make_book(*, printout_pk: int) -> None:
    """QUEUED → DONE: what the worker does. Its steps are seen while it goes on, and it ends when it is stopped.

    The copy is logged before there is one. One whose making fails afterwards stays in the log: a number too many is
    harmless, a copy without a number is not. Raises limited.Failed.
    """
    printout = printouts.begin(printout_pk, refusal=_refusal)
    if printout is None:
        return
    order = Order.from_json(printout.options)
    try:
        made = _sections(printout, order)
        copy = _logged(printout, order, made)
        work = partial(_bound, made, _facts(order, copy))
        pages, content = pickle.loads(limited.run(work, **LIMITS))
        printouts.keep(printout, content=content, filename=_file_name(order), pages=pages)
    except Stopped:
        return


def _refusal(printout: Printout) -> str:
    return "" if printout.made_by.has_perm("office.work") else NO_LONGER


def _sections(printout: Printout, order: Order) -> list[Section]:
    made: list[Section] = []
    for groups in _batches(order.groups):
        made += sections(rosters(groups, order.variant, order.day))
        printouts.tell(printout, len(made))
    return made


def _batches(groups: Iterable[Group]) -> Iterator[list[Group]]:
    counts = Counter(Membership.objects.filter(group__in=groups).values_list("group_id", flat=True))
    batch: list[Group] = []
    for group in groups:
        batch.append(group)
        if sum(counts[each.pk] for each in batch) >= TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch


def _logged(printout: Printout, order: Order, made: Sequence[Section]) -> Export:
    return exports.log(
        # One worker makes all books, one after the other: the row that is locked need not be the same.
        about=printout,
        subject=SUBJECT,
        by=printout.made_by,
        variant=order.variant.value,
        file_format="pdf",
        as_of=order.day,
        columns=order.variant.terms.usual,
        row_count=sum(section.rows for section in made),
        purpose=order.purpose,
        receiver=order.receiver,
        people=set(chain.from_iterable(section.people for section in made)),
        companies=set(chain.from_iterable(section.companies for section in made)),
    )


def _facts(order: Order, copy: Export) -> Facts:
    return Facts(
        title=order.title,
        variant=order.variant,
        day=order.day,
        issuer=ISSUER,
        number=f"{copy.copy_number:03}",
        receiver=addressed(order.receiver),
        purpose=order.purpose,
    )


def _bound(made: Sequence[Section], facts: Facts) -> bytes:
    return pickle.dumps(bound(made, facts))


def _file_name(order: Order) -> str:
    return f"{order.title}_{order.variant.label}_{order.day:%Y-%m-%d}.pdf"


def _steps(groups: Sequence[int]) -> int:
    """A step for each group, and one to put them together."""
    return len(groups) + 1


def _task() -> Any:
    # A circle, closed only when a book is asked for: the task calls the verbs that queue it.
    from groups.book import tasks

    return tasks.make
