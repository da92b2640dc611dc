"""The people who attend for a company: successor, second contact, order, days, on pages."""

import datetime

import pytest

from groups import representing
from groups.models import Representative
from members.models import Person
from tests.factories import make_officer, make_person
from tests.groups.pages.test_membership import page, url_of

TODAY, TOMORROW = datetime.date(2026, 11, 25), datetime.date(2026, 11, 26)


@pytest.fixture
def term(member) -> Representative:
    return member.membership.representatives.get()


def test_a_successor_is_written_down_anew(secretary, term, group):
    make_officer(group, term.person, role="chair")
    membership, url = term.membership, f"/representatives/{term.pk}/successor/"
    assert url in page(secretary, url_of(membership, "representatives/"))
    shown = page(secretary, url)
    assert "代表幹事" in shown
    given = {
        "last_day": "2026-11-25",
        "offices": [office.pk for office in representing.offices_of(term)],
        "family_name": "後藤",
        "given_name": "継子",
        "family_kana": "ごとう",
        "title": "課長",
        "email": "goto@example.jp",
    }
    answer = secretary.client.post(url, given)
    assert answer.url == url_of(membership, "representatives/")
    new = membership.representatives.get(until=None)
    assert (new.rank, new.since, new.person.name, new.person.family_kana, new.person.title) == (
        1,
        TOMORROW,
        "後藤 継子",
        "ゴトウ",
        "課長",
    )
    assert term.person.officer_terms.get().until == TODAY
    assert "後藤 継子" in page(secretary, answer.url)


def test_a_successor_is_chosen_among_the_company_s_people(staff, secretary, term):
    colleague = make_person(company=term.membership.company)
    url = f"/representatives/{term.pk}/successor/"
    assert colleague.name in page(staff, url)
    assert colleague.name not in page(secretary, url)
    both = staff.client.post(url, {"last_day": "2026-11-25", "person": colleague.pk, "family_name": "後藤"})
    assert "どちらか1つに" in both.content.decode()
    assert staff.client.post(url, {"last_day": "2026-11-25", "person": colleague.pk}).status_code == 302
    assert term.membership.representatives.get(until=None).person == colleague


def test_nobody_is_written_down_twice_by_mistake(staff, term):
    colleague = make_person(company=term.membership.company)
    url, given = url_of(term.membership, "representatives/new/"), {"since": "2026-11-25"}
    named = {"family_name": colleague.family_name, "given_name": colleague.given_name}
    refused = staff.client.post(url, given | named).content.decode()
    assert f"{colleague.name}さんは、名簿にいます" in refused
    assert staff.client.post(url, given | named | {"another": "on"}).status_code == 302
    assert (
        Person.objects.filter(family_name=colleague.family_name, given_name=colleague.given_name).count() == 2
    )
    nobody = staff.client.post(url, given).content.decode()
    assert "名簿から選ぶか、お名前を書いてください" in nobody


def test_a_second_contact_and_no_third(secretary, term):
    membership, url = term.membership, url_of(term.membership, "representatives/new/")
    assert url in page(secretary, url_of(membership, "representatives/"))
    assert secretary.client.post(url, {"since": "R8.11.25", "family_name": "後藤"}).status_code == 302
    assert url not in page(secretary, url_of(membership, "representatives/"))
    third = secretary.client.post(url, {"since": "R8.11.25", "family_name": "佐野"}).content.decode()
    assert "登録者は1社2名までです" in third
    assert "佐野" in third
    assert not Person.objects.filter(family_name="佐野").exists()


def test_the_second_becomes_the_first(secretary, term):
    second = representing.add(membership=term.membership, person=make_person(), since=TODAY)
    url = f"/representatives/{second.pk}/first/"
    assert url in page(secretary, url_of(term.membership, "representatives/"))
    secretary.client.post(url)
    second.refresh_from_db()
    assert second.rank == 1
    secretary.client.post(url)
    assert "もう1人目の連絡先です" in page(secretary, url_of(term.membership, "representatives/"))


def test_a_term_ends_is_corrected_and_taken_back(secretary, term):
    url = f"/representatives/{term.pk}/end/"
    assert secretary.client.post(url, {"last_day": "2026-11-20"}).status_code == 302
    wrong = secretary.client.post(url, {"days": "1", "days-since": "2026-11-30", "days-until": "2026-11-20"})
    assert "終わりの日を、始まりの日より後に" in wrong.content.decode()
    right = {"days": "1", "days-since": "2013-05-01", "days-until": "2026-11-19"}
    assert secretary.client.post(url, right).status_code == 302
    term.refresh_from_db()
    assert (term.since, term.until) == (datetime.date(2013, 5, 1), datetime.date(2026, 11, 19))
    mistake = representing.add(membership=term.membership, person=make_person(), since=TOMORROW)
    assert "登録を取り消す" in page(secretary, f"/representatives/{mistake.pk}/end/")
    assert secretary.client.post(f"/representatives/{mistake.pk}/withdraw/").status_code == 302
    assert term.membership.representatives.get() == term


def test_the_last_officer_is_confirmed(secretary):
    term = secretary.membership.representatives.get()
    office = secretary.person.officer_terms.get()
    url, given = f"/representatives/{term.pk}/end/", {"last_day": "2026-11-30", "offices": [office.pk]}
    assert "ほかに役員がいない" in secretary.client.post(url, given).content.decode()
    assert secretary.client.post(url, given | {"confirmed": "on"}).status_code == 302
    office.refresh_from_db()
    assert office.until == datetime.date(2026, 11, 30)
