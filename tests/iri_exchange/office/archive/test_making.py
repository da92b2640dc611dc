"""The archive of a dissolved group: opened and read; what is the office's, and what is not; killed, stopped, refused."""

import datetime
import io

import pytest
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from events.models import Meeting
from groups import printouts
from groups.models import Printout, StaffAssignment
from iri_exchange.management.commands.worker import Worker
from iri_exchange.office.archive import ask_for_archive, making, packing
from iri_exchange.office.archive.views import archives_visible_to
from members.models import Export
from tests.iri_exchange.office.archive.opening import add_file, cells, contents_of, ended_group, made, opened

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
State = Printout.State
ALWAYS = ["名簿.xlsx", "役員.xlsx", "会合と出席.xlsx", "公開の概要.txt", "会則/2013-04-01_会則.pdf"]
INSTITUTES = ["議事録/2012-09-05_第1回 定例会.pdf", "資料/2012-09-05_資料0.pdf"]
OWN = ["議事録/2020-09-02_第2回 定例会.pdf", "資料/2020-09-02_資料1.pdf", "資料/2026-11-25_会の旗.pdf"]


@pytest.fixture
def later(settings, transactional_db) -> None:
    """Tasks wait for the worker, as they do in service."""
    settings.TASKS = QUEUE


@pytest.mark.parametrize(
    ("entrusted", "kept"), [(True, [*INSTITUTES, *OWN]), (False, INSTITUTES), (None, INSTITUTES)]
)
def test_minutes_and_files_are_in_it_as_far_as_they_are_the_offices(staff, group, entrusted, kept):
    archive = opened(made(ended_group(group, staff, entrusted), staff))
    assert sorted(archive.namelist()) == sorted([*ALWAYS, *kept, "目次.txt"])
    told = contents_of(archive)
    assert all(f"　{path}" in told for path in [*ALWAYS, *kept])
    assert (packing.ALL_ENTRUSTED in told, packing.NOT_ENTRUSTED in told) == (bool(entrusted), not entrusted)
    assert packing.NOT_FINISHED in told


def test_it_opens_everywhere(staff, group):
    archive = opened(made(ended_group(group, staff, True), staff))
    assert archive.testzip() is None
    for info in archive.infolist():
        assert (info.flag_bits & 0x800, info.date_time[:4]) == (0x800, (2026, 11, 25, 10))
        assert len(info.filename) <= 120
        assert not info.filename.startswith(("/", ".."))


def test_the_register_is_that_of_the_last_day_and_of_all_days(staff, secretary, group):
    archive = opened(made(ended_group(group, staff), staff))
    register = cells(archive, "名簿.xlsx")
    assert list(register) == ["令和8年10月31日の会員", "これまでの会員", "登録者"]
    assert len(register["令和8年10月31日の会員"]) == 2
    ever = {(row[0], row[5], row[6]) for row in register["これまでの会員"]}
    assert ever == {
        ("KY-001", "在会", None), ("KY-002", "在会", None), ("KY-003", "在会", None), ("KY-003", "退会", "多忙"),
    }  # fmt: skip
    assert len(register["登録者"]) == 3
    assert cells(archive, "役員.xlsx")["役員と助言者"][0][:2] == ("事務局", secretary.person.name)


def test_meetings_are_dates_and_numbers(staff, group):
    archive = opened(made(ended_group(group, staff), staff))
    rows = cells(archive, "会合と出席.xlsx")["会合と出席"]
    assert [(row[0].date(), row[1], *row[5:]) for row in rows] == [
        (datetime.date(2012, 9, 5), "定例会", 0, 0, 2, None),
        (datetime.date(2020, 9, 2), "定例会", 1, 1, 2, 100),
        (datetime.date(2020, 10, 7), "定例会", None, None, None, None),
    ]


@pytest.mark.parametrize("entrusted", [True, False, None])
def test_where_the_group_met_on_its_own_is_told_only_if_it_was_left_to_the_office(staff, group, entrusted):
    ended = ended_group(group, staff, entrusted)
    Meeting.objects.filter(group=group).update(place="秘密の会議室")
    rows = cells(opened(made(ended, staff)), "会合と出席.xlsx")["会合と出席"]
    own = "秘密の会議室" if entrusted else None
    assert [row[3] for row in rows] == ["秘密の会議室", own, own]


def test_the_minutes_name_who_was_there_and_no_draft_is_printed(staff, group):
    archive = opened(made(ended_group(group, staff, True), staff))
    minutes = [
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(archive.read(path))).pages)
        for path in (INSTITUTES[0], OWN[0])
    ]
    gone = group.memberships.get(sequence=2).representatives.get().person
    for number, text in enumerate(minutes):
        assert f"はなしあい{number}" in text
        assert gone.family_name in text
    assert "下書き" not in "".join(minutes)


def test_the_public_face(staff, group):
    face = opened(made(ended_group(group, staff), staff)).read("公開の概要.txt").decode("utf-8-sig")
    assert ("ものづくりの会です。" in face, "概要0" in face, "概要1" in face, "はなしあい" in face) == (
        True, True, True, False,
    )  # fmt: skip


def test_a_group_without_anything_has_an_archive_too(staff, group):
    group.stages.create(state="dissolved", since=datetime.date(2026, 11, 1))
    archive = opened(made(group, staff))
    assert archive.namelist() == [*ALWAYS[:4], "目次.txt"]


def test_what_finds_no_room_is_said(staff, group, monkeypatch):
    ended_group(group, staff, True)
    add_file(group, staff, "とても大きな資料" * 9)
    monkeypatch.setattr(packing, "MOST_BYTES", 100)
    told = contents_of(opened(made(group, staff)))
    assert packing.TOO_MANY in told
    assert f"　　{'とても大きな資料' * 9}" in told


def test_it_is_logged_with_everybody_it_tells_of(staff, secretary, adviser, group):
    ended_group(group, staff)
    printout = made(group, staff)
    copy = Export.objects.get()
    assert (copy.subject, copy.file_format, copy.as_of, copy.row_count, copy.taken_by) == (
        "groups/keyaki/archive", "zip", datetime.date(2026, 10, 31), 3, staff.user,
    )  # fmt: skip
    people = set(copy.people.all())
    assert {secretary.person, adviser.person} <= people
    assert len(people) == 4
    assert copy.companies.count() == 3
    assert printout.filename == "けやき会_解散したグループの記録_2026-11-25.zip"


def test_its_maker_alone_has_it(staff, secretary, group):
    printout = made(ended_group(group, staff), staff)
    assert list(archives_visible_to(staff.user)) == [printout]
    assert list(archives_visible_to(secretary.user)) == []


def test_a_group_that_lives_has_none(later, staff, group):
    printout = ask_for_archive(group=group, by=staff.user)
    Worker().work(until_empty=True)
    printout.refresh_from_db()
    assert (printout.state, printout.message, bytes(printout.content)) == (
        State.FAILED,
        making.NO_LONGER,
        b"",
    )


def test_who_is_no_longer_staff_gets_none(later, staff, group):
    printout = ask_for_archive(group=ended_group(group, staff), by=staff.user)
    StaffAssignment.objects.update(until=datetime.date(2026, 11, 24))
    Worker().work(until_empty=True)
    printout.refresh_from_db()
    assert (printout.state, printout.message) == (State.FAILED, making.NO_LONGER)
    assert not Export.objects.exists()


def test_a_killed_worker_leaves_it_to_the_next(later, staff, group):
    printout = ask_for_archive(group=ended_group(group, staff, True), by=staff.user)
    Printout.objects.update(state=State.WORKING, steps_done=1)
    DBTaskResult.objects.get().claim("a worker that was killed")
    Worker().work(until_empty=True)
    printout.refresh_from_db()
    assert (printout.state, printout.steps_done, printout.steps_total) == (State.DONE, 4, 4)


@pytest.mark.logs_errors
def test_one_that_breaks_off_says_so_and_keeps_nothing(staff, group, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("as planned")

    ended_group(group, staff)
    monkeypatch.setattr(packing.papers, "public_face", broken)
    printout = ask_for_archive(group=group, by=staff.user)
    assert (printout.state, printout.message, bytes(printout.content)) == (
        State.FAILED, printouts.BROKEN_OFF, b"",
    )  # fmt: skip


def test_one_that_is_stopped_meanwhile_is_not_kept(later, staff, group, monkeypatch):
    printout = ask_for_archive(group=ended_group(group, staff), by=staff.user)
    of_face = packing.papers.public_face

    def stopped_meanwhile(group):
        printouts.stop(printout=printout)
        return of_face(group)

    monkeypatch.setattr(packing.papers, "public_face", stopped_meanwhile)
    making.make_archive(printout_pk=printout.pk)
    printout.refresh_from_db()
    assert (printout.state, bytes(printout.content)) == (State.STOPPED, b"")


def test_the_same_one_twice_at_once_is_one(later, staff, group):
    first = ask_for_archive(group=ended_group(group, staff), by=staff.user)
    assert ask_for_archive(group=group, by=staff.user) == first
    assert DBTaskResult.objects.count() == 1
