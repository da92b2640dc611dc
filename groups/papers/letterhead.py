"""The head and foot of a portrait sheet: whose it is, of when, who gave it out, how to handle it."""

from dataclasses import dataclass

from groups.models import Group
from groups.papers.job import Job
from groups.rosters.printing import small_logo
from iri_exchange.lib import pdf


@dataclass(frozen=True)
class Letterhead:
    """What templates/pdf/_letterhead.html shows. `paper` is what the sheet is; `handling` stands in the foot."""

    job: Job
    group: Group
    paper: str
    issuer: str
    number: str
    handling: str
    logo: str

    @property
    def colour(self) -> str:
        """Of the drawn mark; a drawing needs it as a value."""
        return pdf.room_colour(self.group.room)


def letterhead(job: Job, paper: str, number: str, handling: str) -> Letterhead:
    (group, *_) = job.groups
    return Letterhead(job, group, paper, job.issuer, number, handling, small_logo(group))
