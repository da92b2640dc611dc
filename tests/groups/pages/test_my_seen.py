"""/my/seen/ and /people/<pk>/seen/: what others see of a person, as the rules say it to a real reader."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups import memberships
from groups.seen import views_of
from members.consents import answer_consent
from tests.conftest import log_in
from tests.factories import make_application, make_group, make_membership, make_person, make_round
from tests.groups.pages.test_group_exports import words
from tests.groups.pages.test_my_consent import later_on

TODAY = datetime.date(2026, 11, 25)
OUTSIDE, OTHER, GROUP, OFFICER, STAFF = range(5)


@pytest.fixture
def known(member):
    """A member about whom everything is written down that a page may tell."""
    person = member.person
    person.department, person.phone, person.age_band = "営業部", "042-511-7788", "50"
    person.title = "工場長"
    person.save()
    company = member.membership.company
    company.email, company.fax = "kaisha@example.jp", "042-511-9900"
    company.save()
    return member


def table(person) -> dict[str, tuple[bool, ...]]:
    (view,) = views_of(person)
    return {fact.label: fact.seen for fact in view.facts}


def listed(person) -> dict[str, tuple[str, ...]]:
    (view,) = views_of(person)
    return {each.label: each.told for each in view.lists}


def test_who_said_yes_is_seen_by_the_group_and_by_staff(known):
    within, staff = (False, False, True, True, True), (False, False, False, False, True)
    assert table(known.person) == {
        "氏名": within,
        "フリガナ": within,
        "役職": within,
        "部署": within,
        "本人の電話": within,
        "本人のメール": within,
        "連絡手段の希望": staff,
        "年代": staff,
        "この企業の方であること": within,
        "企業のページ": within,
        "企業の連絡先": within,
    }
    (view,) = views_of(known.person)
    assert view.readers == (
        "どなたでも",
        "ほかのグループの会員",
        "このグループの会員",
        "このグループの役員",
        "事務局の職員",
    )
    public, members, office = view.lists
    assert (public.told, members.company_only, "参加者氏名" in office.told) == ((), False, True)
    assert set(members.readers) == {"このグループの会員", "このグループの役員", "事務局の職員"}
    assert office.readers == ("このグループの役員", "事務局の職員")


@pytest.mark.parametrize(
    ("answer", "name", "company", "members_list"),
    [
        ("yes", [GROUP, OFFICER, STAFF], [GROUP, OFFICER, STAFF], "person"),
        ("company", [OFFICER, STAFF], [GROUP, OFFICER, STAFF], "company"),
        ("no", [OFFICER, STAFF], [OFFICER, STAFF], ""),
    ],
)
def test_each_answer_to_the_roster_changes_what_is_seen(known, answer, name, company, members_list):
    memberships.answer_roster_consent(membership=known.membership, answer=answer, since=TODAY)
    seen = table(known.person)
    assert [who for who in range(5) if seen["氏名"][who]] == name
    assert [who for who in range(5) if seen["本人のメール"][who]] == name
    assert [who for who in range(5) if seen["企業のページ"][who]] == company
    told = listed(known.person)["会員用の名簿"]
    assert ("企業名" in told, "参加者氏名" in told) == (bool(members_list), members_list == "person")


def test_an_agreed_public_profile_opens_the_company_and_nobody_in_it(known):
    company = known.membership.company
    answer_consent(kind="public_profile", given=True, since=TODAY, company=company)
    seen = table(known.person)
    assert seen["企業のページ"] == (True,) * 5
    assert seen["企業の連絡先"] == seen["氏名"] == (False, False, True, True, True)
    assert set(listed(known.person)["公開用の名簿"]) == {"企業名", "企業名フリガナ", "業種"}


@pytest.mark.parametrize("answer", ["", "yes", "company", "no"])
@pytest.mark.parametrize("public", [True, False])
def test_the_table_says_what_real_readers_find(
    known, visitor, outsider, secretary, staff, group, answer, public
):
    """The proof that there is no second truth: the pages themselves, opened by those the stand-ins stand for."""
    person, company = known.person, known.membership.company
    if answer:
        memberships.answer_roster_consent(membership=known.membership, answer=answer, since=TODAY)
    answer_consent(kind="public_profile", given=public, since=TODAY, company=company)
    mate = make_membership(group, consent="yes").representatives.get().person
    seen = table(person)
    readers = [visitor, outsider, log_in(mate), secretary, staff]
    for place, reader in enumerate(readers):
        page = reader.client.get(reverse("person", args=[person.pk]))
        shown = page.content.decode() if page.status_code == 200 else ""
        assert {
            "氏名": person.name in shown,
            "本人のメール": person.email in shown,
            "本人の電話": person.phone in shown,
            "部署": person.department in shown,
            "年代": person.get_age_band_display() in shown,
            "この企業の方であること": company.name in shown,
        } == {
            label: seen[label][place]
            for label in ("氏名", "本人のメール", "本人の電話", "部署", "年代", "この企業の方であること")
        }, place
        of_company = reader.client.get(reverse("company", args=[company.pk]))
        told = of_company.content.decode() if of_company.status_code == 200 else ""
        assert (company.name in told, company.fax in told) == (
            seen["企業のページ"][place],
            seen["企業の連絡先"][place],
        ), place


def test_an_officer_without_a_membership_and_who_is_in_no_group(group, staff):
    from tests.factories import make_officer

    person = make_person()
    make_officer(group, person)
    (view,) = views_of(person)
    assert [who for who in range(5) if view.facts[0].seen[who]] == [GROUP, OFFICER, STAFF]
    assert view.lists[1].told == ("会の役職", "氏名")
    (outside,) = views_of(staff.person)
    assert (outside.group, outside.readers) == (None, ("どなたでも", "ほかのグループの会員", "事務局の職員"))
    assert outside.facts[0].seen == (False, False, True)


def test_as_many_queries_for_three_groups_as_for_one(member):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert member.client.get(reverse("my_seen")).status_code == 200
        return len(queries)

    for_one = asked()
    for number in (2, 3):
        make_membership(
            make_group(name=f"第{number}の会"),
            company=member.membership.company,
            representatives=[member.person],
        )
    assert len(views_of(member.person)) == 3
    assert asked() == for_one


def test_staff_see_it_of_everybody_and_nobody_else_does(member, secretary, outsider, staff, visitor):
    url = reverse("person_seen", args=[member.person.pk])
    page = staff.client.get(url)
    assert "お答えを変えるのは、ご本人です" in words(page)
    assert reverse("my_consent", args=["mail"]) not in page.content.decode()
    answers = [actor.client.get(url).status_code for actor in (member, secretary, outsider, visitor)]
    assert answers == [200, 403, 404, 302]


def test_it_is_linked_where_one_looks_for_it(member, staff):
    assert reverse("my_seen") in member.client.get(reverse("my_page")).content.decode()
    own, theirs = (
        actor.client.get(reverse("person", args=[member.person.pk])).content.decode()
        for actor in (member, staff)
    )
    assert (reverse("my_seen") in own, reverse("person_seen", args=[member.person.pk]) in theirs) == (
        True,
        True,
    )


def test_who_has_left_still_reads_what_was_answered(known):
    membership = known.membership
    answer_consent(kind="public_profile", given=True, since=TODAY, company=membership.company)
    memberships.leave(membership=membership, since=TODAY, reason="busy")
    page = words(later_on(known.person).client.get(reverse("my_seen")))
    assert "まだ一度も伺っていません" not in page
    assert f"「{membership.group.name}の名簿にのせること」に、のせてよい" in page
    assert "「企業の紹介をどなたにも公開すること」に、同意する" in page


def test_what_a_successor_answers_is_not_read_by_who_went_before(known):
    membership = known.membership
    term = membership.representatives.get()
    term.until = TODAY - datetime.timedelta(days=1)
    term.save()
    successor = make_person()
    memberships.add_representative(membership=membership, person=successor, since=TODAY)
    answer_consent(kind="public_profile", given=True, since=TODAY, company=membership.company)
    before, after = (words(later_on(one).client.get(reverse("my_seen"))) for one in (known.person, successor))
    label = "「企業の紹介をどなたにも公開すること」"
    assert (label in before, label in after) == (False, True)


def test_the_application_is_told_of_to_who_attends_for_the_company(known, outsider):
    make_application(make_round(), state="accepted", membership=known.membership, name="株式会社おうぼ")
    told, not_told = (words(one.client.get(reverse("my_seen"))) for one in (known, outsider))
    assert "株式会社おうぼ 受付番号 2026-001" in told
    assert "応募のときに書いていただいたこと" not in not_told
