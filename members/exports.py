"""The log of what leaves the portal: who took which list, when, for what, for whom."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from members.models import Export, User

UNSTATED = "未記入"


@transaction.atomic
def log(
    *,
    about: models.Model,
    subject: str,
    by: User,
    variant: str,
    file_format: str,
    as_of: datetime.date,
    columns: Iterable[str],
    row_count: int,
    purpose: str = "",
    receiver: str = "",
) -> Export:
    """One more copy of a list, with the list's next number. `about`: the record the list is about.

    Its row is locked while the number is taken, so that two copies never bear the same one.
    """
    kind: Any = type(about)
    kind._base_manager.select_for_update().get(pk=about.pk)
    last = Export.objects.filter(subject=subject).aggregate(last=Max("copy_number"))["last"]
    return Export.objects.create(
        taken_by=by,
        subject=subject,
        variant=variant,
        file_format=file_format,
        as_of=as_of,
        columns=list(columns),
        row_count=row_count,
        purpose=purpose or UNSTATED,
        receiver=receiver,
        copy_number=(last or 0) + 1,
    )
