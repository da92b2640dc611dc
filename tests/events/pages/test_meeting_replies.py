"""/meetings/<pk>/replies/ and what is done there for others; the own reply by a log-in."""

import datetime

import pytest

from events.models import InvitedGroup, Meeting, Reply
from events.replying import replies
from members.models import Letter
from tests.conftest import NOW
from tests.events.told import DAY, PARTY, link_of, many_members, reply_of, told_meeting
from tests.factories import make_meeting, make_membership, make_officer


@pytest.fixture
def meeting(group, member, secretary) -> Meeting:
    return told_meeting(group, secretary.user, **PARTY)


def board(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/replies/"


def text(answer) -> str:
    return answer.content.decode()


def test_the_silent_stand_first_with_their_telephone(secretary, member, meeting):
    member.person.phone = "042-000-0106"
    member.person.save()
    replies.answer(reply=reply_of(meeting, secretary), source="link", answer="yes", party="yes")
    page = text(secretary.client.get(board(meeting)))
    silent, answered = page.split('id="silent"')[1].split('id="answered"')
    assert member.person.name in silent
    assert "042-000-0106" in silent
    assert secretary.person.name not in silent.split("<select")[0]
    assert secretary.person.name in answered
    assert "○ 出席" in answered
    assert "メールのリンク" in answered


def test_what_somebody_said_by_telephone_is_written_down(secretary, member, meeting):
    reply = reply_of(meeting, member)
    page = f"/replies/{reply.pk}/"
    typed = {"answer": "yes", "party": "no", "guests": "5", "source": "phone", "seen": ""}
    answer = secretary.client.post(page, typed)
    assert (answer.status_code, answer.url) == (302, board(meeting))
    reply.refresh_from_db()
    assert (reply.answer, reply.guests, reply.source, reply.answered_by) == (
        "yes",
        5,
        "phone",
        secretary.user,
    )
    late = secretary.client.post(page, typed | {"answer": "no"})
    assert "開いているあいだに、お返事が変わりました" in text(late)
    assert "さんが書きとめました" in text(secretary.client.get(board(meeting)))


def test_after_the_deadline_it_is_still_written_down(secretary, member, meeting):
    Meeting.objects.update(reply_until=NOW - datetime.timedelta(minutes=1))
    reply = reply_of(meeting, member)
    secretary.client.post(f"/replies/{reply.pk}/", {"answer": "no", "source": "fax", "seen": ""})
    reply.refresh_from_db()
    assert (reply.answer, reply.source) == ("no", "fax")


def test_the_silent_are_divided_among_callers(secretary, member, meeting):
    reply = reply_of(meeting, member)
    send = {"replies": [reply.pk], "caller": secretary.person.pk}
    assert secretary.client.post(f"/meetings/{meeting.pk}/callers/", send).url == board(meeting)
    reply.refresh_from_db()
    assert reply.caller == secretary.person
    mine = text(secretary.client.get(f"{board(meeting)}?caller={secretary.person.pk}"))
    assert "さんがたずねる 1名" in mine
    assert member.person.name in mine
    assert (
        secretary.client.post(
            f"/meetings/{meeting.pk}/callers/", {"replies": [reply.pk], "caller": ""}
        ).status_code
        == 302
    )
    reply.refresh_from_db()
    assert reply.caller is None


@pytest.mark.parametrize(
    "typed", [{}, {"replies": ["x"]}, {"replies": ["999999"]}, {"replies": [], "caller": "999"}]
)
def test_nobody_chosen_is_said(secretary, meeting, typed):
    page = text(secretary.client.post(f"/meetings/{meeting.pk}/callers/", typed, follow=True))
    assert 'class="sheet said-item is-due"' in page


def test_a_link_is_made_anew_and_sent(secretary, visitor, member, meeting):
    reply = reply_of(meeting, member)
    old = link_of(reply)
    assert secretary.client.post(f"/replies/{reply.pk}/link/").url == f"/replies/{reply.pk}/"
    reply.refresh_from_db()
    assert (reply.generation, "新しいリンクがあります" in text(visitor.client.get(old))) == (2, True)
    assert link_of(reply) in Letter.objects.filter(kind="events/reply_link").get().text
    assert visitor.client.get(link_of(reply)).status_code == 200


def test_the_silent_are_asked_again(secretary, member, meeting):
    page = text(secretary.client.get(f"/meetings/{meeting.pk}/remind/"))
    assert "2名にお願いを送る" in page
    shown = page.split('name="shown" value="')[1].split('"')[0]
    answer = secretary.client.post(f"/meetings/{meeting.pk}/remind/", {"words": "", "shown": shown})
    assert answer.url == board(meeting)
    assert Letter.objects.filter(kind="events/reminder").count() == 2
    assert "いまメールでお願いできる方はいません" in text(
        secretary.client.get(f"/meetings/{meeting.pk}/remind/")
    )


def test_members_read_what_the_group_lets_them(member, secretary, group, meeting):
    replies.answer(reply=reply_of(meeting, secretary), source="link", answer="yes")
    assert secretary.person.name in text(member.client.get(board(meeting)))
    assert "書きとめる" not in text(member.client.get(board(meeting)))
    type(group).objects.update(replies_shown="count")
    page = text(member.client.get(board(meeting)))
    assert "来る方は、いま1名です。" in page
    assert secretary.person.name not in page
    type(group).objects.update(replies_shown="nothing")
    assert "お見せしていません" in text(member.client.get(board(meeting)))


def test_who_is_not_listed_is_not_named_to_members(member, group, secretary):
    hidden = make_membership(group, consent="no").representatives.get().person
    meeting = told_meeting(group, secretary.user)
    replies.answer(reply=reply_of(meeting, hidden), source="link", answer="yes")
    page = text(member.client.get(board(meeting)))
    assert hidden.name not in page
    assert "ほかに1名" in page
    assert hidden.name in text(secretary.client.get(board(meeting)))


def test_guests_from_another_group_are_counted_and_not_named(member, group, secretary, outsider):
    meeting = make_meeting(group, told_meeting(group, secretary.user).day, hour=18)
    InvitedGroup.objects.create(meeting=meeting, group=outsider.membership.group, state="agreed")
    page = f"/meetings/{meeting.pk}/notice/"
    secretary.client.post(
        page, {"step": "send", "people": [outsider.person.pk, member.person.pk], "shown": "draft-0"}
    )
    meeting.refresh_from_db()
    assert meeting.state == "announced"
    replies.answer(reply=reply_of(meeting, outsider), source="link", answer="yes")
    replies.answer(reply=reply_of(meeting, member), source="link", answer="yes")
    assert outsider.person.name not in text(member.client.get(board(meeting)))
    theirs = text(outsider.client.get(board(meeting)))
    assert outsider.person.name in theirs.split("<main")[1]
    assert member.person.name not in theirs


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("visitor", (302, 302)),
        ("outsider", (403, 404)),
        ("left_member", (403, 404)),
        ("adviser", (200, 404)),
        ("staff", (403, 403)),
    ],
)
def test_others_see_no_replies(request, who, codes, member, meeting):
    client = request.getfixturevalue(who).client
    reply = reply_of(meeting, member)
    assert (client.get(board(meeting)).status_code, client.get(f"/replies/{reply.pk}/").status_code) == codes


def test_one_tap_answers_for_who_is_logged_in(member, meeting):
    page = text(member.client.get(f"/meetings/{meeting.pk}/"))
    assert "お返事が、まだです" in page
    assert 'name="tap" value="yes"' in page
    answer = member.client.post(f"/meetings/{meeting.pk}/reply/", {"tap": "yes"})
    assert answer.url == f"/meetings/{meeting.pk}/"
    reply = reply_of(meeting, member)
    assert (reply.answer, reply.source, reply.answered_by) == ("yes", "login", None)
    page = text(member.client.get(f"/meetings/{meeting.pk}/"))
    assert f"{member.person.name}さんのお返事：出席します。" in page


def test_on_the_own_page_open_replies_are_one_tap_away(member, meeting):
    page = text(member.client.get("/my/"))
    assert "けやき会 第1回 定例会に出席するか、答える" in page
    assert member.client.post(f"/meetings/{meeting.pk}/reply/", {"tap": "no", "mine": "1"}).url == "/my/"
    assert "に出席するか、答える" not in text(member.client.get("/my/"))


def test_in_full_by_a_log_in(member, meeting):
    assert member.client.get(f"/meetings/{meeting.pk}/reply/").status_code == 200
    member.client.post(
        f"/meetings/{meeting.pk}/reply/",
        {"answer": "yes", "party": "yes", "guests": "1", "guest_names": "山田"},
    )
    reply = reply_of(meeting, member)
    assert (reply.answer, reply.party, reply.guests, reply.guest_names) == ("yes", "yes", 1, "山田")


def test_who_was_not_asked_is_told_so(member, group):
    meeting = make_meeting(group, DAY)
    answer = member.client.get(f"/meetings/{meeting.pk}/reply/", follow=True)
    assert "まだ届いていません" in text(answer)


def test_of_an_officers_meeting_the_officers_are_told(group, member, secretary):
    chair = make_membership(group)
    make_officer(group, chair.representatives.get().person, role="chair")
    meeting = told_meeting(group, secretary.user, kind="officers")
    asked = {reply.person for reply in meeting.replies.all()}
    assert asked == {secretary.person, chair.representatives.get().person}
    page = text(secretary.client.get(f"/meetings/{meeting.pk}/notice/"))
    assert member.person.name in page
    assert "役員ではない会員" in page


def test_a_general_meeting_takes_proxies_in_writing(visitor, group, member, secretary):
    meeting = told_meeting(group, secretary.user, kind="general")
    reply = reply_of(meeting, member)
    assert "委任状を出す" in text(visitor.client.get(link_of(reply)))
    visitor.client.post(link_of(reply), {"answer": "no", "entrusts": "on", "entrusted_to": "北原 茂"})
    reply.refresh_from_db()
    assert (reply.entrusts, reply.entrusted_to) == (True, "北原 茂")
    visitor.client.post(link_of(reply), {"answer": "yes", "entrusts": "on", "entrusted_to": "北原 茂"})
    reply.refresh_from_db()
    assert (reply.entrusts, reply.entrusted_to) == (False, "")


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(secretary, member, group, number, django_assert_max_num_queries):
    many_members(group, number)
    meeting = told_meeting(group, secretary.user)
    with django_assert_max_num_queries(16):
        secretary.client.get(board(meeting))
    with django_assert_max_num_queries(16):
        member.client.get(board(meeting))
    assert Reply.objects.count() == number + 2
