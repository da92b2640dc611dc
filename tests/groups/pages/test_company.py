"""/companies/<pk>/: what each reader may know of a company."""

import datetime

import pytest
from django.urls import reverse

from groups import memberships
from groups.profiles import company_profile
from members.models import Consent, FormerName
from tests.factories import make_company, make_membership, make_person
from tests.strictness import parse_strictly

CONTACT = ["042-500-7777", "042-500-8888", "secret@aoba.example.jp", "東町9-9", "代表花子", "旧青葉"]
TEXTS = {"everyone": "技術はこれ", "members": "連携を求む", "group": "内輪のPR"}


@pytest.fixture
def membership(group):
    company = make_company(
        name="株式会社青葉", street="東町9-9", phone="042-500-7777", fax="042-500-8888", email="secret@aoba.example.jp",
        representative_name="代表花子", url="https://aoba.example.jp/", products="歯車", employees=None,
        strengths=TEXTS["everyone"], strengths_for="public", seeking=TEXTS["members"], seeking_for="members",
        pr=TEXTS["group"], pr_for="group",
    )  # fmt: skip
    FormerName.objects.create(company=company, name="旧青葉", until=datetime.date(2020, 1, 1))
    Consent.objects.create(
        company=company, kind="public_profile", given=True, since=datetime.date(2020, 1, 1)
    )
    person = make_person(family_name="登録", given_name="する子", company=company)
    return make_membership(group, company=company, representatives=[person])


def page(actor, membership) -> str:
    answer = actor.client.get(reverse("company", args=[membership.company_id]))
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def shown(text: str, wanted) -> list[str]:
    return [each for each in wanted if each in text]


@pytest.mark.parametrize(
    ("who", "texts", "contact"),
    [
        ("visitor", ["everyone"], False),
        ("left_member", ["everyone"], False),
        ("outsider", ["everyone", "members"], False),
        ("member", ["everyone", "members", "group"], True),
        ("adviser", ["everyone", "members", "group"], True),
        ("secretary", ["everyone", "members", "group"], True),
        ("staff", ["everyone", "members", "group"], True),
    ],
)
def test_each_circle_sees_its_part(who, texts, contact, request, membership):
    text = page(request.getfixturevalue(who), membership)
    assert shown(text, TEXTS.values()) == [TEXTS[each] for each in texts]
    assert shown(text, CONTACT) == (CONTACT if contact else [])
    assert ("する子" in text, "KY-001" in text) == (contact, contact)
    always = ["株式会社青葉", "歯車", "https://aoba.example.jp/", "東京都昭島市", "けやき会"]
    assert shown(text, always) == always


def test_without_public_consent_it_is_not_found(visitor, outsider, member, staff, membership):
    Consent.objects.all().update(given=False)
    url = reverse("company", args=[membership.company_id])
    assert [actor.client.get(url).status_code for actor in (visitor, outsider, member, staff)] == [
        404,
        404,
        200,
        200,
    ]


def test_who_asked_not_to_be_listed_is_to_the_group_what_it_is_to_others(member, membership):
    memberships.answer_roster_consent(membership=membership, answer="no", since=datetime.date(2026, 11, 1))
    text = page(member, membership)
    assert shown(text, CONTACT) == []
    assert shown(text, TEXTS.values()) == [TEXTS["everyone"], TEXTS["members"]]


def test_who_keeps_the_register_sees_the_contact_that_the_form_shows(secretary, member, membership):
    memberships.answer_roster_consent(membership=membership, answer="no", since=datetime.date(2026, 11, 1))
    text = page(secretary, membership)
    assert shown(text, CONTACT) == CONTACT
    assert "する子" in text
    assert reverse("company_edit", args=[membership.company_id]) in text


def test_a_no_in_one_group_is_not_told_on_the_page(
    visitor, member, outsider, staff, group, other_group, membership
):
    make_membership(other_group, company=membership.company, consent="no", representatives=[])

    def told(actor) -> list[str]:
        answer = actor.client.get(reverse("company", args=[membership.company_id]))
        return [each.membership.group.name for each in answer.context["profile"].groups]

    assert [told(actor) for actor in (visitor, member, outsider)] == [["けやき会"]] * 3
    assert told(staff) == ["けやき会", "みなと会"]


def test_outsiders_learn_the_group_and_not_whether_the_company_rests(visitor, outsider, member, membership):
    memberships.rest(membership=membership, since=datetime.date(2026, 11, 1))
    for actor, told in ((visitor, False), (outsider, False), (member, True)):
        assert ("休会" in page(actor, membership)) == told


def test_company_only_hides_the_people(member, membership):
    memberships.answer_roster_consent(
        membership=membership, answer="company", since=datetime.date(2026, 11, 1)
    )
    text = page(member, membership)
    assert shown(text, CONTACT) == CONTACT
    assert "する子" not in text


def test_staff_see_what_is_missing_and_the_way_to_fill_it(staff, member, membership):
    text = page(staff, membership)
    assert "従業員数（人）" in text
    assert reverse("company_edit", args=[membership.company_id]) in text
    assert reverse("company_history", args=[membership.company_id]) in text
    assert "未確認" not in page(member, membership)


def test_only_staff_see_groups_it_has_left(staff, visitor, membership):
    memberships.leave(membership=membership, since=datetime.date(2026, 11, 1), reason="busy")
    assert "けやき会" in page(staff, membership)
    assert "けやき会" not in page(visitor, membership)


def test_the_number_of_queries_is_bounded(staff, membership, django_assert_max_num_queries):
    for _ in range(10):
        make_person(company=membership.company)
    with django_assert_max_num_queries(8):
        company_profile(membership.company, staff.user)
