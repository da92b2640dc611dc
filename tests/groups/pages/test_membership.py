"""The record of a member, for who keeps the register; what can be done from it, and nothing of it for anybody else."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import memberships, representing
from tests.factories import make_membership, make_person

TODAY, NEXT_YEAR = datetime.date(2026, 11, 25), datetime.date(2027, 4, 1)


def page(actor, url: str) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def url_of(membership, step: str = "") -> str:
    return f"/memberships/{membership.pk}/{step}"


def test_who_keeps_the_register_opens_it(
    group, member, secretary, outsider, adviser, staff, visitor, left_member
):
    url = url_of(member.membership)
    for actor, status in ((secretary, 200), (staff, 200), (member, 404), (outsider, 404), (adviser, 404)):
        assert actor.client.get(url).status_code == status
    assert visitor.client.get(url).status_code == 302
    shown = page(secretary, url_of(left_member.membership))
    assert "多忙" in shown
    assert "復帰にする" in shown
    # Who has left is on record; their pages are the office's.
    assert f"/people/{left_member.person.pk}/" not in shown
    assert f"/people/{left_member.person.pk}/" in page(staff, url_of(left_member.membership))


def test_it_is_found_from_the_lists(group, member, secretary, staff):
    url = url_of(member.membership)
    company, person = f"/companies/{member.membership.company_id}/", f"/people/{member.person.pk}/"
    for place in ("/groups/keyaki/members/", company, person):
        assert url in page(secretary, place)
        assert url in page(staff, place)
        assert url not in page(member, place)


def test_a_second_contact_is_suggested_on_the_company_s_page(secretary, member):
    membership = member.membership
    suggested = url_of(membership, "representatives/new/")
    company = f"/companies/{membership.company_id}/"
    assert suggested in page(secretary, company)
    assert suggested not in page(member, company)
    representing.add(membership=membership, person=make_person(), since=TODAY)
    assert suggested not in page(secretary, company)


def test_it_tells_all_there_is(secretary, member):
    membership = member.membership
    term = membership.representatives.get()
    representing.succeed(term=term, person={"family_name": "後藤"}, last_day=datetime.date(2025, 3, 31))
    memberships.rest(membership=membership, since=datetime.date(2026, 4, 1), note="改修のため")
    shown = page(secretary, url_of(membership))
    for text in (membership.number, "改修のため", "のせてよい", "令和8年4月1日", member.person.name, "後藤"):
        assert text in shown
    assert "2人目の方も登録しておくと安心です" in shown
    representing.add(membership=membership, person=make_person(), since=TODAY)
    assert "2人目の方も登録しておくと安心です" not in page(secretary, url_of(membership))


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("active", {"rest", "leave"}),
        ("on_leave", {"resume", "leave", "status"}),
        ("left", {"resume", "status"}),
        ("will leave", {"resume", "status"}),
    ],
)
def test_only_what_is_possible_is_offered(group, staff, state, steps):
    membership = make_membership(group)
    if state == "on_leave":
        memberships.rest(membership=membership, since=TODAY)
    elif state != "active":
        since = TODAY if state == "left" else NEXT_YEAR
        memberships.leave(membership=membership, since=since, reason="busy")
    shown = page(staff, url_of(membership))
    offered = {
        step for step in ("rest", "leave", "resume", "status") if url_of(membership, f"{step}/") in shown
    }
    assert offered == steps
    assert ("になる予定です" in shown) is (state == "will leave")


def test_as_many_questions_for_many_terms(group, staff):
    membership = make_membership(group, representatives=[])
    url = url_of(membership)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(staff, url)
        return len(asked)

    day = datetime.date(2014, 4, 1)
    memberships.add_representative(membership=membership, person=make_person(), since=day)

    def succeeded(years: range) -> int:
        for year in years:
            term = membership.representatives.get(until=None)
            representing.succeed(term=term, person=make_person(), last_day=datetime.date(year, 3, 31))
        return questions()

    assert succeeded(range(2015, 2016)) == succeeded(range(2016, 2024))


def test_the_joining_is_put_right(secretary, member):
    membership, url = member.membership, url_of(member.membership, "edit/")
    assert 'value="2013-04-01"' in page(secretary, url)
    given = {"joined_on": "H25.5.1", "kind": "special", "introduced_by": "青木さん"}
    assert secretary.client.post(url, given).url == url_of(membership)
    membership.refresh_from_db()
    may = datetime.date(2013, 5, 1)
    assert (membership.joined_on, membership.kind, membership.introduced_by) == (may, "special", "青木さん")
    assert membership.statuses.get().since == membership.representatives.get().since == may
    memberships.rest(membership=membership, since=NEXT_YEAR)
    for day, said in (("2027-05-01", "休会や退会の日より前"), ("", "一度入れた日は、空けられません")):
        refused = secretary.client.post(url, given | {"joined_on": day}).content.decode()
        assert said in refused
        assert "青木さん" in refused
