"""The officers of a group: listed for the group, appointed and ended by who keeps it, oneself included."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import memberships
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
        # Who keeps the register knows the name; the page of somebody who has gone is the office's.
        assert (f"/people/{left_member.person.pk}/" in shown) is (reader is staff)
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


def test_ends_that_lie_ahead_are_counted_together(secretary, staff, member, group, term):
    make_officer(group, member.person, until=datetime.date(2026, 12, 31))
    url = f"/officer-terms/{term.pk}/end/"
    assert "令和9年1月1日から、グループに役員がいなくなります" in page(secretary, url)
    answer = secretary.client.post(url, {"last_day": "2026-11-30"})
    assert "令和9年1月1日から、ほかに役員がいない" in answer.content.decode()
    assert secretary.client.post(url, {"last_day": "2026-11-30", "confirmed": "on"}).status_code == 302


def test_a_term_registered_by_mistake_is_taken_back(secretary, member, group):
    mistaken = make_officer(group, member.person, role="chair", since=datetime.date(2027, 4, 1))
    url = f"/officer-terms/{mistaken.pk}/end/"
    assert "任期を終える・取り消す" in page(secretary)
    shown = page(secretary, url)
    assert "まだ始まっていません" in shown
    assert 'value="2027-04-01"' in shown
    answer = secretary.client.post(url, {"withdraw": "1"})
    assert (answer.status_code, answer.url) == (302, "/groups/keyaki/")
    assert not member.person.officer_terms.exists()
    assert "の代表幹事の登録を取り消しました。" in page(secretary, "/groups/keyaki/")
    assert secretary.client.get(url).status_code == 404


def test_a_term_that_has_begun_is_ended_not_taken_back(secretary, member, group):
    begun = make_officer(group, member.person, role="chair", since=YESTERDAY)
    url = f"/officer-terms/{begun.pk}/end/"
    assert "登録を取り消す" not in page(secretary, url)
    answer = secretary.client.post(url, {"withdraw": "1"})
    assert "もう始まっているので、取り消せません" in answer.content.decode()
    assert member.person.officer_terms.get() == begun


def test_the_only_term_is_taken_back_after_a_second_look(staff, group):
    only = make_officer(group, make_person(), since=datetime.date(2026, 11, 25))
    url = f"/officer-terms/{only.pk}/end/"
    assert "今日始まったばかりです" in page(staff, url)
    answer = staff.client.post(url, {"withdraw": "1"})
    assert "令和8年11月25日から、ほかに役員がいない" in answer.content.decode()
    assert group.officer_terms.get() == only
    answer = staff.client.post(url, {"withdraw": "1", "withdraw-confirmed": "on"})
    assert answer.status_code == 302
    assert not group.officer_terms.exists()


def test_the_desk_says_so_on_the_day_the_last_officer_has_left_the_group(secretary, staff, group):
    """Who leaves the group leaves the office: the office hears of it that very day."""
    today = datetime.date(2026, 11, 25)
    memberships.leave(membership=secretary.membership, since=today, reason="busy", confirmed=True)
    assert secretary.person.officer_terms.get().until == YESTERDAY
    assert "役員のいないグループ：けやき会の役員を登録する" in page(staff, "/office/")
    assert "いま、役員がいません" in page(staff)


def test_the_desk_waits_for_the_day_on_which_the_last_officer_leaves(secretary, staff, group):
    leaves = datetime.date(2026, 12, 1)
    memberships.leave(membership=secretary.membership, since=leaves, reason="busy", confirmed=True)
    assert "役員のいないグループ" not in page(staff, "/office/")
    with time_machine.travel(datetime.datetime(2026, 12, 1, 0, 5, tzinfo=ZoneInfo("Asia/Tokyo"))):
        staff.client.force_login(staff.user)
        assert "役員のいないグループ：けやき会の役員を登録する" in page(staff, "/office/")


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
