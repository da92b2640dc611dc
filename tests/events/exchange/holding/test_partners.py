"""The partner corporation's people: welcomed once, ended at once."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events.exchange.holding import partners
from events.models import PartnerTerm
from events.partners import is_partner
from members.models import User
from tests.exchange_factories import make_partner
from tests.factories import make_person

TODAY = datetime.date(2026, 11, 25)


def test_nobody_is_welcomed_twice(staff, outsider):
    partners.welcome(person=outsider.person, email="", since=TODAY, by=staff.user)
    with pytest.raises(ValidationError, match="もう公社の担当"):
        partners.welcome(person=outsider.person, email="", since=TODAY, by=staff.user)
    assert PartnerTerm.objects.count() == 1


def test_without_an_address_there_is_no_term(staff):
    with pytest.raises(ValidationError, match="メールアドレスを入れて"):
        partners.welcome(person=make_person(email=""), email="", since=TODAY, by=staff.user)
    assert not PartnerTerm.objects.exists()


@pytest.mark.parametrize("since", [datetime.date(2020, 4, 1), TODAY, datetime.date(2027, 4, 1)])
def test_it_ends_at_this_moment(staff, outsider, since):
    term = make_partner(outsider.person, since)
    partners.end(term=term, by=staff.user)
    assert not is_partner(User.objects.get(pk=outsider.user.pk))
    assert not PartnerTerm.objects.exclude(until__lt=TODAY).exists()


def test_what_ended_does_not_end_again(staff, outsider):
    term = make_partner(outsider.person)
    partners.end(term=term, by=staff.user)
    with pytest.raises(ValidationError, match="もう終わって"):
        partners.end(term=term, by=staff.user)
