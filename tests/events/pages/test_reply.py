"""/reply/<token>/: an answer without a log-in."""

import datetime

import pytest
import time_machine
from django.test import Client

from events import meetings
from events.links import token_of
from events.models import Meeting, Reply
from events.replying import replies
from groups import memberships
from members.models import Letter
from tests.conftest import NOW
from tests.events.told import DAY, PARTY, link_of, many_members, reply_of, told_meeting

DAYS = datetime.timedelta(days=1)


@pytest.fixture
def meeting(group, member, secretary) -> Meeting:
    return told_meeting(group, secretary.user, capacity=20, **PARTY)


@pytest.fixture
def reply(meeting, member) -> Reply:
    return reply_of(meeting, member)


def at(moment: datetime.datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def text(answer) -> str:
    return answer.content.decode()


def test_the_page_shows_the_meeting_with_nothing_answered(visitor, reply):
    page = text(visitor.client.get(link_of(reply)))
    assert "定例会" in page
    assert "令和8年（2026年）12月10日（木） 15:00〜17:00" in page
    assert f"{reply.person.name} 様" in page
    assert "昭島駅前" in page
    assert " checked" not in page.split("定例会に")[1].split("懇親会に")[0]


def test_the_link_of_the_letter_has_the_answer_ready_and_changes_nothing(visitor, reply):
    page = text(visitor.client.get(f"{link_of(reply)}?answer=yes"))
    assert 'value="yes" checked' in page.split("懇親会に")[0]
    reply.refresh_from_db()
    assert (reply.answer, reply.history.count()) == ("", 1)


def test_one_post_answers(visitor, reply):
    answer = visitor.client.post(link_of(reply), {"answer": "yes"})
    assert (answer.status_code, answer.url) == (302, f"{link_of(reply)}done/")
    reply.refresh_from_db()
    assert (reply.answer, reply.source, reply.answered_by) == ("yes", "link", None)
    assert reply.answered_at - NOW < DAYS
    page = text(visitor.client.get(answer.url))
    assert "出席します。" in page
    assert "懇親会のお返事は、まだです。" in page
    assert f"{link_of(reply)}meeting.ics" in page


def test_everything_can_be_said_and_is_shown_again(visitor, reply):
    said = {
        "answer": "proxy",
        "proxy_name": "髙橋 花子",
        "party": "yes",
        "guests": "2",
        "guest_names": "山田",
        "comment": "遅れます",
    }
    visitor.client.post(link_of(reply), said)
    page = text(visitor.client.get(link_of(reply)))
    for shown in ('value="proxy" checked', "髙橋 花子", 'value="2" checked', "山田", "遅れます"):
        assert shown in page
    visitor.client.post(
        link_of(reply), {"answer": "no", "proxy_name": "髙橋 花子", "party": "no", "guests": "2"}
    )
    reply.refresh_from_db()
    assert (reply.answer, reply.proxy_name, reply.guests, reply.guest_names) == ("no", "", 0, "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"comment": ""}, "出席・欠席・代理・未定の、どれかを選んでください。"),
        ({"answer": "proxy"}, "代理の方のお名前を入れてください。"),
        ({"answer": "yes", "guests": "7"}, "正しく選択してください。"),
        (
            {"answer": "yes", "comment": "x\u202e"},
            "目に見えない文字が入っています。消して入れ直してください。",
        ),
    ],
)
def test_what_is_wrong_is_said(visitor, reply, typed, sentence):
    answer = visitor.client.post(link_of(reply), typed)
    assert answer.status_code == 200
    assert sentence in text(answer) or "guests" in typed
    assert "1か所、直してください" in text(answer)
    reply.refresh_from_db()
    assert reply.answer == ""


def test_a_full_meeting_says_so(visitor, reply, secretary, meeting):
    Meeting.objects.update(capacity=2)
    replies.answer(reply=reply_of(meeting, secretary), source="link", answer="yes", guests=1)
    page = text(visitor.client.post(link_of(reply), {"answer": "yes"}))
    assert "定員2名に達しました。" in page
    visitor.client.post(link_of(reply), {"answer": "open"})
    reply.refresh_from_db()
    assert reply.answer == "open"


def test_after_the_deadline_it_says_what_was_answered_and_whom_to_call(visitor, reply):
    visitor.client.post(link_of(reply), {"answer": "yes", "party": "no"})
    with at(NOW + 10 * DAYS):
        page = visitor.client.get(link_of(reply))
        late = visitor.client.post(link_of(reply), {"answer": "no"})
    assert "お返事の期限が過ぎました" in text(page)
    assert "出席します。" in text(page)
    assert "事務局" in text(page)
    assert late.status_code == 200
    reply.refresh_from_db()
    assert reply.answer == "yes"


def test_the_party_has_a_deadline_of_its_own(visitor, meeting, reply):
    visitor.client.post(link_of(reply), {"answer": "yes"})
    Meeting.objects.update(party_until=meeting.starts_at - DAYS)
    with at(NOW + 10 * DAYS):
        page = text(visitor.client.get(link_of(reply)))
        assert 'name="party"' in page
        assert 'name="answer"' not in page
        visitor.client.post(link_of(reply), {"party": "yes", "answer": "no"})
    reply.refresh_from_db()
    assert (reply.answer, reply.party) == ("yes", "yes")


def test_a_cancelled_meeting_says_so(visitor, meeting, reply):
    meetings.cancel(meeting=meeting, reason="大雪のため")
    page = text(visitor.client.get(link_of(reply)))
    assert "この会合は、中止になりました" in page
    assert "大雪のため" in page
    assert "STATUS:CANCELLED" in text(visitor.client.get(f"{link_of(reply)}meeting.ics"))


def test_the_link_dies_with_the_meeting(visitor, meeting, reply):
    with at(meeting.ends_at + datetime.timedelta(minutes=1)):
        pages = [visitor.client.get(link_of(reply) + more) for more in ("", "done/", "meeting.ics")]
    assert ["この会合は、終わりました" in text(page) for page in pages] == [True] * 3
    assert ["多摩テクノプラザ 会議室" in text(page) for page in pages] == [False] * 3


def test_who_has_left_is_shown_nothing(visitor, member, reply):
    memberships.leave(membership=member.membership, since=NOW.date(), reason="busy")
    answer = visitor.client.get(link_of(reply))
    assert answer.status_code == 404
    assert reply.person.name not in text(answer)
    assert "定例会" not in text(answer)


@pytest.mark.parametrize("token", ["x", "1-1", "1-1.x", "１-1.あ"])
def test_a_made_up_link_opens_nothing(visitor, reply, token):
    assert visitor.client.get(f"/reply/{token}/").status_code == 404


def test_the_token_of_one_opens_no_other(visitor, meeting, reply, secretary):
    other = token_of(reply_of(meeting, secretary)).split(".")[1]
    assert visitor.client.get(f"/reply/{reply.pk}-1.{other}/").status_code == 404


def test_an_old_link_offers_the_new_one_to_the_same_address(visitor, reply):
    old = link_of(reply)
    replies.renew_link(reply=reply)
    assert "新しいリンクがあります" in text(visitor.client.get(old))
    assert visitor.client.post(old, {"answer": "yes"}).status_code == 200
    before = Letter.objects.count()
    answer = visitor.client.post(f"{old}renew/")
    assert answer.status_code == 200
    assert reply.person.email not in text(answer)
    letter = Letter.objects.order_by("-pk")[0]
    reply.refresh_from_db()
    assert (Letter.objects.count(), letter.to) == (before + 1, reply.person.email)
    assert link_of(reply) in letter.text
    assert old not in letter.text
    codes = [visitor.client.post(f"{old}renew/").status_code for _ in range(4)]
    assert codes[-1] == 429
    assert reply.answer == ""


def test_who_else_comes_is_told_as_the_group_wants(visitor, group, meeting, reply, secretary):
    replies.answer(reply=reply_of(meeting, secretary), source="link", answer="yes")
    visitor.client.post(link_of(reply), {"answer": "yes"})
    done = f"{link_of(reply)}done/"
    assert secretary.person.name in text(visitor.client.get(done))
    type(group).objects.update(replies_shown="count")
    page = text(visitor.client.get(done))
    assert "来る方は、いま2名です。" in page
    assert secretary.person.name not in page.split("ほかの方")[1].split("お電話")[0]
    type(group).objects.update(replies_shown="nothing")
    assert "来る方は" not in text(visitor.client.get(done))


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(group, member, secretary, number, django_assert_max_num_queries):
    many_members(group, number)
    meeting = told_meeting(group, secretary.user, **PARTY)
    reply = reply_of(meeting, member)
    with django_assert_max_num_queries(6):
        Client().get(f"{link_of(reply)}?answer=yes")
    Client().post(link_of(reply), {"answer": "yes"})
    with django_assert_max_num_queries(9):
        Client().get(f"{link_of(reply)}done/")
    assert meeting.day == DAY
