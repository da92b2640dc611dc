"""How far the groups' rosters have come in: every group, its open file, its last import."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from groups.models import ImportBatch, Office
from groups.standing import standing
from groups.visibility import import_batches_visible_to
from iri_exchange.office.front import active_groups


@dataclass(frozen=True)
class Row:
    """A group with `stage` and `member_count`; the file that is on its way, and the last one that came in."""

    group: Any
    open: ImportBatch | None
    last: ImportBatch | None
    own: bool


def overview(user: Any, today: datetime.date, office: str) -> dict[str, Any]:
    """Context of the page: all active groups or those of one office; what waits comes first, then the reader's own.

    The figures count the groups that are shown.
    """
    rows = _rows(user, today, office)
    return {
        "today": today,
        "rows": sorted(rows, key=lambda row: (row.open is None, not row.own)),
        "office": office,
        "offices": Office.objects.all(),
        "done_count": sum(row.last is not None for row in rows),
        "open_count": sum(row.open is not None for row in rows),
    }


def _rows(user: Any, today: datetime.date, office: str) -> list[Row]:
    groups = active_groups(today)
    if office:
        groups = groups.filter(office__slug=office)
    visible = import_batches_visible_to(user).defer("content", "report")
    groups = groups.annotate(
        open_batch=_newest(visible.filter(state__in=ImportBatch.OPEN)),
        last_batch=_newest(visible.filter(state=ImportBatch.State.COMMITTED)),
    )
    found = list(groups)
    batches = visible.in_bulk(
        {pk for group in found for pk in (group.open_batch, group.last_batch) if pk is not None}
    )
    own = standing(user).offices
    return [
        Row(group, batches.get(group.open_batch), batches.get(group.last_batch), group.office_id in own)
        for group in found
    ]


def _newest(batches: QuerySet[ImportBatch]) -> Subquery:
    """The newest batch of the group, as an expression for a queryset of groups."""
    of_group = batches.filter(group=OuterRef("pk")).order_by("-uploaded_at", "-pk")
    return Subquery(of_group.values("pk")[:1])
