"""A selection that was made into SQL once answers as it would have been asked anew."""

import datetime

import pytest

from iri_exchange.lib.prepared import Prepared
from members.models import Company, Employment
from tests.factories import make_company, make_person

pytestmark = pytest.mark.django_db
EARLY, LATE = datetime.date(2020, 4, 1), datetime.date(2026, 4, 1)
MADE = []


@Prepared
def employers_of(person: int, day: datetime.date):
    MADE.append(person)
    return Employment.objects.filter(person_id=person, since__lte=day).order_by("since").values("company_id")


def test_each_answer_is_of_what_was_asked_and_as_it_stands():
    old, new = make_company(), make_company()
    someone, other = make_person(), make_person()
    Employment.objects.create(person=someone, company=old, since=EARLY)
    Employment.objects.create(person=other, company=new, since=EARLY)
    assert employers_of.rows(someone.pk, EARLY) == [(old.pk,)]
    assert employers_of.rows(other.pk, EARLY) == [(new.pk,)]
    Employment.objects.create(person=someone, company=new, since=LATE)
    assert employers_of.rows(someone.pk, EARLY) == [(old.pk,)]
    assert employers_of.rows(someone.pk, LATE) == [(old.pk,), (new.pk,)]
    assert len(MADE) == 1


def test_inside_a_condition_it_is_one_query(django_assert_num_queries):
    company, someone = make_company(), make_person()
    make_company()
    Employment.objects.create(person=someone, company=company, since=LATE)
    with django_assert_num_queries(3):
        assert list(Company.objects.filter(pk__in=employers_of.inside(someone.pk, LATE))) == [company]
        assert list(Company.objects.filter(pk__in=employers_of.inside(someone.pk, EARLY))) == []
        assert company not in Company.objects.exclude(pk__in=employers_of.inside(someone.pk, LATE))
