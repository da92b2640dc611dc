"""出席者名簿: who is expected at one meeting, with boxes to tick at the door. Names only, no way to reach anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groups.models import Membership
from groups.papers import printing
from groups.papers.job import Job
from groups.papers.letterhead import letterhead
from groups.papers.selection import Guest, Member, Readers
from iri_exchange.lib import japan

HANDLING = {
    Readers.OFFICE: "受付でお使いになったあとは、事務局へ戻してください。写しを配ることはできません。",
    Readers.GROUP: "写しを配ることはできません。名簿にのせないことを選んだ方は、空いた行にお書きください。",
}


@dataclass(frozen=True)
class Meeting:
    """What is met for: 定例会, where."""

    heading: str = "定例会"
    place: str = ""


@dataclass(frozen=True)
class Expected:
    """Somebody who may come; a member with nobody to attend has its company alone."""

    company: str
    name: str
    kana: str = ""
    note: str = ""


def expected(members: Sequence[Member], guests: Sequence[Guest]) -> Iterator[Expected]:
    """Everybody who attends for a member, in the order of the members, then the group's other people."""
    for member in members:
        company = member.company.name if member.company else "（個人会員）"
        resting = member.membership.status == Membership.Status.ON_LEAVE  # type: ignore[attr-defined]
        for person in member.people:
            roles = [*member.offices[person.pk], *(["休会中"] if resting else [])]
            yield Expected(company, person.name, person.kana, "・".join(roles))
        if not member.people:
            yield Expected(company, "", note="休会中" if resting else "")
    for guest in guests:
        yield Expected("", guest.person.name, guest.person.kana, guest.role)


def print_attendance_sheet(
    *,
    job: Job,
    meeting: Meeting,
    members: Sequence[Member],
    guests: Sequence[Guest] = (),
    blanks: int = 5,
) -> bytes:
    """The sheet of the job's day, logged first, with blank lines for guests at the end."""
    rows = list(expected(members, guests))
    number = job.log(
        "attendance-sheet",
        columns=["company", "person", "kana", "role"],
        rows=len(rows),
        members=members,
        people=[guest.person.pk for guest in guests],
    )
    title = f"{job.about} {meeting.heading} 出席者名簿 {japan.wareki(job.day)} 部数番号{number}"
    head = letterhead(job, f"{meeting.heading}　出席者名簿", number, HANDLING[job.readers])
    context = {"head": head, "meeting": meeting, "rows": rows, "blanks": range(blanks)}
    return printing.make("attendance_sheet", context, title=title, tagged=True)
