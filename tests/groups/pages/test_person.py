"""/people/<pk>/: what each reader may know of a person."""

import datetime

import pytest
from django.urls import reverse

from groups import memberships
from members.models import Consent
from tests.factories import make_membership, make_officer, make_person
from tests.strictness import parse_strictly

CONTACT = ["hidden@example.jp", "090-1234-5678"]
PRIVATE = ["連絡手段", "50代", "最終確認"]


@pytest.fixture
def someone(group, member):
    """Represents the member's company, too."""
    person = make_person(
        family_name="葛󠄀西", given_name="𠮷雄", title="工場長", email=CONTACT[0], phone=CONTACT[1], age_band="50",
        company=member.membership.company,
    )  # fmt: skip
    memberships.add_representative(
        membership=member.membership, person=person, since=datetime.date(2020, 4, 1)
    )
    return person


def page(actor, person) -> str:
    answer = actor.client.get(reverse("person", args=[person.pk]))
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def shown(text: str, wanted) -> list[str]:
    return [each for each in wanted if each in text]


def test_members_of_the_group_see_name_work_and_contact(member, adviser, someone):
    for actor in (member, adviser):
        text = page(actor, someone)
        assert shown(text, ["葛󠄀西 𠮷雄", "工場長", "けやき会", "登録者", *CONTACT, *PRIVATE]) == [
            "葛󠄀西 𠮷雄", "工場長", "けやき会", "登録者", *CONTACT,
        ]  # fmt: skip


def test_staff_see_everything_and_what_is_missing(staff, someone):
    text = page(staff, someone)
    assert shown(text, [*CONTACT, *PRIVATE]) == [*CONTACT, *PRIVATE]
    assert "未確認" in text
    assert reverse("person_history", args=[someone.pk]) in text


def test_one_sees_oneself(member, left_member, outsider):
    for actor in (member, left_member, outsider):
        text = page(actor, actor.person)
        assert shown(text, PRIVATE) == ["連絡手段", "最終確認"]
        assert actor.person.email in text


@pytest.mark.parametrize("who", ["visitor", "outsider", "left_member"])
def test_others_find_nobody(who, request, someone):
    url = reverse("person", args=[someone.pk])
    assert request.getfixturevalue(who).client.get(url).status_code == 404


@pytest.mark.parametrize("answer", ["company", "no"])
def test_consent_hides_a_person_but_not_an_officer(answer, group, adviser, someone, member):
    memberships.answer_roster_consent(
        membership=member.membership, answer=answer, since=datetime.date(2026, 11, 1)
    )
    url = reverse("person", args=[someone.pk])
    assert adviser.client.get(url).status_code == 404
    make_officer(group, someone, role="auditor")
    text = page(adviser, someone)
    assert "監査" in text
    assert shown(text, CONTACT) == []
    assert "この方の連絡先は、グループの名簿に出していません" in text


def test_the_company_behind_an_officer_stays_unknown_if_it_asked_so(member, secretary, staff, group):
    membership = make_membership(group, consent="no")
    company = membership.company
    person = membership.representatives.get().person
    make_officer(group, person, role="auditor")
    Consent.objects.create(
        company=company, kind="public_profile", given=True, since=datetime.date(2020, 1, 1)
    )
    assert shown(page(member, person), [company.name, "登録者"]) == []
    for actor in (secretary, staff):
        assert shown(page(actor, person), [company.name, "登録者"]) == [company.name, "登録者"]


def test_an_adviser_is_known_to_the_group_by_name_and_title(member, outsider, adviser):
    person = adviser.person
    person.title, person.department, person.products, person.phone = "技術士", "研究部", "設計", CONTACT[1]
    person.save()
    text = page(member, person)
    assert shown(text, [person.name, "助言者", "技術士", "研究部", "設計", person.email, CONTACT[1]]) == [
        person.name, "助言者", "技術士",
    ]  # fmt: skip
    assert outsider.client.get(reverse("person", args=[person.pk])).status_code == 404
    assert reverse("person", args=[person.pk]) in member.client.get("/groups/keyaki/").content.decode()


def test_other_groups_of_a_person_stay_unknown(member, staff, other_group, someone):
    make_membership(other_group, representatives=[someone])
    assert "みなと会" not in page(member, someone)
    assert "みなと会" in page(staff, someone)


def test_a_company_the_reader_does_not_see_is_no_link(member, outsider, group):
    person = make_person(company=outsider.membership.company)
    make_membership(group, person=person)
    url = reverse("company", args=[outsider.membership.company_id])
    assert shown(page(member, person), [url, outsider.membership.company.name]) == []
    assert url in page(outsider, outsider.person)
