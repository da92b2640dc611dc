"""The pages of a handover: the list and the day, what will happen, the way back; the desk, the group's page, my page."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Bylaws, Group, Handover
from iri_exchange.office.handover import deciding
from tests.conftest import log_in
from tests.factories import make_group, make_membership
from tests.iri_exchange.office.handover.made import APRIL, FEBRUARY, LAST_SECOND, LAUNCH, MIDNIGHT, make_ready
from tests.strictness import parse_strictly

URL, LIST = "/office/handover/akebono/", "/groups/akebono/readiness/"
DAY = {"since": "2027-04-01"}


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(FEBRUARY, tick=False) as moved:
        yield moved


@pytest.fixture
def ready(launched_group, staff):
    return make_ready(launched_group, staff)


def read(actor, url, **typed):
    """The page, in order; with something typed, what a button led to."""
    client = actor.client
    client.force_login(type(actor.user).objects.get(pk=actor.user.pk))
    answer = client.post(url, typed, follow=True) if typed else client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.text


def test_a_ready_group_is_handed_over_after_a_look(ready, staff):
    page = read(staff, URL)
    assert ("そろいました" in page, 'name="reason"' in page, 'value="2027-04-01"' in page) == (
        True,
        False,
        True,
    )
    look = read(staff, URL, look="1", **DAY)
    for said in ("役員と職員の3人に", "会員1人に", "0会員", "4月1日から自主運営に移す（お知らせ3通）"):
        assert said in look, said
    assert not ready.group.stages.filter(state=Group.Stage.SELF_MANAGED).exists()
    done = read(staff, URL, **DAY)
    assert "令和9年（2027年）4月1日（木）から、自主運営に移ります" in done
    assert ready.group.stage_on(APRIL) == Group.Stage.SELF_MANAGED
    assert "もう一度" not in done
    assert "自主運営に移ります" in read(staff, URL, **DAY)


def test_what_is_missing_asks_for_a_reason_and_nothing_typed_is_lost(ready, staff):
    Bylaws.objects.all().delete()
    assert "残り1" in read(staff, URL)
    again = read(staff, URL, look="1", **DAY, reason="")
    assert "そろわないまま引き継ぐ理由：まだそろっていないことがあります。" in again
    look = read(staff, URL, look="1", **DAY, reason="4月の総会で決めます。")
    assert ("会則が、まだ登録されていません。" in look, "4月の総会で決めます。" in look) == (True, True)
    done = read(staff, URL, **DAY, reason="4月の総会で決めます。")
    assert "そろわないまま引き継ぐ理由：4月の総会で決めます。" in done


@pytest.mark.parametrize("since", ["2027-02-10", "2029-01-01", "あした", "", "2027-02-31"])
def test_a_day_that_cannot_be_is_refused_and_stays_in_the_field(ready, staff, since):
    page = read(staff, URL, since=since)
    assert ("か所、直してください" in page, f'value="{since}"' in page or not since) == (True, True)
    assert not Handover.objects.filter(decided_at__isnull=False).exists()


def test_the_list_is_that_of_the_day_that_was_asked_for(ready, staff):
    page = read(staff, URL, look="1", since="2027-05-01")
    assert "令和9年5月1日からの会合が、まだ一つも予定されていません。" in page


def test_taken_back_until_the_day(ready, staff, clock):
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    clock.move_to(LAST_SECOND)
    assert "役員と職員の3人に、取り消しをメールでお知らせします。" in read(staff, f"{URL}take-back/")
    assert "取り消しました" in read(staff, f"{URL}take-back/", go="1")
    assert Handover.objects.get().decided_at is None
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    clock.move_to(MIDNIGHT)
    assert "自主運営の日になったので、取り消せません。" in read(staff, f"{URL}take-back/", go="1")
    assert "から、自主運営です" in read(staff, URL)
    assert staff.client.get(f"{URL}take-back/").status_code == 302


def test_the_adviser_is_not_wanted(ready, staff):
    Handover.objects.all().delete()
    assert "まだ聞いていません" in read(staff, URL)
    assert "継続は要らないと、令和9年2月10日にうかがいました。" in read(staff, f"{URL}adviser/", go="1")


def test_officers_and_staff_read_the_list_and_nobody_else(ready, staff, member):
    mine = read(ready.chair, LIST)
    assert ("役員を登録する" in mine, "ボタンのないところは、事務局が登録します。" in mine) == (False, True)
    assert "引き継ぎを進める" in read(staff, LIST)
    other = log_in(ready.quiet.representatives.get().person)
    for actor in (other, member):
        assert actor.client.get(LIST).status_code == 403
    for actor in (ready.chair, other, member):
        assert actor.client.get(URL).status_code == 403


def test_a_group_that_is_formed_or_runs_itself_has_nothing_to_decide(group, office, staff):
    forming = make_group(slug="forming", stage=Group.Stage.FORMING, since=LAUNCH, office=office)
    assert "発足年度に入ってから" in read(staff, f"/office/handover/{forming.slug}/")
    assert "いま、準備することはありません" in read(staff, f"/groups/{forming.slug}/readiness/")
    page = read(staff, f"/office/handover/{group.slug}/", look="1", **DAY)
    assert "から、自主運営です" in page


def test_the_desk_says_it_from_january_until_it_is_decided(ready, staff, clock):
    Bylaws.objects.all().delete()
    clock.move_to(datetime.datetime(2026, 12, 31, 14, 59, 59, tzinfo=datetime.UTC))
    assert "あけぼの会を引き継ぐ" not in read(staff, "/office/")
    clock.move_to(datetime.datetime(2026, 12, 31, 15, tzinfo=datetime.UTC))
    page = read(staff, "/office/")
    assert page.count("あけぼの会を引き継ぐ：残り1") == 2  # the list, and the year line
    assert page.count(URL) == 2
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user, reason="総会で決めます。")
    assert "あけぼの会を引き継ぐ" not in read(staff, "/office/")


def test_the_groups_page_and_my_page_tell_officers_how_far_it_is(ready, staff, clock):
    for actor, url in [(ready.chair, "/my/"), (ready.chair, "/groups/akebono/"), (staff, "/groups/akebono/")]:
        page = read(actor, url)
        assert ("8/8" in page, LIST in page) == (True, True), url
    other = log_in(ready.quiet.representatives.get().person)
    assert "自主運営に移ります" not in read(other, "/groups/akebono/")
    deciding.hand_over(group=ready.group, since=APRIL, by=staff.user)
    page = read(other, "/groups/akebono/")
    assert ("令和9年4月1日から、自主運営に移ります" in page, LIST in page) == (True, False)
    clock.move_to(MIDNIGHT)
    assert LIST not in read(other, "/groups/akebono/")
    clock.move_to(datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))
    assert LIST not in read(ready.chair, "/my/")


def test_the_desk_asks_as_much_for_one_group_as_for_ten(ready, staff, office):

    def count():
        read(staff, "/office/")
        with CaptureQueriesContext(connection) as asked:
            staff.client.get("/office/")
        return len(asked)

    before = count()
    for number in range(10):
        young = make_group(
            slug=f"young{number}",
            name=f"若葉{number}",
            stage=Group.Stage.LAUNCHED,
            since=LAUNCH,
            founded_year=2026,
            office=office,
        )
        make_membership(young, on=LAUNCH)
    assert count() == before


def test_the_admin_leads_to_the_page(ready, group, staff):
    url = "/admin/groups/group/"
    chosen = {"action": "begin_self_management", "_selected_action": [ready.group.pk]}
    assert staff.client.post(url, chosen)["Location"] == URL
    both = chosen | {"_selected_action": [ready.group.pk, group.pk]}
    assert "一つずつ選んでください" in staff.client.post(url, both, follow=True).text
    typed = {"group": ready.group.pk, "state": "self_managed", "since": "2027-04-01", "note": ""}
    assert URL in staff.client.post("/admin/groups/groupstage/add/", typed).text
    assert not ready.group.stages.filter(state=Group.Stage.SELF_MANAGED).exists()
