"""A new member in two steps on one address: whom one means, and the rest."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Membership
from members.models import Company, Person
from tests.factories import make_company, make_membership, make_person
from tests.groups.pages.test_membership import page

URL = "/groups/keyaki/members/new/"
TODAY = datetime.date(2026, 11, 25)
NUMBER = "7000012050002"
COMPANY = {
    "c_name": "株式会社あらた",
    "c_kana": "あらた",
    "family_name": "新田",
    "on": "R8.11.25",
    "kind": "regular",
    "introduced_by": "青木さん",
}


def test_it_is_offered_to_who_keeps_the_register(secretary, staff, member):
    assert URL in page(secretary, "/groups/keyaki/members/")
    assert URL in page(staff, "/groups/keyaki/members/")
    assert URL not in page(member, "/groups/keyaki/members/")
    assert member.client.get(URL).status_code == 403


def test_one_looks_first(group, secretary, left_member, member, staff):
    known = make_company(name="株式会社みどり", kana="ミドリ")
    shown = page(staff, f"{URL}?q=ミドリ")
    assert f"{URL}?company={known.pk}" in shown
    assert "?q=%E3%83%9F%E3%83%89%E3%83%AA&amp;new=company" in shown
    assert "あてはまる企業は、ありません" in page(secretary, f"{URL}?q=ミドリ")
    assert f"/memberships/{member.membership.pk}/" in page(
        secretary, f"{URL}?q={member.membership.company.name}"
    )
    again = f"{URL}?q={left_member.membership.company.name}"
    assert f"/memberships/{left_member.membership.pk}/resume/" in page(staff, again)
    assert "あてはまる" not in page(secretary, f"{URL}")
    hidden = page(secretary, f"{URL}?company={known.pk}")
    assert "この値ではしぼり込めません" in hidden
    assert "みどり" not in hidden
    assert "この値ではしぼり込めません" in page(secretary, f"{URL}?new=robot")


def test_a_company_of_the_directory_joins(staff, group):
    known = make_company()
    person = make_person(company=known)
    url = f"{URL}?company={known.pk}"
    shown = page(staff, url)
    assert "KY-001" in shown
    assert person.name in shown
    answer = staff.client.post(url, {"on": "2026-11-25", "kind": "regular", "person": person.pk})
    made = Membership.objects.get(company=known)
    assert answer.url == f"/memberships/{made.pk}/"
    assert (made.joined_on, made.representatives.get().person) == (TODAY, person)
    twice = staff.client.post(url, {"on": "2026-11-26", "kind": "regular", "family_name": "新田"})
    assert twice.url == answer.url
    assert "もうKY-001として登録されています" in page(staff, answer.url)
    assert not Person.objects.filter(family_name="新田").exists()


def test_a_new_company_joins(secretary, group):
    url = f"{URL}?new=company&q=あらた"
    assert 'value="あらた"' in page(secretary, url)
    wrong = secretary.client.post(url, COMPANY | {"email": "違う", "c_phone": "電話"}).content.decode()
    assert "2か所、直してください" in wrong
    assert "株式会社あらた" in wrong
    assert secretary.client.post(url, COMPANY).status_code == 302
    made = Membership.objects.get(company__name="株式会社あらた")
    assert (made.company.kana, made.introduced_by) == ("アラタ", "青木さん")
    assert made.representatives.get().person.name == "新田"


def test_no_second_record_of_a_company_one_may_see(staff, group):
    known = make_company(name="あらた", corporate_number=NUMBER)
    url = f"{URL}?new=company"
    refused = staff.client.post(url, COMPANY).content.decode()
    assert "同じ名前が、名簿にあります：あらた（昭島市）" in refused
    numbered = staff.client.post(url, COMPANY | {"c_name": "べつ", "c_corporate_number": NUMBER})
    assert "この法人番号は、名簿にある「あらた」のものです" in numbered.content.decode()
    assert Company.objects.get() == known
    assert staff.client.post(url, COMPANY | {"different": "on"}).status_code == 302


def test_a_record_an_officer_may_not_see_is_the_office_s_to_compare(secretary, staff, group):
    known = make_company(name="株式会社ないしょ", corporate_number=NUMBER)
    answer = secretary.client.post(f"{URL}?new=company", COMPANY | {"c_corporate_number": NUMBER})
    made = Membership.objects.get(company__name="株式会社あらた")
    assert answer.url == f"/memberships/{made.pk}/"
    assert made.company.corporate_number is None
    shown = page(secretary, answer.url)
    assert "ないしょ" not in shown
    assert "同じ企業かもしれません" not in shown
    assert f"/memberships/{made.pk}/" in page(staff, "/office/")
    assert "株式会社ないしょ" in page(staff, answer.url)
    assert secretary.client.post(f"{answer.url}compare/", {"same": "1"}).status_code == 403
    assert staff.client.post(f"{answer.url}compare/", {"same": "1"}).status_code == 302
    made.refresh_from_db()
    assert made.company == known
    assert f"/memberships/{made.pk}/" not in page(staff, "/office/")


def test_individuals_join(secretary, staff, group):
    url, given = f"{URL}?new=person&q=新田 花", {"on": "2026-11-25", "kind": "individual"}
    assert 'value="花"' in page(secretary, url)
    named = {"c_family_name": "新田", "c_given_name": "花"}
    assert secretary.client.post(url, given | named).status_code == 302
    again = secretary.client.post(url, given | named).content.decode()
    assert "同じ名前が、名簿にあります：新田 花" in again
    known = make_person(family_name="佐野")
    assert staff.client.post(f"{URL}?person={known.pk}", given).status_code == 302
    assert [row.member.name for row in group.memberships.all()] == [
        "株式会社こだま電子1",
        "新田 花",
        known.name,
    ]


def test_the_by_laws_are_confirmed(secretary, group, member):
    group.capacity = 1
    group.save()
    url = f"{URL}?new=company"
    assert "定員は1です" in page(secretary, url)
    assert "読んでから、印を付けて" in secretary.client.post(url, COMPANY).content.decode()
    assert secretary.client.post(url, COMPANY | {"confirmed": "on"}).status_code == 302


@pytest.mark.parametrize("count", [1, 15])
def test_as_many_questions_for_many(staff, group, count):
    for number in range(count):
        make_membership(group, company=make_company(name=f"あらた{number}"))
    with CaptureQueriesContext(connection) as asked:
        page(staff, f"{URL}?q=あらた")
    assert len(asked) <= 16
