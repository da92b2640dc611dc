"""A copy of names that leaves the joint exchange is logged before it is made, and bears its number."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from events.models import JointExchange, Registration
from members import exports


def logged(
    *,
    exchange: JointExchange,
    paper: str,
    rows: Collection[Registration],
    by: Any,
    columns: Iterable[str],
    as_of: datetime.date | None = None,
    purpose: str = "",
    variant: str = "office",
    file_format: str = "pdf",
) -> str:
    """The number of this copy of `paper`, in three digits or more. `as_of`: the day of the exchange, unless it is said."""
    copy = exports.log(
        about=exchange,
        subject=f"joint/{exchange.fiscal_year}/{paper}",
        by=by,
        variant=variant,
        file_format=file_format,
        as_of=as_of or exchange.day,
        columns=columns,
        row_count=len(rows),
        purpose=purpose,
        people={row.person_id for row in rows if row.person_id},
    )
    return f"{copy.copy_number:03}"
