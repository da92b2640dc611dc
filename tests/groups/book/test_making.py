"""A book from the wish to the file: logged first, stoppable, its maker's alone, gone after a week."""

import datetime
import io

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from groups.book import ask_for_book, fail_printout, living, make_book, making, purge, stop_printout, tasks
from groups.book.making import NO_LONGER, SUBJECT
from groups.book.tasks import BROKEN_OFF, TOO_MUCH, TRIES
from groups.models import Group, Printout, StaffAssignment
from groups.rosters.variants import Variant
from groups.visibility import printouts_visible_to
from iri_exchange.lib import limited
from iri_exchange.management.commands.worker import Worker
from members.models import Export
from tests.factories import make_group, make_membership

DAY = datetime.date(2026, 11, 25)
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
State = Printout.State


@pytest.fixture
def later(settings, transactional_db) -> None:
    """Tasks wait for the worker, as they do in service."""
    settings.TASKS = QUEUE


def ask(by, **asked) -> Printout:
    return ask_for_book(**{"by": by.user, "variant": Variant.MEMBER, "day": DAY} | asked)


def now(printout: Printout) -> tuple[str, str, bool, bool]:
    printout.refresh_from_db()
    return printout.state, printout.message, bool(printout.content), printout.finished_at is not None


def test_a_book_is_made_and_its_copy_logged(staff, secretary, outsider, launched_group):
    printout = ask(staff, purpose="年度はじめの控え", receiver="濵田 隆")

    assert now(printout) == (State.DONE, "", True, True)
    assert printout.filename == "全グループの会員名簿_会員用_2026-11-25.pdf"
    reader = PdfReader(io.BytesIO(bytes(printout.content)))
    assert (len(reader.pages), printout.pages) == (5, 5)
    assert (printout.steps_done, printout.steps_total) == (4, 4)
    copy = Export.objects.get()
    assert (copy.subject, copy.variant, copy.file_format, copy.as_of) == (SUBJECT, "member", "pdf", DAY)
    assert (copy.row_count, copy.copy_number, copy.purpose, copy.receiver) == (
        2,
        1,
        "年度はじめの控え",
        "濵田 隆",
    )
    assert copy.taken_by == staff.user
    assert set(copy.people.all()) == {secretary.person, outsider.person}
    assert {company.pk for company in copy.companies.all()} == {
        secretary.membership.company_id, outsider.membership.company_id,
    }  # fmt: skip
    cover = reader.pages[0].extract_text()
    assert ("001" in cover, "濵田 隆 様" in cover) == (True, True)


def test_every_copy_has_a_number_of_its_own(staff, member):
    for number in ("001", "002"):
        content = bytes(ask(staff).content)
        assert f"部数番号 {number}" in PdfReader(io.BytesIO(content)).pages[1].extract_text()


def test_the_same_book_twice_at_once_is_one(later, staff, member):
    first = ask(staff)
    assert ask(staff) == first
    assert ask(staff, receiver="濵田 隆") != first
    assert DBTaskResult.objects.count() == 2


def test_a_book_is_of_the_members_or_of_the_office(staff):
    with pytest.raises(ValueError, match="no book of"):
        ask(staff, variant=Variant.PUBLIC)


def test_all_means_the_groups_that_live_on_the_day_by_office_and_age(staff, office):
    make_group(name="若い会", office=office, founded_year=2020)
    old = make_group(name="古い会", office=office, founded_year=1984)
    make_group(name="休む会", office=office, founded_year=1990, stage=Group.Stage.DORMANT)
    make_group(name="これからの会", office=office, stage=Group.Stage.FORMING)
    make_group(name="終わった会", office=office, stage=Group.Stage.DISSOLVED)
    assert [group.name for group in living(DAY)] == ["古い会", "休む会", "若い会"]
    assert ask(staff).options["groups"] == [group.pk for group in living(DAY)]
    assert ask(staff, groups=[old]).filename == "グループの会員名簿_会員用_2026-11-25.pdf"


def test_a_group_that_is_gone_by_then_is_left_out(later, staff, member):
    printout = ask(staff, groups=[member.membership.group, Group(pk=99_999)])
    make_book(printout_pk=printout.pk)
    assert now(printout) == (State.DONE, "", True, True)


# ── stopped, failed, killed ──────────────────────────────────────────────────


def test_one_that_waits_is_stopped(later, staff, member):
    printout = ask(staff)
    assert stop_printout(printout=printout)
    Worker().work(until_empty=True)
    assert now(printout) == (State.STOPPED, "", False, True)
    assert not Export.objects.exists()
    assert not stop_printout(printout=printout)


def test_one_that_is_being_made_is_stopped_at_its_next_step(later, staff, member, monkeypatch):
    printout = ask(staff)
    of_making = making.sections

    def stopped_meanwhile(rosters):
        stop_printout(printout=printout)
        return of_making(rosters)

    monkeypatch.setattr(making, "sections", stopped_meanwhile)
    make_book(printout_pk=printout.pk)
    assert now(printout) == (State.STOPPED, "", False, True)
    assert not Export.objects.exists()


def test_one_that_is_stopped_at_the_very_end_is_not_kept(later, staff, member, monkeypatch):
    printout = ask(staff)
    of_making = making._bound

    def stopped_meanwhile(*given):
        stop_printout(printout=printout)
        return of_making(*given)

    monkeypatch.setattr(making.limited, "run", lambda work, **limits: work())
    monkeypatch.setattr(making, "_bound", stopped_meanwhile)
    make_book(printout_pk=printout.pk)
    assert now(printout) == (State.STOPPED, "", False, True)


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("as planned"), BROKEN_OFF),
        (limited.OutOfMemory("as planned"), TOO_MUCH),
        (limited.OutOfTime("as planned"), TOO_MUCH),
    ],
)
def test_one_that_fails_says_what_to_do(staff, member, monkeypatch, error, said):
    def fail(*_):
        raise error

    monkeypatch.setattr(making, "bound", fail)
    monkeypatch.setattr(making.limited, "run", lambda work, **limits: work())
    assert now(ask(staff)) == (State.FAILED, said, False, True)


@pytest.mark.logs_errors
def test_the_child_that_takes_too_much_ends_alone(later, staff, member, monkeypatch):
    printout = ask(staff)
    monkeypatch.setattr(making, "bound", lambda *_: b"x" * (500 * limited.MEGABYTE))
    Worker().work(until_empty=True)
    assert now(printout) == (State.FAILED, TOO_MUCH, False, True)


def test_a_killed_worker_leaves_it_to_the_next(later, staff, member):
    printout = ask(staff)
    Printout.objects.update(state=State.WORKING, steps_done=1)
    DBTaskResult.objects.get().claim("a worker that was killed")
    Worker().work(until_empty=True)
    assert now(printout) == (State.DONE, "", True, True)


@pytest.mark.logs_errors
def test_what_kills_its_worker_is_not_tried_for_ever(later, staff, member):
    printout = ask(staff)
    for worker in range(TRIES):
        DBTaskResult.objects.get().claim(f"worker {worker}, killed by the book")
    Worker().work(until_empty=True)
    assert now(printout) == (State.FAILED, BROKEN_OFF, False, True)


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.STOPPED])
def test_a_task_that_comes_twice_finds_nothing_to_do(staff, member, state):
    printout = ask(staff)
    Printout.objects.update(state=state)
    before = now(printout)
    tasks.make.enqueue(printout_pk=printout.pk)
    fail_printout(printout_pk=printout.pk, message=BROKEN_OFF)
    assert now(printout) == before


def test_a_task_carries_ids_only(later, staff, member):
    printout = ask(staff, receiver="濵田 隆")
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {"printout_pk": printout.pk}}


def test_who_is_no_longer_staff_gets_none(later, staff, member):
    printout = ask(staff)
    StaffAssignment.objects.filter(person=staff.person).update(until=datetime.date(2026, 11, 24))
    Worker().work(until_empty=True)
    assert now(printout) == (State.FAILED, NO_LONGER, False, True)
    assert not Export.objects.exists()


# ── kept for whom, and how long ──────────────────────────────────────────────


def test_only_its_maker_sees_it_and_only_for_a_week(staff, member):
    printout = ask(staff)
    assert list(printouts_visible_to(staff.user)) == [printout]
    assert list(printouts_visible_to(member.user)) == []
    Printout.objects.update(finished_at=timezone.now() - datetime.timedelta(days=7, seconds=1))
    assert list(printouts_visible_to(staff.user)) == []


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_it_is_forgotten_after_a_week(staff, member, days, left):
    ask(staff)
    Printout.objects.update(finished_at=timezone.now() - datetime.timedelta(days=days))
    assert purge() == 1 - left
    assert Printout.objects.count() == left
    assert Export.objects.count() == 1


def test_the_worker_forgets_it_without_being_asked(later, staff, member):
    ask(staff)
    Worker().work(until_empty=True)
    Printout.objects.update(finished_at=timezone.now() - datetime.timedelta(days=8))
    Worker().work(until_empty=True)
    assert not Printout.objects.exists()


def test_one_is_finished_if_and_only_if_it_has_a_time(staff, member):
    ask(staff)
    with pytest.raises(IntegrityError):
        Printout.objects.update(finished_at=None)


def test_as_many_queries_for_many_groups_as_for_few(staff, office, django_assert_max_num_queries):
    counts = []
    for number in (1, 10):
        for _ in range(number):
            make_membership(make_group(office=office), consent="yes")
        printout = Printout.objects.create(
            kind="book", made_by=staff.user, options=making.Order(Variant.MEMBER, DAY, tuple(
                Group.objects.values_list("pk", flat=True))).as_json()
        )  # fmt: skip
        with django_assert_max_num_queries(99) as queries:
            make_book(printout_pk=printout.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1]
