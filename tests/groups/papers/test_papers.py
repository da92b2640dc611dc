"""Every paper of one, 12, 13 and 60 members, with texts of every length: all of it stands there, inside its page."""

import datetime

import pytest

from groups.models import LabelFormat
from groups.papers.addressing import Addressee
from groups.papers.attendance_sheet import Meeting, print_attendance_sheet
from groups.papers.badges import Layout, print_badges
from groups.papers.company_sheets import HANDLING, print_company_sheets
from groups.papers.envelopes import Envelope, of_group, of_office, print_envelopes
from groups.papers.job import Job
from groups.papers.labels import Sheet, print_labels
from groups.papers.selection import Readers, members
from members.models import Export
from tests.factories import make_group, make_office
from tests.groups.papers.sheets import fill, outside, pages, sizes, squeezed, text_of

# Setting a page is the same whatever the database.
pytestmark = pytest.mark.any_database

TODAY = datetime.date(2026, 11, 25)
COUNTS = (1, 12, 13, 60)
A4 = {(210.0, 297.0)}


@pytest.fixture(params=COUNTS)
def keyaki(request, db):
    office = make_office(name="多摩テクノプラザ", address="東京都昭島市東町3-6-1", phone="042-500-2300")
    group = make_group(name="けやき会", slug="keyaki", number_prefix="KY", office=office, mark="tree")
    fill(group, request.param)
    return group


def job(group) -> Job:
    return Job((group,), group, TODAY, None, "総会の案内")


def everybody(group):
    return members([group], TODAY, Readers.OFFICE)


def names(group) -> list[str]:
    """What each member's people and company are called."""
    present = everybody(group)
    return [
        *(squeezed(str(member.source)) for member in present),
        *(squeezed(person.name) for member in present for person in member.people),
    ]


def missing(words: list[str], content: bytes) -> list[str]:
    text = text_of(content)
    return [word for word in words if word not in text]


def test_labels(keyaki):
    present, told = everybody(keyaki), names(keyaki)
    streets = [squeezed(member.source.street) for member in present]
    for kind in LabelFormat.objects.all():
        sheet = Sheet(kind)
        content = print_labels(job=job(keyaki), sheet=sheet, members=present, addressee=Addressee.FIRST)
        assert (missing(told + streets, content), outside(content), sizes(content)) == ([], [], A4)
        assert len(pages(content)) == -(-len(present) // sheet.count)
        assert beside_labels(content, sheet) == []


def beside_labels(content: bytes, sheet: Sheet) -> list:
    """What stands on no label, but for the number of the copy."""
    corners = [sheet.corner(place) for place in range(sheet.count)]
    width, height = sheet.size
    return [
        each
        for page in pages(content)
        for each in page[:-1]
        if not any(x <= each.x < x + width and y < each.y < y + height for x, y in corners)
    ]


def test_envelopes(keyaki):
    present, told = everybody(keyaki), names(keyaki)
    for envelope, sender in (
        (Envelope.NAGA3, of_group(keyaki, "東京都昭島市" * 10)),
        (Envelope.KAKU2, of_office(keyaki.office)),
    ):
        content = print_envelopes(
            job=job(keyaki),
            envelope=envelope,
            members=present,
            addressee=Addressee.FIRST,
            sender=sender,
            boxes=True,
        )
        size = {(float(envelope.size.width), float(envelope.size.height))}
        assert (missing(told, content), outside(content), sizes(content)) == ([], [], size)
        by_page = [squeezed("".join(each.text for each in page)) for page in pages(content)]
        assert len(by_page) == len(present)
        assert [text for text in by_page if squeezed(sender.name) not in text] == []


def test_badges(keyaki):
    present, told = everybody(keyaki), names(keyaki)
    for layout in Layout:
        content = print_badges(job=job(keyaki), layout=layout, members=present, blanks=3)
        assert (missing(told, content), outside(content), sizes(content)) == ([], [], A4)
        assert len(pages(content)) == -(-(len(present) + 3) // layout.grid.places)


def test_company_sheets(keyaki):
    present = everybody(keyaki)
    content = print_company_sheets(job=job(keyaki), members=present)
    assert (missing(names(keyaki), content), outside(content), sizes(content)) == ([], [], A4)
    told = [squeezed(text) for m in present for text in (m.source.strengths, m.source.pr, m.source.building)]
    foot = squeezed(f"{HANDLING[Readers.OFFICE]}目的：総会の案内")
    text = text_of(content).replace(foot, "")
    assert [words for words in told if words not in text] == []


def test_attendance_sheet(keyaki):
    content = print_attendance_sheet(
        job=job(keyaki), meeting=Meeting("第12回 定例会", "会議室"), members=everybody(keyaki)
    )
    assert (missing(names(keyaki), content), outside(content), sizes(content)) == ([], [], A4)


def test_every_copy_is_logged_with_whom_it_tells_of(db):
    group = make_group(name="けやき会", slug="keyaki", number_prefix="KY")
    fill(group, 3)
    present = everybody(group)
    print_badges(job=job(group), layout=Layout.TEN, members=present)
    print_company_sheets(job=job(group), members=present)
    copies = Export.objects.order_by("subject")
    assert [(copy.subject, copy.copy_number, copy.row_count, copy.purpose) for copy in copies] == [
        ("groups/keyaki/badges", 1, len(present), "総会の案内"),
        ("groups/keyaki/company-sheets", 1, len(present), "総会の案内"),
    ]
    for copy in copies:
        assert set(copy.companies.all()) == {member.company for member in present}
        assert set(copy.people.all()) == {person for member in present for person in member.people}
