"""The directory's verbs."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from members import directory
from members.models import Company, FormerName, Person
from tests.factories import make_company, make_person

DAY = datetime.date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def test_names_are_kept_to_the_code_point():
    company = directory.register_company(name="株式会社髙﨑葛󠄀𠮷德", kana="タカサキ")
    assert Company.objects.get(pk=company.pk).name == "株式会社髙﨑葛󠄀𠮷德"


def test_a_company_needs_a_name_only_and_nothing_is_half_written():
    directory.register_company(name="名前だけ社")
    with pytest.raises(ValidationError):
        directory.register_company(name="", kana="アオバ")
    with pytest.raises(ValidationError):
        directory.register_person(family_name="", since=DAY)
    assert (Company.objects.count(), Person.objects.count()) == (1, 0)


def test_a_person_belongs_to_a_company_from_a_day_on():
    company = make_company()
    person = directory.register_person(family_name="濵田", company=company, since=DAY)
    assert person.company_on(DAY - datetime.timedelta(days=1)) is None
    assert person.company_on(DAY) == company


def test_renaming_keeps_the_old_name_and_its_kana():
    company = make_company(name="青葉製作所", kana="アオバセイサクショ")
    directory.rename_company(company=company, name="株式会社わかば", kana="ワカバ", on=DAY)
    kept = FormerName.objects.get()
    assert (kept.name, kept.kana, kept.until) == ("青葉製作所", "アオバセイサクショ", DAY)
    assert Company.objects.get().name == "株式会社わかば"


def test_a_correction_keeps_no_former_name():
    company = make_company(name="青場製作所")
    company.name = "青葉製作所"
    directory.change_company(company=company)
    assert (Company.objects.get().name, FormerName.objects.count()) == ("青葉製作所", 0)


def test_an_unchanged_name_is_no_former_name():
    company = make_company()
    directory.change_company(company=company, keep_old_name_until=DAY)
    assert FormerName.objects.count() == 0


def test_of_two_changes_on_a_day_the_first_name_is_kept():
    company = make_company(name="いちばん")
    for name in ("にばん", "さんばん"):
        company.name = name
        directory.change_company(company=company, keep_old_name_until=DAY)
    assert (Company.objects.get().name, FormerName.objects.get().name) == ("さんばん", "いちばん")


def test_the_history_tells_what_changed():
    company = make_company(name="いちばん")
    company.name = "にばん"
    directory.change_company(company=company)
    assert list(company.history.values_list("name", "history_type")) == [("にばん", "~"), ("いちばん", "+")]


def test_a_confirmed_person_bears_the_day():
    person = make_person()
    assert directory.change_person(person=person).confirmed_on is None
    assert directory.change_person(person=person, confirmed_on=DAY).confirmed_on == DAY
    assert directory.change_person(person=person).confirmed_on == DAY
