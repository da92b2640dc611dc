"""/joint/<year>/partner/ and /groups/<slug>/joint/<year>/: each sees and enters its own people, and nobody else's."""

import pytest

from events.exchange.inviting import sending
from events.models import JointExchange, Registration
from tests.conftest import log_in
from tests.exchange_factories import (
    make_exchange,
    make_partner,
    make_partner_group,
    make_registration,
)
from tests.factories import make_membership, make_person

PARTNER, GROUP = "/joint/2026/partner/", "/groups/keyaki/joint/2026/"


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange()


@pytest.fixture
def partner(db):
    person = make_person(family_name="公社", given_name="花子")
    make_partner(person)
    return log_in(person)


@pytest.fixture
def theirs(exchange) -> Registration:
    return make_registration(exchange, "公社組 太郎", kind="partner", partner_group=make_partner_group())


def text(answer) -> str:
    return answer.content.decode()


def test_the_partner_sees_its_own_only(partner, exchange, theirs, group):
    make_registration(exchange, "秘密 会員", kind="member", group=group)
    make_registration(exchange, "秘密 一般")
    page = text(partner.client.get(PARTNER))
    assert ("公社組 太郎" in page, "秘密" in page) == (True, False)


def test_the_partner_enters_puts_right_and_cancels(partner, exchange):
    group = make_partner_group()
    given = {"partner_group": group.pk, "name": "新規 一郎", "affiliation": "新規商事", "wants_tables": "on"}
    assert partner.client.post(f"{PARTNER}new/", given).url == PARTNER
    row = Registration.objects.get()
    assert (row.kind, row.state, row.source, row.entered_by) == (
        "partner", "confirmed", "partner", partner.user,
    )  # fmt: skip
    edit = f"/joint/partner/{row.pk}/edit/"
    version = partner.client.get(edit).context["form"].record_version
    partner.client.post(edit, given | {"name": "新規 市郎", "record-version": version})
    assert Registration.objects.get().name == "新規 市郎"
    assert "取り消します" in text(partner.client.get(f"/joint/partner/{row.pk}/cancel/"))
    partner.client.post(f"/joint/partner/{row.pk}/cancel/")
    assert Registration.objects.get().state == "cancelled"


def test_after_the_period_the_partner_changes_nothing(partner, exchange, theirs):
    JointExchange.objects.update(registration_until=exchange.registration_from.replace(hour=23))
    assert "入れたり直したりできません" in text(partner.client.get(PARTNER))
    given = {"partner_group": theirs.partner_group_id, "name": "遅れ 一郎"}
    assert "受け付けていません" in text(partner.client.post(f"{PARTNER}new/", given))
    version = partner.client.get(f"/joint/partner/{theirs.pk}/edit/").context["form"].record_version
    refused = partner.client.post(f"/joint/partner/{theirs.pk}/edit/", given | {"record-version": version})
    assert "期間が終わっている" in text(refused)
    partner.client.post(f"/joint/partner/{theirs.pk}/cancel/")
    row = Registration.objects.get()
    assert (row.name, row.state) == ("公社組 太郎", "confirmed")


def test_nobody_but_the_partner_and_the_office(exchange, theirs, member, secretary, visitor, staff):
    asked = [actor.client.get(PARTNER).status_code for actor in (member, secretary, visitor, staff)]
    assert asked == [403, 403, 302, 200]
    assert secretary.client.get(f"/joint/partner/{theirs.pk}/edit/").status_code == 404


def test_a_member_is_none_of_the_partners(partner, staff, exchange):
    row = make_registration(exchange, kind="member")
    assert partner.client.get(f"/joint/partner/{row.pk}/edit/").status_code == 404
    assert staff.client.get(f"/joint/partner/{row.pk}/edit/").status_code == 404


def test_the_officers_see_their_own_people(exchange, member, secretary, outsider, staff):
    sending.invite(exchange=exchange, by=staff.user)
    page = secretary.client.get(GROUP)
    assert sorted(line.name for line in page.context["lines"]) == sorted(
        [member.person.name, secretary.person.name]
    )
    assert outsider.person.name not in text(page)
    asked = [actor.client.get(GROUP).status_code for actor in (member, outsider, staff)]
    assert asked == [403, 403, 200]


def test_one_tap_for_one_member(exchange, group, member, secretary):
    done = secretary.client.post(f"{GROUP}enter/", {"person": member.person.pk, "answer": "yes"}, follow=True)
    assert f"{member.person.name}さんを「受付」にしました" in text(done)
    row = Registration.objects.get()
    assert (row.person, row.group, row.source) == (member.person, group, "group")
    again = secretary.client.post(f"{GROUP}enter/", {"person": member.person.pk, "answer": "no"}, follow=True)
    assert "もうお返事があります" in text(again)
    assert Registration.objects.get().state == "confirmed"


@pytest.mark.parametrize("person", ["", "x", "999999", "-1", "99999999999999"])
def test_nobody_of_the_group(exchange, secretary, person):
    page = secretary.client.post(f"{GROUP}enter/", {"person": person, "answer": "yes"}, follow=True)
    assert ("いまグループの一覧にいません" in text(page), Registration.objects.count()) == (True, 0)


def test_a_draft_is_not_there_for_officers(exchange, secretary):
    JointExchange.objects.update(state="draft")
    assert secretary.client.get(GROUP).status_code == 404


def test_thirty_members_cost_what_two_cost(exchange, group, secretary, django_assert_max_num_queries):
    secretary.client.get(GROUP)
    with django_assert_max_num_queries(25) as few:
        secretary.client.get(GROUP)
    for _ in range(30):
        make_membership(group)
    with django_assert_max_num_queries(25) as many:
        page = secretary.client.get(GROUP)
    assert (len(page.context["lines"]), len(many)) == (31, len(few))


def test_the_public_page_leads_those_who_enter_others_there(
    exchange, partner, secretary, member, visitor, staff
):
    def leads(actor) -> list[bool]:
        page = text(actor.client.get("/joint/2026/"))
        return [address in page for address in (PARTNER, GROUP)]

    assert {actor: leads(who) for actor, who in {
        "partner": partner, "secretary": secretary, "member": member, "visitor": visitor, "staff": staff,
    }.items()} == {
        "partner": [True, False],
        "secretary": [False, True],
        "member": [False, False],
        "visitor": [False, False],
        "staff": [False, False],
    }  # fmt: skip


def test_the_partners_group_is_asked_for_as_needed(partner, exchange):
    page = text(partner.client.post(PARTNER + "new/", {"name": "公社 太郎"}))
    assert (
        page.count("公社のグループの方は、公社のグループを選んでください。") == 2
    )  # in the summary and beside it
    assert not Registration.objects.exists()


def test_the_partners_own_page_speaks_of_no_roster_and_no_groups(partner, exchange):
    page = text(partner.client.get("/my/"))
    assert "公社のグループの方を申し込む" in page
    assert "名簿にのっているご自分の内容" not in page
    assert "わたしのグループ" not in page


def test_after_the_period_the_partner_is_told_that_it_only_sees(partner, exchange):
    assert "参加する方を入れ、直し、取り消せます" in text(partner.client.get("/joint/2026/"))
    JointExchange.objects.update(state="held")
    assert "公社のグループから申し込んだ方を見られます" in text(partner.client.get("/joint/2026/"))
