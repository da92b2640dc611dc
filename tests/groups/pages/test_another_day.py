"""The same pages as of another day: groups, a group, its officers, companies, and the office's list of members."""

import datetime

import pytest

from groups import lifecycle, memberships
from groups.models import Group
from members import consents
from tests.factories import make_adviser, make_company, make_group, make_membership, make_officer, make_person
from tests.strictness import parse_strictly

THEN = {"date": "H30.4.1"}
BEFORE = datetime.date(2015, 4, 1)
AFTER = datetime.date(2020, 4, 1)


def opened(actor, url, **asked):
    answer = actor.client.get(url, asked)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer


def join(group, name, on=BEFORE, left=None, **fields):
    company = make_company(name=name)
    person = make_person(family_name=name, given_name="", company=company)
    membership = make_membership(group, company=company, representatives=[person], on=on, **fields)
    if left:
        memberships.leave(membership=membership, since=left, reason="busy")
    return membership


@pytest.fixture
def lived(group):
    """In April 2018 に: 残る社 and 去る社 were members, 去田 its 代表幹事, 前導 its adviser, 新しい社 not yet."""
    stays = join(group, "残る社", consent="yes")
    leaves = join(group, "去る社", left=AFTER)
    join(group, "新しい社", on=AFTER)
    join(group, "伏せる社", consent="no")
    leader = leaves.representatives.get().person
    make_officer(group, leader, role="chair", since=BEFORE, until=AFTER)
    make_officer(group, stays.representatives.get().person, role="board", since=BEFORE)
    make_adviser(
        group, make_person(family_name="前導", given_name=""), since=BEFORE, until=datetime.date(2019, 3, 31)
    )
    return group


def test_the_list_of_groups(visitor, lived):
    gone = make_group(name="おわった会", founded_year=2000, since=datetime.date(2001, 4, 1))
    lifecycle.move(group=gone, to=Group.Stage.DISSOLVED, since=AFTER)
    make_group(name="あとの会", founded_year=2020, since=datetime.date(2021, 4, 1))
    answer = opened(visitor, "/groups/", **THEN)
    found = {group.name: (group.stage, group.member_count) for group in answer.context["groups"]}
    assert found == {"おわった会": ("self_managed", 0), "けやき会": ("self_managed", 3)}
    text = answer.content.decode()
    assert "平成30年4月1日の時点</b>です" in text
    assert f'href="/groups/{lived.slug}/?date=2018-04-01"' in text
    today = opened(visitor, "/groups/")
    assert {group.name for group in today.context["groups"]} == {"けやき会", "あとの会"}
    assert "の時点</b>です" not in today.content.decode()
    unread = opened(visitor, "/groups/", date="きのう")
    assert "「きのう」は日付として読めません" in unread.content.decode()
    assert [group.name for group in opened(visitor, "/groups/", date="H11.4.1").context["groups"]] == []


def test_the_page_of_a_group(visitor, member, secretary, lived):
    url = f"/groups/{lived.slug}/"
    for actor in (visitor, member, secretary):
        answer = opened(actor, url, **THEN)
        assert (answer.context["member_count"], answer.context["stage"]) == (5, "self_managed")
    named = {
        actor: [seat.person and seat.person.name for seat in opened(actor, url, **THEN).context["officers"]]
        for actor in (visitor, member, secretary)
    }
    assert named == {
        visitor: [None, None, None],
        member: [None, "残る社", secretary.person.name],
        secretary: ["去る社", "残る社", secretary.person.name],
    }
    assert [seat.company for seat in opened(visitor, url, **THEN).context["officers"]] == [None] * 3
    assert "前導" not in opened(member, url, **THEN).content.decode()
    assert "前導" in opened(secretary, url, **THEN).content.decode()
    assert opened(visitor, url, date="H24.8.1").context["stage"] == "launched"
    assert "日付として読めません" in opened(visitor, url, date="x").content.decode()
    assert f"/groups/{lived.slug}/members/?date=2018-04-01" in opened(member, url, **THEN).content.decode()


def test_the_officers(member, secretary, lived):
    url = f"/groups/{lived.slug}/officers/"

    def roles(actor):
        shown = opened(actor, url, **THEN).context["now"]
        return [(one.term.get_role_display(), one.person and one.person.name) for one in shown]

    own = ("事務局", secretary.person.name)
    assert roles(secretary) == [("代表幹事", "去る社"), ("幹事", "残る社"), own]
    assert roles(member) == [("代表幹事", None), ("幹事", "残る社"), own]
    assert "この日の役員は、登録されていません" in opened(member, url, date="H10.4.1").content.decode()


def test_the_companies(visitor, member, staff, lived):
    for name in ("去る社", "残る社", "新しい社"):
        company = lived.memberships.get(company__name=name).company
        consents.answer_consent(
            kind="public_profile", given=True, since=datetime.date(2013, 4, 1), company=company
        )

    def names(actor, **asked):
        answer = opened(actor, "/companies/", **asked)
        return {company.name for company in answer.context["page"] if not company.name.startswith("株式会社")}

    assert names(visitor, **THEN) == {"残る社"}
    assert names(member, **THEN) == {"残る社"}
    assert names(staff, **THEN) == {"残る社", "去る社", "伏せる社"}
    assert names(staff, group=lived.slug, **THEN) == {"残る社", "去る社", "伏せる社"}
    assert names(visitor) == {"残る社", "新しい社"}
    lines = opened(staff, "/companies/", **THEN).context["lines"]
    assert [groups for one, groups in lines if one.name == "去る社"] == [[(lived.slug, lived.name)]]


def test_the_office_list_of_members(staff, lived):
    def names(**asked):
        page = opened(staff, "/office/members/", **asked).context["page"]
        return {str(membership.company): membership.status for membership in page}

    assert names(**THEN) == {"残る社": "active", "去る社": "active", "伏せる社": "active"}
    assert set(names()) == {"残る社", "新しい社", "伏せる社"}
    assert names(status="left", date="R2.4.1") == {"去る社": "left"}
    assert names(status="left", **THEN) == {}


def test_who_has_left_is_listed_to_the_secretary_without_a_page(secretary, staff, lived):
    gone = lived.memberships.get(company__name="去る社").company
    url, link = f"/groups/{lived.slug}/members/", f'href="/companies/{gone.pk}/"'
    assert secretary.client.get(f"/companies/{gone.pk}/").status_code == 404
    pages = {actor: opened(actor, url, **THEN).content.decode() for actor in (secretary, staff)}
    assert all("去る社" in page for page in pages.values())
    assert [actor for actor, page in pages.items() if link in page] == [staff]
