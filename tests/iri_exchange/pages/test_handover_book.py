"""/groups/<slug>/book/: asked for by who runs the group, watched, fetched by its maker, and by nobody else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from groups import handing_on
from groups.models import Printout
from iri_exchange.office.handover_book import Order
from tests.factories import make_officer
from tests.groups.batches import main_button, text_of

URL = "/groups/keyaki/book/"


@pytest.fixture
def later(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def make_printout(by, group, state="done", **fields) -> Printout:
    defaults = {
        "kind": Printout.Kind.HANDOVER,
        "group": group,
        "options": Order("濵田 隆", "控え").as_json(),
        "made_by": by.user,
        "state": state,
        "finished_at": None if state in Printout.OPEN else timezone.now(),
        "steps_total": 3,
        "pages": 10 if state == "done" else 0,
        "filename": "引き継ぎ帳.pdf",
        "content": b"%PDF-1.7" if state == "done" else b"",
    }
    return Printout.objects.create(**defaults | fields)


def address(name, printout) -> str:
    return reverse(name, args=[printout.group.slug, printout.pk])


def test_the_page_says_what_is_in_it_and_who_is_not(secretary, member, group, monkeypatch):
    monkeypatch.setattr(handing_on, "left_out", lambda *_: {member.membership.pk})
    response = secretary.client.get(URL)
    page = text_of(response)
    for told in ("十二か月の手引き", "まだ、つくっていません", "1会員います"):
        assert told in page
    assert main_button(response) == ["引き継ぎ帳をつくる"]


def test_asking_leads_to_its_own_page(secretary, group, later):
    response = secretary.client.post(URL, {"receiver": "濵田 隆", "purpose": "控え"}, follow=True)
    printout = Printout.objects.get()
    assert response.redirect_chain == [(address("handover_book_copy", printout), 302)]
    assert Order.from_json(printout.options) == Order("濵田 隆", "控え")
    assert "順番を待っています" in text_of(response)


def test_what_cannot_be_printed_is_said_and_nothing_is_made(secretary, group):
    response = secretary.client.post(URL, {"receiver": "濵田\u202e隆", "purpose": "控え"})
    assert "お渡し先：" in text_of(response)
    assert 'value="控え"' in response.content.decode()
    assert not Printout.objects.exists()


def test_a_finished_one_is_fetched(secretary, group):
    printout = make_printout(secretary, group)
    page = text_of(secretary.client.get(address("handover_book_copy", printout)))
    assert ("できあがりました。10ページあります。" in page, "濵田 隆" in page) == (True, True)
    file = secretary.client.get(address("handover_book_file", printout))
    assert (file.content, file["Content-Type"], file["Cache-Control"]) == (
        b"%PDF-1.7", "application/pdf", "private, no-store",
    )  # fmt: skip
    assert secretary.client.head(address("handover_book_file", printout)).content == b""


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("queued", "順番を待っています"),
        ("working", "3段階のうち0段階"),
        ("failed", "作れませんでした"),
        ("stopped", "取りやめました"),
    ],
)
def test_every_state_says_what_it_is(secretary, group, state, said):
    printout = make_printout(secretary, group, state)
    response = secretary.client.get(address("handover_book_copy", printout))
    assert said in text_of(response)
    assert ("http-equiv" in response.content.decode()) == (state in Printout.OPEN)
    file = secretary.client.get(address("handover_book_file", printout))
    assert file.url == address("handover_book_copy", printout)


def test_stopping_and_doing_it_again(secretary, group, later):
    printout = make_printout(secretary, group, "queued")
    response = secretary.client.post(address("handover_book_stop", printout), follow=True)
    assert "取りやめました" in text_of(response)
    secretary.client.post(address("handover_book_again", printout))
    old, new = Printout.objects.order_by("pk")
    assert (old.state, new.state, new.options, new.group) == ("stopped", "queued", old.options, group)


@pytest.mark.parametrize(
    "name", ["handover_book_copy", "handover_book_file", "handover_book_stop", "handover_book_again"]
)
def test_nobody_else_finds_it(visitor, member, outsider, staff, secretary, group, name):
    """Whose session has run out logs in again, and goes on."""
    printout = make_printout(secretary, group, "queued")
    for method in (visitor.client.get, visitor.client.post):
        assert method(address(name, printout)).status_code in (302, 405)
    for actor in (member, outsider, staff):
        for method in (actor.client.get, actor.client.post):
            assert method(address(name, printout)).status_code in (404, 405)
    assert Printout.objects.get().state == "queued"


def test_another_groups_address_does_not_lead_to_it(secretary, group, other_group):
    printout = make_printout(secretary, group)
    url = reverse("handover_book_file", args=[other_group.slug, printout.pk])
    assert secretary.client.get(url).status_code == 404


def test_who_may_ask(visitor, member, adviser, outsider, secretary, staff, group, launched_group):
    for actor, status in ((visitor, 302), (member, 403), (adviser, 403), (outsider, 403), (secretary, 200)):
        assert actor.client.get(URL).status_code == status
    assert staff.client.get(URL).status_code == 403
    assert staff.client.get("/groups/akebono/book/").status_code == 200
    assert 'href="/groups/keyaki/book/"' in secretary.client.get("/groups/keyaki/").content.decode()
    assert 'href="/groups/keyaki/book/"' not in member.client.get("/groups/keyaki/").content.decode()


def test_an_officer_of_the_launch_year_does_not_ask(launched_group, outsider):
    make_officer(launched_group, outsider.person, since=datetime.date(2026, 8, 1))
    assert outsider.client.get("/groups/akebono/book/").status_code == 403


def test_a_book_of_all_groups_is_another_thing(staff, launched_group):
    """Neither page opens the other's print."""
    printout = make_printout(staff, launched_group)
    assert staff.client.get(f"/office/book/{printout.pk}/").status_code == 404


def test_as_many_queries_for_many_books_as_for_few(secretary, group, django_assert_max_num_queries):
    counts = []
    for number in (1, 30):
        for _ in range(number):
            make_printout(secretary, group)
        with django_assert_max_num_queries(30) as queries:
            secretary.client.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]
