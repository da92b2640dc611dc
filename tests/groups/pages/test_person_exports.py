"""/people/<pk>/exports/: which copies hold a person, to be read out on the telephone; the same for a company."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.groups.pages.test_group_exports import words
from tests.groups.test_copies import take, take_paper


def of_person(actor) -> str:
    return reverse("person_exports", args=[actor.person.pk])


def of_company(actor) -> str:
    return reverse("company_exports", args=[actor.membership.company_id])


@pytest.mark.parametrize("page", [of_person, of_company])
def test_the_answer_can_be_read_out(group, other_group, member, outsider, staff, secretary, page):
    take(group, secretary, purpose="総会", receiver="濵田 隆")
    take(other_group, staff)
    for reader in (staff, secretary):
        told = words(reader.client.get(page(member)))
        assert "1部の写しに載っています。" in told
        assert (
            f"けやき会の会員名簿 部数番号001 令和8年11月25日 10時00分に、{secretary.person}さんがPDFで出しました。"
            "会員用、令和8年11月25日現在、2件。 お渡し先は「濵田 隆」です。目的は「総会」です。"
        ) in told
        assert "みなと会" not in told
        assert "わからない" not in told


@pytest.mark.parametrize("extension", ["pdf", "xlsx", "csv"])
@pytest.mark.parametrize("variant", ["member", "office", "reception", "attendance"])
def test_whatever_was_handed_out_is_found(group, member, staff, variant, extension):
    answer = staff.client.get(f"/groups/keyaki/roster.{extension}", {"variant": variant})
    assert answer.status_code == 200
    for page in (of_person, of_company):
        (copy,) = staff.client.get(page(member)).context["found"].copies
        assert (copy.name, copy.number, copy.taken_by) == ("けやき会の会員名簿", "001", "職田 員子")


def test_nothing_is_found(group, other_group, member, outsider, staff):
    take(other_group)
    assert "載っているとわかっている写しは、ありません。" in words(staff.client.get(of_person(member)))


def test_old_copies_are_told_of_honestly(group, member, staff):
    take_paper(group, "groups/keyaki/roster")
    take(group)
    told = words(staff.client.get(of_person(member)))
    assert "1部の写しに載っています。" in told
    assert (
        "この記録より前の写しは、載っている人がわかりません。次の写しにも、載っているかもしれません。" in told
    )
    assert told.index("部数番号002") < told.index("わからない写し 1部") < told.index("部数番号001")


def test_a_secretary_is_told_what_is_left_out(group, member, staff, secretary):
    left_out = "ほかのグループの写しと、事務局がまとめて出した写しは、事務局へお尋ねください。"
    assert left_out in words(secretary.client.get(of_person(member)))
    assert left_out not in words(staff.client.get(of_person(member)))


@pytest.mark.parametrize(("who", "status"), [("visitor", 302), ("member", 403), ("outsider", 404)])
def test_it_is_nobody_elses(request, group, member, who, status):
    reader = request.getfixturevalue(who)
    assert reader.client.get(of_person(member)).status_code == status
    assert reader.client.get(of_company(member)).status_code == status


def test_the_pages_of_person_and_company_lead_there(group, member, staff, secretary):
    pages = {
        of_person(member): reverse("person", args=[member.person.pk]),
        of_company(member): reverse("company", args=[member.membership.company_id]),
    }
    for there, page in pages.items():
        leads = [there in actor.client.get(page).content.decode() for actor in (staff, secretary, member)]
        assert leads == [True, True, False]


def test_as_many_queries_for_one_copy_as_for_thirty(group, member, staff):
    counts = []
    for more in (1, 29):
        for _ in range(more):
            take(group, staff)
        with CaptureQueriesContext(connection) as queries:
            assert len(staff.client.get(of_person(member)).context["found"].copies) >= more
        counts.append(len(queries))
    assert counts[0] == counts[1]
