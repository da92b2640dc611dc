"""One print: of which groups, as of when, asked for by whom and what for; logged before it is made."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from groups.models import Group, Office
from groups.papers.selection import Member, Readers
from groups.standing import SELF_RUNNING
from members import exports
from members.models import User


@dataclass(frozen=True)
class Job:
    """`about` is what the log is kept for: the one group, or the office that prints for several."""

    groups: tuple[Group, ...]
    about: Group | Office
    day: datetime.date
    by: User
    purpose: str = ""
    readers: Readers = Readers.OFFICE

    @property
    def place(self) -> str:
        """groups/keyaki, offices/tama: where the log finds the copies."""
        return f"{'groups' if isinstance(self.about, Group) else 'offices'}/{self.about.slug}"

    @property
    def issuer(self) -> str:
        if isinstance(self.about, Office):
            return self.about.name
        runs_itself = self.about.stage_on(self.day) in SELF_RUNNING
        return f"{self.about.name} 事務局" if runs_itself else self.about.office.name

    def log(
        self,
        paper: str,
        *,
        columns: Iterable[str],
        rows: int,
        members: Iterable[Member] = (),
        people: Iterable[int] = (),
    ) -> str:
        """One more copy of a paper; returns its number, 001. `people` are told beside those of the members."""
        members = list(members)
        companies = {member.membership.company_id for member in members} - {None}
        named = {person.pk for member in members for person in member.people}
        copy = exports.log(
            about=self.about,
            subject=f"{self.place}/{paper}",
            by=self.by,
            variant=self.readers.value,
            file_format="pdf",
            as_of=self.day,
            columns=columns,
            row_count=rows,
            purpose=self.purpose,
            people=sorted(named | set(people)),
            companies=sorted(pk for pk in companies if pk is not None),
        )
        return f"{copy.copy_number:03}"
