"""A group that has ended, and archives as tests read them."""

import datetime
import io
import zipfile

import openpyxl
from django.utils import timezone

from events.models import Attendance, LibraryFile, Minutes
from groups import memberships
from groups.models import Dissolution, Group, Printout
from iri_exchange.office.archive import ask_for_archive
from tests.factories import make_meeting, make_membership

ENDED = datetime.date(2026, 11, 1)


def ended_group(group: Group, staff, entrusted=None) -> Group:
    """Of two members, one of whom left long ago; the institute was the secretariat of its first meeting only.

    `entrusted` is what was decided about minutes and files; None where nobody was asked.
    """
    stays = make_membership(group, consent="no")
    gone = make_membership(group)
    memberships.leave(membership=gone, since=datetime.date(2020, 4, 1), reason="busy")
    Group.objects.filter(pk=group.pk).update(introduction="ものづくりの会です。")
    for number, day in enumerate([datetime.date(2012, 9, 5), datetime.date(2020, 9, 2)]):
        meeting = make_meeting(group, day, state="held")
        texts = {"body": f"はなしあい{number}", "public_summary": f"概要{number}"}
        Minutes.objects.create(meeting=meeting, state="published", published_at=timezone.now(), **texts)
        for each in (stays, gone):
            person = each.representatives.get().person
            Attendance.objects.create(meeting=meeting, membership=each, person=person, kind="present")
        add_file(group, staff, f"資料{number}", meeting)
    Minutes.objects.create(
        meeting=make_meeting(group, datetime.date(2020, 10, 7), state="held"), body="下書き"
    )
    add_file(group, staff, "会の旗")
    content = b"%PDF-1.7 by-laws"
    group.bylaws.create(
        valid_from=datetime.date(2013, 4, 1),
        filename="a.pdf",
        content=content,
        size=16,
        uploaded_by=staff.user,
    )
    group.stages.create(state=Group.Stage.DISSOLVED, since=ENDED)
    if entrusted is not None:
        Dissolution.objects.create(
            group=group,
            reason="会員の高齢化",
            files_entrusted=entrusted,
            decided_at=timezone.now(),
            decided_by=staff.user,
        )
    return group


def add_file(group, staff, title, meeting=None) -> LibraryFile:
    content = title.encode()
    return LibraryFile.objects.create(
        group=group,
        meeting=meeting,
        kind="material",
        title=title,
        filename=f"{title}.pdf",
        format="pdf",
        content=content,
        size=len(content),
        uploaded_by=staff.user,
    )


def made(group, by) -> Printout:
    printout = ask_for_archive(group=group, by=by.user)
    printout.refresh_from_db()
    assert (printout.state, printout.message) == ("done", "")
    return printout


def opened(printout) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bytes(printout.content)))


def contents_of(archive) -> str:
    return archive.read("目次.txt").decode("utf-8-sig")


def cells(archive, name) -> dict[str, list[tuple]]:
    """{sheet: its rows without the header}"""
    book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    return {
        sheet.title: [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book
    }
