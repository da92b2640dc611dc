"""The advisers of a group: shown to the group, kept by the office; one more year is asked for and answered."""

import datetime

import pytest

from groups.models import Adviser, AdviserRequest, Group
from members.models import Person
from tests.factories import make_adviser, make_group, make_membership, make_officer, make_person

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def young(office, secretary) -> Group:
    """In its first year on its own, with the secretary among its officers and an adviser until last March."""
    group = make_group(slug="wakaba", since=datetime.date(2026, 4, 1), founded_year=2025, office=office)
    make_membership(group, person=secretary.person)
    make_officer(group, secretary.person, since=datetime.date(2026, 4, 1))
    person = make_person(family_name="昔田")
    make_adviser(group, person, since=datetime.date(2025, 7, 1), until=datetime.date(2026, 3, 31))
    return group


def test_the_office_commissions_somebody_new_or_known_but_nobody_twice(staff, group):
    url = f"/groups/{group.slug}/advisers/new/"
    typed = {"family_name": "言田", "given_name": "太郎", "since": "R8.4.1", "until": "2027-03-31"}
    assert staff.client.post(url, {"since": "", "until": "2027-03-31"}).context["form"].errors.keys() == {
        "since",
        "person",
    }
    made = staff.client.post(url, typed | {"email": "kotoda@example.jp"})
    assert made.status_code == 302
    person = Person.objects.get(family_name="言田")
    assert group.advisers.get().person == person
    again = staff.client.post(url, typed)
    form = again.context["form"]
    assert (list(form.errors), list(form.alike), form["given_name"].value()) == (["person"], [person], "太郎")
    refused = staff.client.post(url, {"person": person.pk, "since": "2026-05-01", "until": "2027-03-31"})
    assert "重ならない日" in refused.context["form"].non_field_errors()[0]
    both = staff.client.post(url, typed | {"person": person.pk})
    assert "person" in both.context["form"].errors
    another = staff.client.post(url, typed | {"another": "on"})
    assert (another.status_code, Person.objects.filter(family_name="言田").count()) == (302, 2)


def test_a_term_is_put_right_ended_and_taken_back(staff, group):
    term = make_adviser(group, make_person(), since=datetime.date(2026, 4, 1))
    url = f"/adviser-terms/{term.pk}/"
    assert staff.client.post(url, {"since": "2026-04-01", "until": "2026-03-01"}).status_code == 200
    assert (
        staff.client.post(url, {"since": "2026-04-01", "until": "R8.12.31", "note": "年内"}).status_code
        == 302
    )
    term.refresh_from_db()
    assert (term.until, term.note) == (datetime.date(2026, 12, 31), "年内")
    assert staff.client.post(url, {"withdraw": "1"}).status_code == 200
    coming = make_adviser(group, make_person(), since=TODAY + datetime.timedelta(days=1))
    assert staff.client.post(f"/adviser-terms/{coming.pk}/", {"withdraw": "1"}).status_code == 302
    assert list(group.advisers.all()) == [term]


def test_asks_waits_and_reads_the_answer(secretary, staff, young):
    page = f"/groups/{young.slug}/advisers/"
    assert ">もう1年お願いする<" in secretary.client.get(page).text
    secretary.client.post(f"{page}request/", {"note": "ぜひ、もう1年。"})
    asked = young.adviser_requests.get()
    assert ">もう1年お願いする<" not in secretary.client.get(page).text
    desk = staff.client.get("/office/").text
    assert f"/adviser-requests/{asked.pk}/" in desk
    url = f"/adviser-requests/{asked.pk}/"
    assert "ぜひ、もう1年。" in staff.client.get(url).text
    assert staff.client.post(url, {"decline": "1"}).context["decline"].errors.keys() == {"answer"}
    staff.client.post(url, {"decline": "1", "decline-answer": "都合がつきません。"})
    assert "都合がつきません。" in secretary.client.get(page).text
    secretary.client.post(f"{page}request/", {"note": ""})
    again = young.adviser_requests.get(state=AdviserRequest.State.ASKED)
    adviser = Adviser.objects.get(group=young).person
    accepted = staff.client.post(
        f"/adviser-requests/{again.pk}/",
        {"person": adviser.pk, "since": "2026-11-25", "until": "2027-03-31"},
    )
    assert accepted.status_code == 302
    assert young.advisers.get(since=TODAY).person == adviser
    assert secretary.client.post(f"/adviser-requests/{again.pk}/withdraw/").status_code == 302
    again.refresh_from_db()
    assert again.state == AdviserRequest.State.ACCEPTED


def test_members_see_names_and_no_memo(member, group):
    make_adviser(group, make_person(family_name="言田"), note="内々の話")
    shown = member.client.get(f"/groups/{group.slug}/advisers/").text
    assert ("言田" in shown, "内々の話" in shown) == (True, False)


def test_who_no_longer_advises_is_named_to_whom_keeps_the_register(member, secretary, staff, group):
    over = make_person(family_name="昔田", title="元理事")
    make_adviser(group, over, since=datetime.date(2013, 4, 1), until=datetime.date(2014, 3, 31))
    told = []
    for actor in (member, secretary, staff):
        shown = actor.client.get(f"/groups/{group.slug}/advisers/").text
        told.append(("昔田" in shown, "元理事" in shown, "お名前は出していません" in shown))
    assert told == [(False, False, True), (True, True, False), (True, True, False)]
