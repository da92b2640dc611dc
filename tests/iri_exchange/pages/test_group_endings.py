"""休止・再開・解散: the pages show what will happen, ask once more for another day, and lead to the group."""

import datetime

import pytest
from django.contrib.messages import get_messages

from groups.models import Dissolution
from iri_exchange.office.endings import resting
from members.models import Letter
from tests.factories import make_group, make_meeting, make_membership
from tests.strictness import parse_strictly

TODAY = "2026-11-25"
DAY = datetime.timedelta(days=1)


def url(group, what):
    return f"/office/groups/{group.slug}/{what}/"


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def opened(actor, address):
    page = actor.client.get(address)
    assert page.status_code == 200
    parse_strictly(page.content)
    return page.text


@pytest.fixture
def planned(group, member, secretary):
    return make_meeting(group, datetime.date(2026, 12, 9))


def test_a_group_rests(staff, group, planned):
    page = opened(staff, url(group, "rest"))
    assert "令和8年11月25日から、こう変わります" in page
    assert "令和8年12月9日　第1回 定例会" in page
    assert "休止にする（2人にお知らせ）" in page
    answers = {"since": TODAY, "shown": TODAY, "reason": "総会で決めたため"}
    answer = staff.client.post(url(group, "rest"), answers)
    assert answer.url == f"/groups/{group.slug}/"
    assert said(answer) == [
        "けやき会は、令和8年11月25日から休止します。2人に、お知らせのメールをお送りします。"
    ]
    assert group.stage_on(datetime.date(2026, 11, 25)) == "dormant"
    for address in (f"/groups/{group.slug}/", f"/groups/{group.slug}/meetings/"):
        page = opened(staff, address)
        assert "令和8年11月25日から、活動をお休みしています" in page
        assert url(group, "revive") in page


def test_another_day_is_shown_first_and_nothing_typed_is_lost(staff, group, planned):
    answers = {"since": "R8.12.20", "shown": TODAY, "reason": "総会で決めたため"}
    page = staff.client.post(url(group, "rest"), answers)
    assert "まだ行っていません。" in page.text
    assert "令和8年12月20日から、こう変わります" in page.text
    assert "予定されている会合はありません。" in page.text
    assert 'value="総会で決めたため"' in page.text
    assert 'value="2026-12-20"' in page.text
    assert group.stages.count() == 2
    again = staff.client.post(url(group, "rest"), answers | {"shown": "2026-12-20"})
    assert again.status_code == 302


def test_what_is_missing_is_said(staff, group):
    page = staff.client.post(url(group, "rest"), {"since": "きのう", "shown": TODAY, "reason": ""})
    parse_strictly(page.content)
    assert "2か所、直してください" in page.text
    page = staff.client.post(
        url(group, "rest"), {"since": "2026-11-24", "shown": "2026-11-24", "reason": "a"}
    )
    assert "今日か、これからの日にしてください。" in page.text


def test_a_group_wakes(staff, group, member):
    resting.rest(group=group, since=datetime.date(2026, 11, 25), reason="休むため", by=staff.user)
    page = opened(staff, url(group, "revive"))
    assert "再開のあとにすること" in page
    answers = {"since": "2026-11-26", "shown": "2026-11-26", "words": ""}
    answer = staff.client.post(url(group, "revive"), answers)
    assert answer.status_code == 302
    assert group.stage_on(datetime.date(2026, 11, 26)) == "self_managed"


def test_a_rest_that_lies_ahead_is_taken_back(staff, group, member):
    resting.rest(group=group, since=datetime.date(2026, 12, 1), reason="休むため", by=staff.user)
    page = opened(staff, url(group, "rest"))
    assert "令和8年12月1日からの「休止」が、もう登録されています" in page
    answer = staff.client.post(f"/office/groups/{group.slug}/ending/take-back/")
    assert said(answer)[0].startswith("けやき会の予定を取り消して")
    assert group.stages.count() == 2


def test_where_nothing_lies_ahead_nothing_is_taken_back(staff, group):
    answer = staff.client.post(f"/office/groups/{group.slug}/ending/take-back/")
    assert said(answer)[0].startswith("取り消せる予定は、登録されていません。")


def test_a_group_is_dissolved_by_its_name(staff, group, planned):
    page = opened(staff, url(group, "dissolve"))
    assert "退会になる会員" in page
    answers = {"since": TODAY, "shown": TODAY, "reason": "総会で決めたため", "typed_name": "みなと会"}
    wrong = staff.client.post(url(group, "dissolve"), answers)
    assert "グループの名称とちがいます。" in wrong.text
    assert not Dissolution.objects.exists()
    answer = staff.client.post(
        url(group, "dissolve"), answers | {"typed_name": "けやき会", "files_entrusted": "on"}
    )
    assert said(answer)[0].startswith("けやき会は、令和8年11月25日に解散します。")
    assert Dissolution.objects.get().files_entrusted
    assert Letter.objects.filter(kind="groups/dissolved").count() == 2
    ended = opened(staff, f"/groups/{group.slug}/")
    assert "令和8年11月25日に解散しました" in ended
    assert "会員をログインに招待する" not in ended
    assert "もう解散しています" in opened(staff, url(group, "dissolve"))


def test_a_dissolution_that_lies_ahead_is_taken_back(staff, group, member):
    answers = {"since": "2027-03-31", "shown": "2027-03-31", "reason": "総会", "typed_name": "けやき会"}
    staff.client.post(url(group, "dissolve"), answers)
    assert "令和9年3月31日からの「解散」" in opened(staff, url(group, "dissolve"))
    answer = staff.client.post(f"/office/groups/{group.slug}/ending/take-back/")
    assert "会員と任期の記録2件を、元に戻しました。" in said(answer)[0]


@pytest.mark.parametrize(
    ("stage", "what"), [("launched", "rest"), ("self_managed", "revive"), ("dissolved", "dissolve")]
)
def test_the_wrong_stage_is_told_in_words(staff, office, stage, what):
    group = make_group(stage=stage)
    page = opened(staff, url(group, what))
    assert '<form method="post" novalidate' not in page


def test_who_may_not_is_told_so(group, secretary, member, visitor):
    for what in ("rest", "revive", "dissolve"):
        assert secretary.client.get(url(group, what)).status_code == 403
        assert member.client.get(url(group, what)).status_code == 403
        assert visitor.client.get(url(group, what)).status_code == 302


def test_as_many_queries_for_one_member_and_for_thirty(staff, group, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as told:
            opened(staff, url(group, "dissolve"))
        return len(told)

    make_membership(group)
    opened(staff, url(group, "dissolve"))
    few = asked()
    for _ in range(29):
        make_membership(group)
    assert asked() == few


@pytest.mark.parametrize(
    ("action", "page"), [("rest", "rest"), ("resume", "revive"), ("dissolve", "dissolve")]
)
def test_the_admin_leads_here_one_at_a_time(staff, group, other_group, action, page):
    address = "/admin/groups/group/"
    one = staff.client.post(address, {"action": action, "_selected_action": [group.pk]})
    assert one.url == url(group, page)
    two = staff.client.post(address, {"action": action, "_selected_action": [group.pk, other_group.pk]})
    assert said(two) == [
        "グループは、一つずつ選んでください。何が変わるかを、グループごとに確かめてから行います。"
    ]
