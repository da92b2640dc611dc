"""The programme of the day: its items, in the order of their times."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import JointExchange, ProgrammeItem
from groups.models import Group
from iri_exchange.lib import history

OVER = "終わったか中止になった合同交流会のプログラムは、変えられません。"
# Beyond every place that an item can have.
ASIDE = 1000


@dataclass(frozen=True)
class Line:
    """One item as it is wanted; `pk` of the one it was, or None for a new one."""

    title: str
    time: datetime.time | None = None
    kind: str = ProgrammeItem.Kind.OTHER
    speaker: str = ""
    group: Group | None = None
    words: str = ""
    pk: int | None = None


@transaction.atomic
def write(*, exchange: JointExchange, lines: Sequence[Line], by: object = None) -> bool:
    """The programme is these lines, those with a time in its order; one without follows the one before it.

    Whether anything changed. Raises ValidationError once the exchange is over, and for a line that is none.
    """
    stored = JointExchange.objects.select_for_update(no_key=True).get(pk=exchange.pk)
    if stored.state not in (JointExchange.State.DRAFT, JointExchange.State.PUBLISHED):
        raise ValidationError(OVER, code="over")
    wanted, known = in_order(lines), {item.pk: item for item in stored.programme.all()}
    if wanted == lines_of(stored):
        return False
    with history.step("合同交流会のプログラム", by):
        kept = {line.pk for line in wanted if line.pk}
        for pk, item in known.items():
            if pk not in kept:
                item.delete()
        # No two stand on one place while they change places.
        for number, pk in enumerate(kept & known.keys(), start=ASIDE):
            ProgrammeItem.objects.filter(pk=pk).update(position=number)
        for position, line in enumerate(wanted, start=1):
            _put(stored, known.get(line.pk or 0), position, line)
    return True


def lines_of(exchange: JointExchange) -> list[Line]:
    """As it stands."""
    return [_as_line(item) for item in exchange.programme.select_related("group")]


def in_order(lines: Sequence[Line]) -> list[Line]:
    """By time; a line without one stays behind the line it followed."""
    last, found = datetime.time.min, []
    for line in lines:
        last = line.time or last
        found.append((last, line))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def version_of(exchange: JointExchange) -> str:
    """What a form carries, to know whether somebody has changed the programme meanwhile."""
    row = history.of(ProgrammeItem).filter(exchange_id=exchange.pk).order_by("-history_id").first()
    return str(row.history_id) if row else "0"


def copy(source: JointExchange, to: JointExchange) -> None:
    """The items of another year, without its speakers; in the caller's transaction."""
    for each in source.programme.all():
        ProgrammeItem.objects.create(
            exchange=to,
            position=each.position,
            time=each.time,
            kind=each.kind,
            title=each.title,
            group=each.group,
            words=each.words if each.kind != ProgrammeItem.Kind.TALK else "",
        )


def _as_line(item: ProgrammeItem) -> Line:
    return Line(item.title, item.time, item.kind, item.speaker, item.group, item.words, item.pk)


def _put(exchange: JointExchange, item: ProgrammeItem | None, position: int, line: Line) -> None:
    item = item or ProgrammeItem(exchange=exchange)
    item.position, item.time, item.kind, item.title = position, line.time, line.kind, line.title
    item.speaker, item.group, item.words = line.speaker, line.group, line.words
    item.full_clean(exclude=["exchange"])
    item.save()
