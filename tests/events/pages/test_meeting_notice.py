"""/meetings/<pk>/notice/: to whom, looked at, sent; and the same on paper."""

import io

import pikepdf
import pytest

from events.models import Meeting, Notice
from members.models import Letter
from tests.events.told import DAY, PARTY, UNTIL, many_members, reply_of, told_meeting
from tests.factories import make_meeting, make_membership, make_person


@pytest.fixture
def meeting(group, member, secretary) -> Meeting:
    return make_meeting(group, DAY, reply_until=UNTIL, **PARTY)


def url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/notice/"


def text(answer) -> str:
    return answer.content.decode()


def test_all_are_ticked_and_the_rest_is_named(secretary, meeting, group, member):
    make_membership(group, representatives=[make_person(contact_method="fax")])
    make_membership(group, representatives=[])
    page = text(secretary.client.get(url(meeting)))
    assert page.count('name="people"') == page.count(" checked>") == 3
    assert member.person.name in page
    assert "連絡手段はFAXです" in page
    assert "登録者のいない会員" in page


def test_looked_at_first_then_sent(secretary, meeting, member):
    people = [member.person.pk, secretary.person.pk]
    shown = {"people": people, "words": "お待ちしています。", "shown": "draft-0"}
    look = secretary.client.post(url(meeting), shown | {"step": "look", "reader": member.person.pk})
    assert "2名に案内を送る" in text(look)
    assert f"{member.person.name} 様" in text(look)
    assert "お待ちしています。" in text(look)
    assert Letter.objects.count() == 0
    sent = secretary.client.post(url(meeting), shown | {"step": "send"})
    assert (sent.status_code, sent.url) == (302, f"/meetings/{meeting.pk}/replies/")
    assert (Letter.objects.count(), Notice.objects.get().sent_by) == (2, secretary.user)
    again = secretary.client.post(url(meeting), shown | {"step": "send"})
    assert "ほかの方が案内を送りました" in text(again)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("step", ["look", "send"])
def test_nobody_chosen_is_an_error_and_nothing_is_sent(secretary, meeting, step):
    answer = secretary.client.post(url(meeting), {"step": step, "shown": "draft-0"})
    assert "案内を送る方を、1人以上選んでください" in text(answer)
    assert (Letter.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_stranger_cannot_be_chosen(secretary, meeting, outsider):
    answer = secretary.client.post(
        url(meeting), {"step": "send", "shown": "draft-0", "people": [outsider.person.pk]}
    )
    assert answer.status_code == 200
    assert Letter.objects.count() == 0


def test_who_was_told_is_not_ticked_again(secretary, group, member):
    meeting = told_meeting(group, secretary.user)
    make_membership(group)
    page = text(secretary.client.get(url(meeting)))
    assert (page.count('name="people"'), page.count(" checked>")) == (3, 1)
    assert "案内済 11月25日" in page


def test_of_a_cancelled_meeting_nobody_is_told(secretary, meeting):
    Meeting.objects.update(state="cancelled")
    assert secretary.client.get(url(meeting)).url == f"/meetings/{meeting.pk}/"


@pytest.mark.parametrize("who", ["member", "adviser", "outsider", "left_member", "staff"])
def test_others_do_not_send(request, who, meeting):
    actor = request.getfixturevalue(who)
    assert actor.client.get(url(meeting)).status_code == 403
    assert actor.client.get(f"/meetings/{meeting.pk}/notice.pdf").status_code == 403


def test_the_office_sends_in_the_launch_year(staff, launched_group):
    make_membership(launched_group)
    meeting = make_meeting(launched_group, DAY)
    assert staff.client.get(url(meeting)).status_code == 200


def test_the_paper_is_for_those_off_mail(secretary, group, member):
    fax = make_membership(group, representatives=[make_person(contact_method="fax")])
    meeting = told_meeting(group, secretary.user, **PARTY)
    answer = secretary.client.get(f"/meetings/{meeting.pk}/notice.pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
    one = reply_of(meeting, fax.representatives.get().person)
    mine = reply_of(meeting, member)
    for reply in (one, mine):
        answer = secretary.client.get(f"/meetings/{meeting.pk}/notice.pdf?reply={reply.pk}")
        assert answer.content[:5] == b"%PDF-"
    assert secretary.client.head(f"/meetings/{meeting.pk}/notice.pdf").status_code == 200
    assert secretary.client.get(f"/meetings/{meeting.pk}/notice.pdf?reply=x").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(secretary, group, meeting, number, django_assert_max_num_queries):
    many_members(group, number)
    with django_assert_max_num_queries(20):
        secretary.client.get(url(meeting))
