"""/office/archive/<slug>/: what the office keeps of a dissolved group; asked for, watched, saved by its maker."""

import pytest
from django.urls import reverse

from groups.models import Printout
from tests.groups.batches import main_button, text_of
from tests.iri_exchange.office.archive.opening import ended_group
from tests.iri_exchange.pages.test_handover_book import make_printout

URL = "/office/archive/keyaki/"
NAMES = ["group_archive_copy", "group_archive_file", "group_archive_stop", "group_archive_again"]


@pytest.fixture
def later(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def ended(group, staff):
    return ended_group(group, staff)


def make_archive(by, group, state="done", **fields) -> Printout:
    about = {"kind": Printout.Kind.ARCHIVE, "options": {}, "filename": "記録.zip"}
    return make_printout(by, group, state, **about, **fields)


def address(name, printout) -> str:
    return reverse(name, args=[printout.group.slug, printout.pk])


@pytest.mark.parametrize(
    ("entrusted", "counted"), [(None, "議事録 1通、資料 1点"), (True, "議事録 2通、資料 3点")]
)
def test_the_page_says_what_goes_into_it(staff, group, entrusted, counted):
    ended_group(group, staff, entrusted)
    response = staff.client.get(URL)
    page = text_of(response)
    assert counted in page
    assert ("会員から預かったので" in page) == bool(entrusted)
    assert main_button(response) == ["1つにまとめる"]


def test_asking_leads_to_its_own_page(staff, ended, later):
    response = staff.client.post(URL, follow=True)
    printout = Printout.objects.get()
    assert response.redirect_chain == [(address("group_archive_copy", printout), 302)]
    assert "順番を待っています" in text_of(response)


def test_a_finished_one_is_saved(staff, ended):
    printout = make_archive(staff, ended, content=b"PK")
    assert main_button(staff.client.get(address("group_archive_copy", printout))) == ["ZIPを保存する"]
    file = staff.client.get(address("group_archive_file", printout))
    assert (file.content, file["Content-Type"], file["Cache-Control"]) == (
        b"PK", "application/zip", "private, no-store",
    )  # fmt: skip
    assert file["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("queued", "順番を待っています"),
        ("working", "3段階のうち0段階"),
        ("failed", "まとめられませんでした"),
        ("stopped", "取りやめました"),
    ],
)
def test_every_state_says_what_it_is(staff, ended, state, said):
    printout = make_archive(staff, ended, state)
    assert said in text_of(staff.client.get(address("group_archive_copy", printout)))
    file = staff.client.get(address("group_archive_file", printout))
    assert file.url == address("group_archive_copy", printout)


def test_stopping_and_doing_it_again(staff, ended, later):
    printout = make_archive(staff, ended, "queued")
    staff.client.post(address("group_archive_stop", printout))
    staff.client.post(address("group_archive_again", printout))
    assert [each.state for each in Printout.objects.order_by("pk")] == ["stopped", "queued"]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_finds_it(member, secretary, staff, ended, name):
    printout = make_archive(staff, ended, "queued")
    for actor in (member, secretary):
        for method in (actor.client.get, actor.client.post):
            assert method(address(name, printout)).status_code in (404, 405)
    assert Printout.objects.get().state == "queued"


def test_another_groups_address_does_not_lead_to_it(staff, ended, other_group):
    printout = make_archive(staff, ended)
    url = reverse("group_archive_copy", args=[other_group.slug, printout.pk])
    assert staff.client.get(url).status_code == 404


def test_only_of_a_group_that_has_ended_and_only_for_staff(visitor, secretary, staff, group):
    assert staff.client.get(URL).status_code == 403
    ended_group(group, staff)
    for actor, status in ((visitor, 302), (secretary, 403), (staff, 200)):
        assert actor.client.get(URL).status_code == status
    assert f'href="{URL}"' in staff.client.get("/groups/keyaki/").content.decode()
