"""/people/<pk>/edit/: correcting a person; one's own record by oneself."""

import datetime

import pytest
from django.urls import reverse

from groups import memberships
from members.models import Consent, Person
from tests.factories import make_membership, make_person

TYPED = {
    "family_name": "濵田", "given_name": "隆", "family_kana": "はまだ", "given_kana": "ﾀｶｼ", "title": "代表取締役",
    "email": "HAMADA@example.jp", "phone": "０９０-1234-5678", "contact_method": "fax", "age_band": "60",
}  # fmt: skip


@pytest.fixture
def url(member) -> str:
    return reverse("person_edit", args=[member.person.pk])


def test_one_corrects_oneself(member, url):
    answer = member.client.post(url, TYPED | {"confirmed": "on"})
    assert (answer.status_code, answer.url) == (302, reverse("person", args=[member.person.pk]))
    person = Person.objects.get(pk=member.person.pk)
    assert (person.name, person.kana, person.email) == ("濵田 隆", "ハマダ タカシ", "hamada@example.jp")
    assert (person.phone, person.confirmed_on) == ("090-1234-5678", datetime.date(2026, 11, 25))
    assert "濵田 隆さんの内容を保存しました。" in member.client.get(answer.url).content.decode()


def test_without_the_tick_the_day_of_confirmation_stays(member, url):
    member.client.post(url, TYPED)
    assert Person.objects.get(pk=member.person.pk).confirmed_on is None


def test_consents_and_contact_of_the_company_are_not_touched(member, url):
    member.client.post(url, TYPED | {"street": "よその1-1", "trade": "よその業", "consent": "no"})
    person = Person.objects.get(pk=member.person.pk)
    assert (person.street, person.trade, Consent.objects.count()) == ("", "", 0)
    assert member.membership.roster_consents.get().answer == "yes"


def test_an_individual_has_an_address_and_a_trade_of_their_own(secretary, group):
    person = make_person()
    make_membership(group, person=person)
    typed = TYPED | {
        "postal_code": "1960033",
        "prefecture": "東京都",
        "city": "昭島市",
        "street": "東町1-1",
        "trade": "技術士",
    }
    assert secretary.client.post(reverse("person_edit", args=[person.pk]), typed).status_code == 302
    person.refresh_from_db()
    assert (person.postal_code, person.address, person.trade) == ("196-0033", "東京都昭島市東町1-1", "技術士")


def test_the_secretary_corrects_also_those_who_are_not_listed(secretary, group):
    membership = make_membership(group, consent="no")
    person = membership.representatives.get().person
    assert secretary.client.post(reverse("person_edit", args=[person.pk]), TYPED).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"family_kana": "濱田"}, "family_kana"),
        ({"email": "濱田@example.jp"}, "email"),
        ({"contact_method": "pigeon"}, "contact_method"),
    ],
)
def test_errors(member, url, wrong, field):
    answer = member.client.post(url, TYPED | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert "1か所、直してください" in answer.content.decode()


def test_who_may(visitor, member, secretary, adviser, staff, outsider, left_member, url):
    actors = (visitor, member, secretary, adviser, staff, outsider, left_member)
    assert [actor.client.get(url).status_code for actor in actors] == [302, 200, 200, 403, 200, 404, 404]
    own = reverse("person_edit", args=[left_member.person.pk])
    assert left_member.client.get(own).status_code == 200


def test_another_member_may_look_but_not_correct(member, group):
    person = make_membership(group, consent="yes").representatives.get().person
    assert member.client.post(reverse("person_edit", args=[person.pk]), TYPED).status_code == 403


def test_the_end_of_the_secretarys_group_as_their_own_ends_the_right(secretary, member, url):
    memberships.leave(membership=member.membership, since=datetime.date(2026, 11, 25), reason="busy")
    assert secretary.client.get(url).status_code == 404


def test_the_form_says_who_sees_it(member, url):
    text = member.client.get(url).content.decode()
    assert "名簿にのせてよいと答えた方と、まだお答えのない方の" in text
