"""Staff look as somebody else: with their rights, for half an hour, without writing or taking anything."""

import datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import include, path

from groups.models import Group, Membership
from iri_exchange.lib import access
from members import looking
from members.models import Export, Letter, Look, Person
from tests.conftest import NOW
from tests.factories import make_membership, make_person, make_staff

WHY = "名簿が開けないというお電話"


@pytest.fixture
def look(staff, member) -> Look:
    """The clerk has just begun to look as the member."""
    answer = staff.client.post(f"/people/{member.person.pk}/look/", {"why": WHY})
    assert (answer.status_code, answer.url) == (302, "/my/")
    return Look.objects.get()


def page(actor, url: str) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_page_is_the_members_own_with_a_bar_that_ends_it(look, staff, member):
    mine = page(staff, "/my/")
    assert "あと30分" in mine
    assert "マイページ" in mine
    assert f"{member.person}さんの見え方" in mine
    assert 'action="/look/end/"' in mine
    assert staff.client.get("/office/").status_code == 403
    assert "いまは、見るだけです" in staff.client.get("/office/").content.decode()


def test_it_is_written_down_and_told(look, staff, member):
    assert (look.looker, look.person, look.why) == (staff.user, member.person, WHY)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.person) == ("members/looked_at", member.user.email, member.person)
    assert str(staff.person) in letter.text
    assert WHY in letter.text
    for reader in (member, staff):
        assert WHY in page(reader, f"/people/{member.person.pk}/")
    staff.client.post("/look/end/")
    assert WHY in page(staff, "/office/looks/")


def test_others_do_not_read_of_it(look, member, secretary, outsider):
    assert WHY not in page(secretary, f"/people/{member.person.pk}/")
    assert outsider.client.get(f"/people/{member.person.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_no_unsafe_method_passes(look, staff, member, method):
    url = f"/people/{member.person.pk}/edit/"
    answer = getattr(staff.client, method)(url, {"family_name": "かえた"})
    assert answer.status_code == 403
    assert "いまは、見るだけです" in answer.content.decode()
    member.person.refresh_from_db()
    assert member.person.family_name != "かえた"


def test_accounts_admin_office_and_files_are_closed(look, staff, group):
    for url in (
        "/accounts/password/change/",
        "/accounts/",
        "/accounts/logout/",
        "/admin/",
        "/office/members/",
        f"/groups/{group.slug}/roster.pdf?variant=public",
        f"/groups/{group.slug}/roster.xlsx?variant=member",
        f"/groups/{group.slug}/roster.csv?variant=member",
    ):
        answer = staff.client.get(url)
        assert (url, answer.status_code) == (url, 403)
        assert "いまは、見るだけです" in answer.content.decode()
    assert not Export.objects.exists()
    assert staff.client.get(f"/groups/{group.slug}/roster/").status_code == 200


def test_the_button_ends_it_once_and_again(look, staff, member):
    answer = staff.client.post("/look/end/")
    assert (answer.status_code, answer.url) == (302, f"/people/{member.person.pk}/")
    look.refresh_from_db()
    assert look.ended_at - look.started_at < datetime.timedelta(minutes=1)
    assert staff.client.get("/office/").status_code == 200
    assert staff.client.post("/look/end/").url == "/office/looks/"
    assert staff.client.get("/look/end/").status_code == 405


def test_after_half_an_hour_nothing_is_done_any_more(look, staff, member):
    with time_machine.travel(NOW + datetime.timedelta(minutes=29, seconds=30)):
        assert "あと1分" in page(staff, "/my/")
    with time_machine.travel(NOW + datetime.timedelta(minutes=31)):
        answer = staff.client.post("/groups/new/", {"name": "しめきり後"})
        assert answer.url == f"/people/{member.person.pk}/"
        assert [str(said) for said in get_messages(answer.wsgi_request)] == [
            f"30分たったので、{member.person}さんの見え方で見るのを終えました。"
        ]
        assert not Group.objects.filter(name="しめきり後").exists()
        assert staff.client.get("/office/").status_code == 200


def test_who_is_no_longer_staff_looks_no_longer(look, staff):
    staff.person.staff_assignments.update(until=datetime.date(2026, 11, 24))
    assert staff.client.get("/my/").url == f"/people/{look.person_id}/"
    assert "look" not in staff.client.session


def test_a_second_look_ends_the_first(look, staff, secretary):
    staff.client.session.pop("look")
    second = looking.start(looker=staff.user, person=secretary.person, why="次の方")
    look.refresh_from_db()
    assert (look.is_on, second.is_on) == (False, True)


def test_who_has_no_login_and_no_address_is_looked_at_too(staff, group):
    person = make_person(email="")
    make_membership(group, person=person)
    staff.client.post(f"/people/{person.pk}/look/", {"why": WHY})
    assert f"{person}さんの見え方" in page(staff, "/my/")
    assert group.name in page(staff, "/my/")
    for url in ("/", "/groups/", f"/groups/{group.slug}/members/", f"/people/{person.pk}/"):
        page(staff, url)
    assert not Letter.objects.exists()
    assert Person.objects.filter(pk=person.pk, users=None).exists()


def test_it_needs_a_reason(staff, member):
    answer = staff.client.post(f"/people/{member.person.pk}/look/", {"why": " "})
    assert answer.status_code == 200
    assert not Look.objects.exists()
    assert "お知らせします" in answer.content.decode()


def test_colleagues_installers_and_oneself_are_not_looked_at(staff, member, secretary, office):
    colleague = make_person()
    make_staff(colleague, office=office)
    secretary.user.is_superuser = True
    secretary.user.save()
    for person in (colleague, secretary.person, staff.person):
        assert staff.client.post(f"/people/{person.pk}/look/", {"why": WHY}).status_code == 403
        assert f"/people/{person.pk}/look/" not in page(staff, f"/people/{person.pk}/")
    assert secretary.client.post(f"/people/{member.person.pk}/look/", {"why": WHY}).status_code == 403


@access.public
@transaction.atomic
def writes(request):
    Membership.objects.update(introduced_by=str(request.user))


class PlantedUrlconf:
    urlpatterns = (path("writes/", writes), path("", include("iri_exchange.urls")))


def test_a_planted_page_that_writes_in_the_others_name_is_stopped(look, staff, settings):
    settings.ROOT_URLCONF = PlantedUrlconf
    assert staff.client.get("/writes/").status_code == 403
    assert not Membership.objects.exclude(introduced_by="").exists()
