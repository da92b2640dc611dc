"""The officers of a group: listed for the group, appointed and ended by who keeps it, oneself included."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import OfficerTerm
from tests.factories import make_membership, make_officer, make_person

URL = "/groups/keyaki/officers/"
YESTERDAY = datetime.date(2026, 11, 24)


def page(actor, url: str = URL) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def term(secretary) -> OfficerTerm:
    return secretary.person.officer_terms.get()


def test_past_and_present_are_listed_and_who_is_gone_is_not_named(
    member, secretary, staff, group, left_member
):
    make_officer(group, left_member.person, role="chair", until=datetime.date(2025, 3, 31))
    make_officer(group, member.person, role="chair", until=YESTERDAY)
    for reader, named in ((member, False), (secretary, True), (staff, True)):
        shown = page(reader)
        assert "これまでの役員" in shown
        assert (str(left_member.person) in shown) is named
        assert str(member.person) in shown
        assert ("お名前は出していません" in shown) is not named


def test_only_who_may_ends_a_term(member, secretary, staff, adviser, outsider, term):
    url = f"/officer-terms/{term.pk}/end/"
    for actor, status in ((member, 403), (adviser, 403), (outsider, 404), (secretary, 200), (staff, 200)):
        assert actor.client.get(url).status_code == status
        assert (url in page(actor)) is (status == 200) if actor is not outsider else True


def test_an_officer_is_appointed(secretary, member, group):
    assert "/groups/keyaki/officers/new/" in page(secretary)
    given = {"person": member.person.pk, "role": "chair", "since": "R9.4.1", "until": ""}
    answer = secretary.client.post("/groups/keyaki/officers/new/", given)
    assert (answer.status_code, answer.url) == (302, URL)
    made = member.person.officer_terms.get()
    assert (made.group, made.role, made.since, made.until) == (
        group,
        "chair",
        datetime.date(2027, 4, 1),
        None,
    )
    again = secretary.client.post("/groups/keyaki/officers/new/", given)
    assert again.status_code == 200
    assert member.person.officer_terms.count() == 1


def test_strangers_are_not_appointed(secretary, outsider):
    given = {"person": outsider.person.pk, "role": "chair", "since": "R9.4.1"}
    assert secretary.client.post("/groups/keyaki/officers/new/", given).status_code == 200
    assert not outsider.person.officer_terms.exists()


def test_the_last_officer_goes_after_a_second_look_and_the_office_is_told(secretary, staff, term):
    assert "役員のいないグループ" not in page(staff, "/office/")
    url = f"/officer-terms/{term.pk}/end/"
    assert "最後の役員です" in page(secretary, url)
    answer = secretary.client.post(url, {"last_day": "2026-11-24"})
    assert "ほかに役員がいない" in answer.content.decode()
    term.refresh_from_db()
    assert term.until is None
    answer = secretary.client.post(url, {"last_day": "2026-11-24", "confirmed": "on"})
    assert (answer.status_code, answer.url) == (302, "/groups/keyaki/")
    assert "役員のいないグループ：けやき会" in page(staff, "/office/")
    assert "いま、役員がいません" in page(secretary)
    assert secretary.client.get("/groups/keyaki/edit/").status_code == 403


def test_with_another_officer_no_second_look_is_asked_for(secretary, member, group, term):
    make_officer(group, member.person, role="chair")
    url = f"/officer-terms/{term.pk}/end/"
    assert "最後の役員です" not in page(secretary, url)
    assert secretary.client.post(url, {"last_day": "2026-11-30"}).status_code == 302
    term.refresh_from_db()
    assert term.until == datetime.date(2026, 11, 30)


def test_an_ended_term_is_not_ended_again(secretary, member, staff, group):
    make_officer(group, member.person, role="chair", until=YESTERDAY)
    ended = member.person.officer_terms.get()
    for actor in (secretary, staff, member):
        assert actor.client.get(f"/officer-terms/{ended.pk}/end/").status_code == 403


def test_in_the_launch_year_one_may_still_resign(member, launched_group):
    own = make_officer(launched_group, member.person)
    other = make_officer(launched_group, make_person())
    assert member.client.post(f"/officer-terms/{own.pk}/end/", {"last_day": "2026-11-25"}).status_code == 302
    assert member.client.get(f"/officer-terms/{other.pk}/end/").status_code == 403


def test_the_list_asks_as_often_for_many(member, group):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(member)
        return len(asked)

    make_officer(group, member.person)
    few = questions()
    for _ in range(10):
        person = make_person()
        make_membership(group, person=person)
        make_officer(group, person, role="board")
    assert questions() == few
