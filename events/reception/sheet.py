"""The reception on paper: who is expected at one meeting, what they replied, boxes to tick and room to sign."""

from typing import Any

from django.utils.http import content_disposition_header

from events.models import Meeting
from events.reception.listing import Listing, listing_of
from groups.papers import printing
from groups.papers.job import Job
from groups.papers.letterhead import letterhead
from groups.unnamed import unnamed_to
from iri_exchange.lib import japan
from members import exports

BLANKS = 5
PURPOSE = "会合の受付"
COLUMNS = ("company", "person", "kana", "reply", "party", "signature")
HANDLING = "受付だけに使い、机に置いたままにしないでください。写しを配ることはできません。"


def print_sheet(*, meeting: Meeting, by: Any) -> bytes:
    """The PDF; logged first, for it holds names and what they replied."""
    listing = listing_of(meeting, unnamed_to(by))
    job = Job((meeting.group,), meeting.group, meeting.day, by, PURPOSE)
    number = _logged(listing, job)
    title = f"{meeting.group} {meeting.name} 受付名簿 {japan.wareki(meeting.day)} 部数番号{number}"
    context = {
        "head": letterhead(job, f"{meeting.name}　受付名簿", number, HANDLING),
        "meeting": meeting,
        "lines": listing.lines,
        "blanks": range(BLANKS),
        "coming": sum(line.expected in ("present", "proxy") for line in listing.expected),
        "to_party": sum(line.comes_to_the_party for line in listing.expected),
    }
    return printing.make("meeting_sheet", context, title=title, tagged=True)


def disposition(meeting: Meeting) -> str:
    """How the file is called."""
    name = f"{meeting.group.slug}_reception_{meeting.day:%Y-%m-%d}.pdf"
    return content_disposition_header(False, name) or ""


def _logged(listing: Listing, job: Job) -> str:
    companies = {line.membership.company_id for line in listing.lines if line.membership and not line.number}
    copy = exports.log(
        about=job.about,
        subject=f"{job.place}/attendance-sheet",
        by=job.by,
        variant=job.readers.value,
        file_format="pdf",
        as_of=job.day,
        columns=COLUMNS,
        row_count=len(listing.lines),
        purpose=job.purpose,
        people=[line.person.pk for line in listing.expected if line.person and not line.number],
        companies=[pk for pk in companies if pk],
    )
    return f"{copy.copy_number:03}"
