"""/office/book/: asked for, watched, fetched by whoever asked, and by nobody else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from groups.book import Order
from groups.models import Printout
from groups.rosters.variants import Variant
from members.models import Export
from tests.conftest import log_in
from tests.factories import make_person, make_staff
from tests.groups.batches import main_button, text_of
from tests.strictness import parse_strictly

DAY = datetime.date(2026, 11, 25)
URL = "/office/book/"


def make_printout(by, state="done", **fields) -> Printout:
    finished = None if state in Printout.OPEN else timezone.now()
    defaults = {
        "kind": Printout.Kind.BOOK,
        "options": Order(Variant.MEMBER, DAY, (1, 2), True, "控え", "濵田 隆").as_json(),
        "made_by": by.user,
        "state": state,
        "finished_at": finished,
        "steps_total": 3,
        "pages": 5 if state == "done" else 0,
        "filename": "全グループの会員名簿.pdf",
        "content": b"%PDF-1.7" if state == "done" else b"",
    }
    return Printout.objects.create(**defaults | fields)


def show(actor, printout, **question):
    return actor.client.get(reverse("office_book_copy", args=[printout.pk]), question)


@pytest.fixture
def colleague(office):
    person = make_person(family_name="同僚", given_name="次郎")
    make_staff(person, office=office)
    return log_in(person)


@pytest.fixture
def later(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_the_page_offers_both_variants_and_the_living_groups(staff, group, other_group):
    response = staff.client.get(URL)

    page = text_of(response)
    for told in ("会員用", "事務局用", "けやき会", "みなと会", "この7日のあいだに作った名簿は、ありません"):
        assert told in page
    assert main_button(response) == ["名簿を作る"]


def test_asking_leads_to_the_books_own_page_and_to_the_file(staff, member):
    response = staff.client.post(URL, {"variant": "member", "receiver": "濵田 隆"}, follow=True)

    printout = Printout.objects.get()
    assert response.redirect_chain == [(reverse("office_book_copy", args=[printout.pk]), 302)]
    assert "できあがりました。3ページあります。" in text_of(response)
    assert main_button(response) == ["PDFを開く"]
    file = staff.client.get(reverse("office_book_file", args=[printout.pk]))
    assert file.content.startswith(b"%PDF")
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert "inline" in file["Content-Disposition"]


def test_chosen_groups_are_what_is_made(staff, group, other_group, later):
    staff.client.post(URL, {"variant": "office", "date": "令和8年4月1日", "groups": [other_group.pk]})

    order = Order.from_json(Printout.objects.get().options)
    assert order == Order(Variant.OFFICE, datetime.date(2026, 4, 1), (other_group.pk,), False, "", "")
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"variant": "public"}, "種類："),
        ({"variant": "member", "date": "きのう"}, "いつ現在："),
        ({"variant": "member", "groups": [99_999]}, "いまは活動していないグループがあります"),
        ({"variant": "member", "groups": ["x"]}, "のせるグループ："),
        ({"variant": "member", "receiver": "濵田\u202e隆"}, "お渡し先："),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_made(staff, group, asked, said):
    response = staff.client.post(URL, asked)

    assert said in text_of(response)
    assert not Printout.objects.exists()


def test_one_that_is_being_made_says_how_far_it_is(staff):
    printout = make_printout(staff, "working", steps_done=2, steps_total=28, moved_at=timezone.now())

    page = show(staff, printout).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "js/progress.js" in page
    assert '<progress class="gauge" aria-label="作成中" value="2" max="28"></progress>' in page
    assert "28段階のうち2段階" in page
    status = next(each for each in parse_strictly(page).iter() if each.get("role") == "status")
    assert "".join(status.itertext()) == "作成中です。およそ0パーセントまで進みました。"
    assert "取りやめる" in page
    assert "もう1冊作る" not in page
    still = show(staff, printout, still="1").content.decode()
    assert ("http-equiv" in still, "progress.js" in still) == (False, False)


@pytest.mark.parametrize(("minutes", "told"), [(1, False), (3, True)])
def test_one_that_stands_still_says_what_to_do(staff, minutes, told):
    printout = make_printout(staff, "queued")
    Printout.objects.update(asked_at=timezone.now() - datetime.timedelta(minutes=minutes))
    assert ("2分以上、進んでいません。" in text_of(show(staff, printout))) == told


@pytest.mark.parametrize(
    ("state", "said"),
    [("stopped", "作るのを取りやめました。"), ("failed", "作れませんでした。")],
)
def test_what_came_to_nothing_says_so_and_offers_another_try(staff, state, said):
    page = text_of(show(staff, make_printout(staff, state, message="もう一度お試しください。")))
    assert said in page
    assert "もう一度お試しください。" in page
    assert "もう1冊作る" in page
    assert "PDFを開く" not in page


def test_a_file_that_is_not_there_yet_leads_back(staff):
    printout = make_printout(staff, "working")
    response = staff.client.get(reverse("office_book_file", args=[printout.pk]))
    assert response.url == reverse("office_book_copy", args=[printout.pk])


def test_stopping_and_doing_it_again(staff, group, later):
    printout = make_printout(staff, "queued")
    response = staff.client.post(reverse("office_book_stop", args=[printout.pk]), follow=True)
    assert "取りやめました。" in text_of(response)
    staff.client.post(reverse("office_book_again", args=[printout.pk]))
    old, new = Printout.objects.order_by("pk")
    assert (old.state, new.state) == ("stopped", "queued")
    assert Order.from_json(new.options) == Order(Variant.MEMBER, DAY, (group.pk,), True, "控え", "濵田 隆")


def test_the_list_shows_ones_own_in_their_states(staff, colleague):
    for state in Printout.State.values:
        make_printout(staff, state)
    make_printout(colleague, options=Order(Variant.OFFICE, DAY, (), True, "", "").as_json())
    page = text_of(staff.client.get(URL))
    for label in Printout.State.labels:
        assert label in page
    assert "全グループの会員名簿（事務局用）" not in page


@pytest.mark.parametrize("name", ["office_book_copy", "office_book_file"])
def test_a_colleague_finds_nothing(staff, colleague, name):
    printout = make_printout(staff)
    assert colleague.client.get(reverse(name, args=[printout.pk])).status_code == 404


@pytest.mark.parametrize("name", ["office_book_stop", "office_book_again"])
def test_a_colleague_changes_nothing(staff, colleague, name):
    printout = make_printout(staff, "queued")
    assert colleague.client.post(reverse(name, args=[printout.pk])).status_code == 404
    assert Printout.objects.get().state == "queued"


def test_nobody_else_gets_in(visitor, member, secretary, staff):
    file = reverse("office_book_file", args=[make_printout(staff).pk])
    for actor, status in ((visitor, 302), (member, 404), (secretary, 404)):
        assert actor.client.get(file).status_code == status
    for actor, status in ((visitor, 302), (member, 403), (secretary, 403)):
        assert actor.client.post(URL, {"variant": "member"}).status_code == status


def test_looking_writes_nothing(staff, member):
    printout = make_printout(staff)
    for url in (
        URL,
        reverse("office_book_copy", args=[printout.pk]),
        reverse("office_book_file", args=[printout.pk]),
    ):
        staff.client.head(url)
        staff.client.get(url)
    assert not Export.objects.exists()
    assert Printout.objects.count() == 1


def test_as_many_queries_for_many_books_as_for_few(staff, group, django_assert_num_queries):
    make_printout(staff)
    with django_assert_num_queries(5):
        staff.client.get(URL)
    for _ in range(30):
        make_printout(staff)
    with django_assert_num_queries(5):
        staff.client.get(URL)
