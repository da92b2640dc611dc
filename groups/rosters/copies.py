"""Every copy of a roster that leaves is written down first: its number, and whom it tells of."""

from typing import Any, NamedTuple

from groups.rosters.building import Roster
from members import exports
from members.models import Export


class Holds(NamedTuple):
    """The ids of the people and of the companies that a copy tells of."""

    people: set[int]
    companies: set[int]


def log_copy(*, roster: Roster, by: Any, file_format: str, purpose: str = "", receiver: str = "") -> Export:
    """One more copy of a roster as pdf, xlsx or csv, with the next number of the group's roster."""
    people, companies = holds(roster, on_paper=file_format == "pdf")
    return exports.log(
        about=roster.group,
        subject=f"groups/{roster.group.slug}/roster",
        by=by,
        variant=roster.variant.value,
        file_format=file_format,
        as_of=roster.day,
        columns=[column.key for column in roster.columns],
        row_count=len(roster.rows),
        purpose=purpose,
        receiver=receiver,
        people=people,
        companies=companies,
    )


def holds(roster: Roster, *, on_paper: bool) -> Holds:
    """Whom a roster tells of: whoever stands in a row, and on paper the officers named below the list.

    Who attends for a company is told of only where a column is about people; an individual member always is.
    """
    names_people = any(field.of_people for column in roster.columns for field in column.fields)
    told = [row for row in roster.rows if names_people or row.company_id is None]
    people = {person for row in told for person in row.person_ids}
    companies = {row.company_id for row in roster.rows if row.company_id is not None}
    return Holds(people | set(roster.other_officer_ids if on_paper else ()), companies)
