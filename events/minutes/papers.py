"""On paper: the minutes, the result of a 総会, and the blank 委任状 for it."""

from typing import Any

from django.utils import timezone

from events.minutes import general, reading
from events.models import AgendaItem, LibraryFile, Meeting, Minutes, Todo
from groups.rosters.printing import small_logo
from iri_exchange.lib import japan, pdf

CSS = ("print_papers", "print_minutes")


def print_minutes(*, meeting: Meeting, minutes: Minutes, reader: Any, in_full: bool = False) -> bytes:
    """The members' part as its reader may know it; a draft says on every page that it is one.

    `in_full`: with every name of who was there, for the archive of a group that has ended.
    """
    context = {
        "minutes": minutes,
        "header": reading.header_of(meeting, reader, in_full=in_full),
        "items": AgendaItem.objects.filter(meeting=meeting),
        "todos": Todo.objects.filter(meeting=meeting),
        "files": LibraryFile.objects.filter(meeting=meeting).defer("content").order_by("uploaded_at", "pk"),
        "counted": general.count(meeting) if meeting.kind == Meeting.Kind.GENERAL else None,
        "is_draft": minutes.state == Minutes.State.DRAFT,
    }
    return _written("minutes", meeting, "議事録", context)


def print_result(*, meeting: Meeting) -> bytes:
    """Whether the 総会 could decide, and what became of each motion; numbers only, and nobody's name."""
    counted = general.count(meeting)
    motions = general.motions(AgendaItem.objects.filter(meeting=meeting), counted)
    return _written("general_result", meeting, "総会の結果", {"counted": counted, "motions": motions})


def print_proxy_form(*, meeting: Meeting) -> bytes:
    """A blank form to be signed and handed in, with the motions that stand on the agenda."""
    motions = AgendaItem.objects.filter(meeting=meeting, is_motion=True)
    return _written("proxy_form", meeting, "委任状", {"motions": motions})


def _written(paper: str, meeting: Meeting, what: str, context: dict[str, Any]) -> bytes:
    group = meeting.group
    about = {
        "group": group,
        "meeting": meeting,
        "what": what,
        "logo": small_logo(group),
        "colour": pdf.room_colour(group.room),
        "today": timezone.localdate(),
    }
    title = f"{group.name} {meeting.name} {what} {japan.wareki(meeting.day)}"
    return pdf.render(
        f"pdf/{paper}.html", about | context, title=title, css=[pdf.stylesheet(name) for name in CSS]
    )
