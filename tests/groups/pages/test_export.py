"""/exports/<pk>/: one copy, and whom it holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import memberships
from tests.factories import make_company, make_membership, make_person
from tests.groups.pages.test_group_exports import words
from tests.groups.test_copies import TODAY, take, take_paper


def url(copy) -> str:
    return reverse("export", args=[copy.pk])


def test_whom_it_holds(group, member, secretary, staff):
    copy = take(group, staff, purpose="総会", receiver="濵田 隆")
    for reader in (staff, secretary):
        answer = reader.client.get(url(copy))
        told = words(answer)
        for each in (
            "けやき会の会員名簿 部数番号001", "会員用 PDF", "令和8年11月25日 10時00分", "職田 員子", "濵田 隆", "総会",
            "No.、役職、企業名", member.person.name, secretary.person.name, member.membership.company.name,
        ):  # fmt: skip
            assert each in told
        assert set(answer.context["held"].people) == {member.person, secretary.person}


def test_who_left_is_named_and_not_linked_for_whom_they_are_hidden(group, member, secretary, staff):
    copy = take(group)
    memberships.leave(membership=member.membership, since=TODAY, reason="busy")
    page = reverse("person", args=[member.person.pk])
    for_secretary, for_staff = (actor.client.get(url(copy)).content.decode() for actor in (secretary, staff))
    assert (member.person.name in for_secretary, page in for_secretary) == (True, False)
    assert page in for_staff


@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 302), ("member", 404), ("adviser", 404), ("outsider", 404), ("left_member", 404)],
)
def test_it_is_nobody_elses(request, group, who, status):
    copy = take(group)
    assert request.getfixturevalue(who).client.get(url(copy)).status_code == status


def test_a_secretary_opens_the_own_groups_copies_only(group, other_group, office, secretary):
    others = [take(other_group), take_paper(office, "offices/tama/labels")]
    assert [secretary.client.get(url(copy)).status_code for copy in others] == [404, 404]


def test_what_is_not_known_is_said(group, staff):
    old, empty = (
        take_paper(group, "groups/keyaki/roster"),
        take_paper(group, "groups/keyaki/labels", row_count=0),
    )
    assert "この記録より前の写しは、載っている人がわかりません。" in words(staff.client.get(url(old)))
    assert "だれも載っていない写しです。" in words(staff.client.get(url(empty)))
    companies = take_paper(group, "groups/keyaki/labels", companies=[make_company().pk])
    assert "この写しに、人の名前は載っていません。" in words(staff.client.get(url(companies)))


def test_as_many_queries_for_one_as_for_thirty(group, staff):
    counts = []
    for more in (1, 29):
        for _ in range(more):
            make_membership(group)
        make_membership(group, person=make_person())
        copy = take(group)
        with CaptureQueriesContext(connection) as queries:
            assert staff.client.get(url(copy)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
