"""次第: what stands on the agenda of a meeting, in its order; a line that stays keeps what hangs on it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import AgendaItem, Meeting
from groups.models import Group, Membership
from iri_exchange.lib import history

KEEPS = "「{}」には、まとめや賛否が書かれています。消すときは、先に議事録から消してください。"


@dataclass(frozen=True)
class Line:
    """One item as it is wanted; `pk` of the one it was, or None for a new one."""

    title: str
    time: datetime.time | None = None
    presenter: str = ""
    membership: Membership | None = None
    pk: int | None = None


@transaction.atomic
def write(*, meeting: Meeting, lines: Sequence[Line]) -> bool:
    """The agenda is these lines, in this order; whether anything changed.

    Raises ValidationError for a line that is left out although the minutes tell of it.
    """
    Group.objects.select_for_update(no_key=True).get(pk=meeting.group_id)
    known = {item.pk: item for item in meeting.agenda.all()}
    before = [_as_line(item) for item in known.values()]
    if before == list(lines):
        return False
    with history.in_step("次第"):
        _remove([item for pk, item in known.items() if pk not in {line.pk for line in lines}])
        kept = [known[line.pk] for line in lines if line.pk in known]
        _make_room(kept)
        for position, line in enumerate(lines, start=1):
            _put(meeting, known.get(line.pk or 0), position, line)
    return True


def version_of(meeting: Meeting) -> str:
    """What a form carries, to know whether somebody has changed the agenda meanwhile."""
    row = history.of(AgendaItem).filter(meeting_id=meeting.pk).order_by("-history_id").first()
    return str(row.history_id) if row else "0"


def lines_of(meeting: Meeting) -> list[Line]:
    """As it stands."""
    return [_as_line(item) for item in meeting.agenda.select_related("membership")]


def _as_line(item: AgendaItem) -> Line:
    return Line(item.title, item.time, item.presenter, item.membership, item.pk)


def _remove(items: Sequence[AgendaItem]) -> None:
    for item in items:
        if item.summary or item.votes_for is not None or item.votes_against is not None:
            raise ValidationError(KEEPS.format(item.title), code="kept")
        item.delete()


def _make_room(items: Sequence[AgendaItem]) -> None:
    """No two stand on one place while they change places."""
    for number, item in enumerate(items, start=1):
        AgendaItem.objects.filter(pk=item.pk).update(position=1000 + number)


def _put(meeting: Meeting, item: AgendaItem | None, position: int, line: Line) -> None:
    item = item or AgendaItem(meeting=meeting)
    item.position, item.time, item.title = position, line.time, line.title
    item.presenter, item.membership = line.presenter, line.membership
    item.full_clean(exclude=["meeting"])
    item.save()
