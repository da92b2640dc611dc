"""A handover book as its file: read, tagged, numbered, joined; its maker's alone; killed, stopped, refused."""

import datetime
import io

import pikepdf
import pytest
import time_machine
from django.core.files.base import ContentFile
from django_tasks_db.models import DBTaskResult

from groups import bylaws, handing_on, printouts
from groups.models import Group, OfficerTerm, Printout
from groups.visibility import printouts_visible_to
from iri_exchange.lib import qr
from iri_exchange.management.commands.worker import Worker
from iri_exchange.office.handover_book import Order, ask_for_book, making
from iri_exchange.office.handover_book.contents import contents
from iri_exchange.office.handover_book.drawing import sheets_of
from iri_exchange.office.handover_book.tasks import TOO_MUCH
from iri_exchange.office.handover_book.views import handover_books_visible_to
from members.models import Export
from tests.conftest import NOW
from tests.factories import make_membership
from tests.iri_exchange.office.handover_book.reading import made, reader_of, text_of

DAY = datetime.date(2026, 11, 25)
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
State = Printout.State
CHAPTERS = (
    "会員名簿",
    "役員と任期",
    "助言者",
    "これからの予定",
    "当番と発表の順",
    "残っている宿題",
    "会則",
    "事務局の連絡先",
    "十二か月の手引き",
    "どこに何があるか",
)


@pytest.fixture
def later(settings, transactional_db) -> None:
    """Tasks wait for the worker, as they do in service."""
    settings.TASKS = QUEUE


def bylaws_of(pages=2, password="") -> bytes:
    """A PDF whose first page acts when it is opened, as one of somebody's own might."""
    file = pikepdf.new()
    for _ in range(pages):
        file.add_blank_page()
    file.pages[0].obj.AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    )
    out = io.BytesIO()
    file.save(out, encryption=pikepdf.Encryption(owner="x", user=password) if password else False)
    return out.getvalue()


def file_bylaws(group, staff, content) -> None:
    group.bylaws.create(
        valid_from=datetime.date(2020, 4, 1),
        filename="会則.pdf",
        content=content,
        size=len(content),
        uploaded_by=staff.user,
    )


def outlined(reader) -> list[str]:
    return [item.title for item in reader.outline if not isinstance(item, list)]


def test_a_group_without_anything_gets_a_sensible_book(secretary, group):
    printout = made(group, secretary)
    reader, text = reader_of(printout), text_of(printout)
    assert outlined(reader) == ["表紙", "目次", *CHAPTERS]
    for told in ("会則は、まだ登録されていません", "残っている宿題は、ありません", "いま、助言者はいません"):
        assert told in text
    assert "会合は、まだ予定されていません" in text
    assert len(reader.pages) == printout.pages == 10
    assert "10／10" in "".join(reader.pages[-1].extract_text().split())
    assert printout.filename == "けやき会_引き継ぎ帳_令和9年度_2026-11-25.pdf"


def test_it_is_tagged_and_says_its_title_and_language(secretary, group, staff):
    file_bylaws(group, staff, bylaws_of())
    root = reader_of(made(group, secretary)).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ja", True)
    assert "/StructTreeRoot" in root
    assert reader_of(Printout.objects.get()).metadata.title == "けやき会 引き継ぎ帳 令和9年度"


def test_the_contents_say_on_which_page_a_chapter_is(secretary, group):
    reader = reader_of(made(group, secretary))
    toc = "".join(reader.pages[1].extract_text().split()).replace(".", "")
    items = [item for item in reader.outline if not isinstance(item, list)]
    places = {item.title: reader.get_destination_page_number(item) + 1 for item in items}
    for chapter in CHAPTERS:
        assert f"{chapter}{places[chapter]}ページ" in toc


def test_the_copy_is_logged_with_its_number_and_receiver(secretary, member, group, staff):
    printout = made(group, secretary, receiver="濵田 隆", purpose="令和9年度の事務局へ")
    copy = Export.objects.get()
    assert (copy.subject, copy.variant, copy.row_count, copy.copy_number) == (
        "groups/keyaki/handover", "office", 2, 1,
    )  # fmt: skip
    assert (copy.taken_by, copy.receiver, copy.purpose) == (secretary.user, "濵田 隆", "令和9年度の事務局へ")
    assert set(copy.people.all()) == {secretary.person, member.person, staff.person}
    for page in reader_of(printout).pages:
        text = "".join(page.extract_text().split())
        assert ("部数番号001" in text, "濵田隆様" in text) == (True, True)
    assert "職田員子" in text_of(printout)


def test_who_is_left_out_stands_nowhere_in_it(secretary, member, group, monkeypatch):
    monkeypatch.setattr(handing_on, "left_out", lambda *_: {member.membership.pk})
    text = text_of(made(group, secretary))
    company = member.membership.company
    assert f"のせていない会員：{member.membership.number}（1会員）" in text
    for hidden in (company.name, company.phone, member.person.family_name + member.person.given_name):
        assert "".join(hidden.split()) not in text
    assert member.person not in Export.objects.get().people.all()


def test_the_by_laws_follow_without_what_acts(secretary, group, staff):
    file_bylaws(group, staff, bylaws_of(pages=3))
    printout = made(group, secretary)
    reader = reader_of(printout)
    assert len(reader.pages) == printout.pages == 13
    assert outlined(reader)[-1] == "会則（別添）"
    assert all("/AA" not in page and "/Annots" not in page for page in reader.pages[-3:])
    assert "別添として付けました" in text_of(printout)


@pytest.mark.parametrize(
    "content",
    [bylaws_of(password="x"), b"%PDF-1.7 broken", bylaws_of(pages=61)],
    ids=["locked", "broken", "long"],
)
def test_by_laws_that_cannot_be_joined_are_said_to_be_elsewhere(secretary, group, staff, content):
    file_bylaws(group, staff, content)
    printout = made(group, secretary)
    assert printout.pages == 10
    assert "（会則.pdf）は、この冊子には付けられませんでした" in text_of(printout)


def test_registered_by_laws_are_joined(secretary, group, staff):
    upload = ContentFile(bylaws_of_plain(), "会則.pdf")
    bylaws.register(group=group, upload=upload, valid_from=datetime.date(2020, 4, 1), note="", by=staff.user)
    assert made(group, secretary).pages == 11


def bylaws_of_plain() -> bytes:
    file, out = pikepdf.new(), io.BytesIO()
    file.add_blank_page()
    file.save(out)
    return out.getvalue()


def test_the_square_leads_to_the_groups_page(secretary, group, settings):
    told = contents(group=group, day=DAY, reader=secretary.user)
    sheets = sheets_of(told, Order(), 1)
    path = qr.square(f"{settings.SITE_URL}/groups/keyaki/").path
    assert (path in sheets.alone, path in sheets.with_annex) == (True, True)


# ── whose it is ──────────────────────────────────────────────────────────────


def test_its_maker_alone_has_it_and_only_in_office(secretary, staff, group):
    make_membership(group)
    printout = made(group, secretary)
    assert list(handover_books_visible_to(secretary.user)) == [printout]
    assert list(handover_books_visible_to(staff.user)) == []
    assert list(printouts_visible_to(staff.user)) == []


@pytest.mark.parametrize(("moment", "status"), [("23:59:59", 200), ("00:00:00", 404)])
def test_the_right_ends_with_the_term(secretary, group, moment, status):
    printout = made(group, secretary)
    OfficerTerm.objects.filter(person=secretary.person).update(until=datetime.date(2026, 11, 26))
    day = 26 if moment == "23:59:59" else 27
    hour, minute, second = map(int, moment.split(":"))
    at = NOW.replace(day=day, hour=hour, minute=minute, second=second)
    with time_machine.travel(at, tick=False):
        url = f"/groups/keyaki/book/{printout.pk}/book.pdf"
        assert secretary.client.get(url).status_code == status


def test_staff_lose_theirs_when_the_group_runs_itself(staff, launched_group):
    printout = made(launched_group, staff)
    launched_group.stages.create(state=Group.Stage.SELF_MANAGED, since=datetime.date(2026, 11, 27))
    url = f"/groups/akebono/book/{printout.pk}/book.pdf"
    for day, second, status in ((26, 59, 200), (27, 0, 404)):
        at = NOW.replace(day=day, hour=23 if second else 0, minute=second, second=second)
        with time_machine.travel(at, tick=False):
            assert staff.client.get(url).status_code == status


def test_who_may_no_longer_gets_none(later, secretary, group):
    printout = ask_for_book(group=group, by=secretary.user)
    OfficerTerm.objects.filter(person=secretary.person).update(until=datetime.date(2026, 11, 24))
    Worker().work(until_empty=True)
    printout.refresh_from_db()
    assert (printout.state, printout.message, bytes(printout.content)) == (
        State.FAILED,
        making.NO_LONGER,
        b"",
    )
    assert not Export.objects.exists()


# ── stopped, failed, killed ──────────────────────────────────────────────────


def test_a_killed_worker_leaves_it_to_the_next(later, secretary, group):
    printout = ask_for_book(group=group, by=secretary.user)
    Printout.objects.update(state=State.WORKING, steps_done=1)
    DBTaskResult.objects.get().claim("a worker that was killed")
    Worker().work(until_empty=True)
    printout.refresh_from_db()
    assert (printout.state, printout.steps_done, Export.objects.count()) == (State.DONE, 3, 1)


@pytest.mark.logs_errors
def test_what_kills_its_worker_is_not_tried_for_ever(later, secretary, group):
    printout = ask_for_book(group=group, by=secretary.user)
    for worker in range(printouts.TRIES):
        DBTaskResult.objects.get().claim(f"worker {worker}")
    Worker().work(until_empty=True)
    printout.refresh_from_db()
    assert (printout.state, printout.message) == (State.FAILED, printouts.BROKEN_OFF)


@pytest.mark.logs_errors
def test_one_that_takes_too_much_says_so(secretary, group, monkeypatch):
    def too_much(*_, **__):
        raise printouts.limited.OutOfMemory

    monkeypatch.setattr(making.limited, "run", too_much)
    printout = ask_for_book(group=group, by=secretary.user)
    assert (printout.state, printout.message) == (State.FAILED, TOO_MUCH)


def test_the_same_one_twice_at_once_is_one(later, secretary, group):
    first = ask_for_book(group=group, by=secretary.user)
    assert ask_for_book(group=group, by=secretary.user) == first
    assert ask_for_book(group=group, by=secretary.user, receiver="濵田 隆") != first
    assert DBTaskResult.objects.count() == 2


def test_asking_is_all_or_nothing(later, secretary, group, monkeypatch):
    from iri_exchange.office.handover_book import tasks

    def killed(*_, **__):
        raise RuntimeError("as planned")

    monkeypatch.setattr(type(tasks.make), "enqueue", killed)
    with pytest.raises(RuntimeError, match="as planned"):
        ask_for_book(group=group, by=secretary.user)
    assert (Printout.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_one_that_is_stopped_meanwhile_is_not_kept(later, secretary, group, monkeypatch):
    printout = ask_for_book(group=group, by=secretary.user)
    of_drawing = making._drawn

    def stopped_meanwhile(sheets):
        printouts.stop(printout=printout)
        return of_drawing(sheets)

    monkeypatch.setattr(making, "_drawn", stopped_meanwhile)
    making.make_book(printout_pk=printout.pk)
    printout.refresh_from_db()
    assert (printout.state, bytes(printout.content)) == (State.STOPPED, b"")
