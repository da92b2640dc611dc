"""The minutes as they are read: by members when published, drafts by who writes them."""

import datetime

import pytest

from events.minutes.writing import Content, write
from events.models import Minutes
from tests.events.minutes.making import item, met, published, there, to_do, written
from tests.factories import make_membership
from tests.strictness import parse_strictly

SECRET = "うちわの話：新製品の原価"


def page(actor, meeting, status=200):
    answer = actor.client.get(f"/meetings/{meeting.pk}/minutes/")
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def told(group, secretary, member):
    """Published, with all that minutes can hold."""
    meeting = met(group)
    there(meeting, member.membership)
    item(meeting, presenter="青木 一郎", summary="3社が紹介した。")
    to_do(meeting, "礼状を出す", who="児玉", due=datetime.date(2026, 12, 1))
    texts = {
        "chair": "三上",
        "writer": "児玉",
        "decisions": "工場を見る",
        "next_duty": "青木",
        "public_summary": "工場のことを話しました",
    }
    next_at = datetime.datetime(2026, 12, 16, 15, tzinfo=datetime.UTC)
    published(meeting, secretary.user, body=SECRET, next_at=next_at, **texts)
    return meeting


def test_a_member_reads_everything(told, member):
    text = page(member, told)
    parse_strictly(text)
    for said in (SECRET, "3社が紹介した。", "礼状を出す", "令和8年12月1日まで", "工場を見る", "三上", "1名"):
        assert said in text
    assert "議事録を直す" not in text


def test_the_adviser_reads_in_term(told, adviser):
    assert SECRET in page(adviser, told)


@pytest.mark.parametrize("who", ["outsider", "left_member", "staff"])
def test_nobody_else_reads_them(told, who, request):
    assert SECRET not in page(request.getfixturevalue(who), told, 404)


def test_a_visitor_is_asked_to_log_in(told, visitor):
    answer = visitor.client.get(f"/meetings/{told.pk}/minutes/")
    assert answer.headers["Location"] == f"/accounts/login/?next=/meetings/{told.pk}/minutes/"


def test_a_draft_is_seen_by_the_secretary_alone(group, secretary, member):
    meeting = met(group)
    written(meeting, secretary.user, body=SECRET)
    page(member, meeting, 404)
    text = page(secretary, meeting)
    assert SECRET in text
    assert f'href="/meetings/{meeting.pk}/minutes/publish/"' in text


def test_before_anything_is_written_the_page_says_what_to_do(group, secretary):
    text = page(secretary, met(group))
    assert "議事録は、まだありません" in text


def test_the_meetings_page_shows_the_summary_to_everybody_and_the_rest_to_members(
    told, visitor, outsider, left_member, staff, member
):
    for actor in (visitor, outsider, left_member, staff, member):
        text = actor.client.get(f"/meetings/{told.pk}/").content.decode()
        assert "工場のことを話しました" in text
        assert SECRET not in text
        assert "3社が紹介した" not in text
        assert (f'href="/meetings/{told.pk}/minutes/"' in text) == (actor is member)


def test_the_summary_of_a_draft_is_nobodys(group, secretary, visitor, member):
    meeting = met(group)
    written(meeting, secretary.user, public_summary="まだ言わない")
    for actor in (visitor, member):
        assert "まだ言わない" not in actor.client.get(f"/meetings/{meeting.pk}/").content.decode()


def test_staff_read_those_of_the_launch_year(launched_group, staff):
    meeting = met(launched_group)
    published(meeting, staff.user, body=SECRET)
    assert SECRET in page(staff, meeting)


def test_the_page_costs_the_same_for_one_and_for_thirty(
    told, group, member, secretary, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        page(member, told)
    minutes = Minutes.objects.get()
    for number in range(29):
        there(told, make_membership(group, consent="yes"))
        item(told, f"話{number}")
        to_do(told, f"宿題{number}")
    write(minutes=minutes, by=secretary.user, content=Content())
    with django_assert_num_queries(len(few)):
        page(member, told)


def test_as_pdf(told, member, secretary, left_member):
    answer = member.client.get(f"/meetings/{told.pk}/minutes.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert left_member.client.get(f"/meetings/{told.pk}/minutes.pdf").status_code == 404
