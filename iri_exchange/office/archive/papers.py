"""The papers of an archive: every version of the by-laws; minutes and files as far as they are the office's to keep.

Of a meeting at which the institute was the secretariat they are; of the others, and of the group itself, only if its
members left them to the office when the group ended.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from events.minutes.papers import print_minutes
from events.models import LibraryFile, Meeting, Minutes
from events.visibility import INSTITUTES, with_stage
from groups.models import Bylaws, Dissolution, Group
from iri_exchange.office.archive.names import Names
from members.models import User

ENDINGS = {LibraryFile.Format.PDF: "pdf", LibraryFile.Format.PNG: "png", LibraryFile.Format.JPEG: "jpg"}


class Paper(NamedTuple):
    """One file, and where in the archive it lies."""

    path: str
    content: bytes


def is_entrusted(group: Group) -> bool:
    """Whether the members left minutes and files to the office. Nothing was asked of a group that ended long ago."""
    return Dissolution.objects.filter(group=group, files_entrusted=True).exists()


def minutes_kept(group: Group, *, entrusted: bool) -> QuerySet[Minutes]:
    """The published ones that go into the archive. A draft is nobody's yet."""
    rows = Minutes.objects.filter(meeting__group=group, state=Minutes.State.PUBLISHED)
    if not entrusted:
        rows = rows.filter(meeting__in=_institutes(group).values("pk"))
    return rows.select_related("meeting__group__office").order_by("meeting__starts_at", "pk")


def files_kept(group: Group, *, entrusted: bool) -> QuerySet[LibraryFile]:
    """Without the files themselves."""
    rows = LibraryFile.objects.filter(group=group)
    if not entrusted:
        rows = rows.filter(meeting__in=_institutes(group).values("pk"))
    return rows.defer("content").select_related("meeting").order_by("uploaded_at", "pk")


def bylaws(group: Group, names: Names) -> Iterator[Paper]:
    for each in Bylaws.objects.filter(group=group).order_by("valid_from", "pk"):
        yield Paper(names.path("会則", f"{each.valid_from:%Y-%m-%d}_会則", "pdf"), bytes(each.content))


def minutes(rows: QuerySet[Minutes], by: User, names: Names) -> Iterator[Paper]:
    """One printed after the other, with the names of all who were there."""
    for each in rows.iterator():
        meeting: Any = each.meeting
        name = names.path("議事録", f"{meeting.day:%Y-%m-%d}_{meeting.name}", "pdf")
        yield Paper(name, print_minutes(meeting=meeting, minutes=each, reader=by, in_full=True))


def file_paper(file: LibraryFile, names: Names) -> Paper:
    """Read now: one file at a time is in memory."""
    day = file.meeting.day if file.meeting else timezone.localdate(file.uploaded_at)
    path = names.path("資料", f"{day:%Y-%m-%d}_{file.title}", ENDINGS[LibraryFile.Format(file.format)])
    return Paper(path, bytes(file.content))


def public_face(group: Group) -> str:
    """What everybody could read: the group's introduction, and the public summaries of its meetings."""
    told = [group.name, "", group.introduction or "（紹介文はありません）"]
    told += [f"今年のテーマ：{group.theme}"] if group.theme else []
    told += [f"ホームページ：{group.url}"] if group.url else []
    rows = Minutes.objects.filter(meeting__group=group, state=Minutes.State.PUBLISHED)
    for each in (
        rows.exclude(public_summary="").select_related("meeting").order_by("meeting__starts_at", "pk")
    ):
        told += ["", f"■ {each.meeting.day:%Y-%m-%d} {each.meeting.name}", each.public_summary]
    return "\r\n".join("\r\n".join(text.splitlines()) for text in told) + "\r\n"


def _institutes(group: Group) -> QuerySet[Meeting]:
    meetings: Any = with_stage(Meeting.objects.filter(group=group).order_by())
    found: QuerySet[Meeting] = meetings.filter(stage_then__in=INSTITUTES)
    return found
