"""Who is told what: one letter each, once; paper for those off e-mail; nobody for an empty selection."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events import meetings
from events.links import token_of
from events.models import Delivery, InvitedGroup, Meeting, Notice, Reply
from events.replying import replies
from events.telling import notices
from groups import memberships
from members import bounces, delivery
from members.models import Letter, Person
from tests.conftest import NOW
from tests.events.told import DAY, UNTIL, many_members, reply_of, told_meeting
from tests.factories import make_meeting, make_membership, make_person


@pytest.fixture
def meeting(group, member, secretary) -> Meeting:
    return make_meeting(group, DAY, reply_until=UNTIL)


@pytest.fixture
def people(member, secretary) -> list[Person]:
    return [member.person, secretary.person]


def sent_to(kind: str) -> list[str]:
    return sorted(Letter.objects.filter(kind=f"events/{kind}").values_list("to", flat=True))


def test_each_gets_a_letter_with_a_link_of_their_own(meeting, people, secretary):
    sent = notices.send(meeting=meeting, by=secretary.user, people=people, words="お待ちしています。")
    assert (sent.letters, sent.by_hand, meeting.state) == (2, [], "announced")
    assert sent_to("notice") == sorted(person.email for person in people)
    links = {token_of(reply) for reply in meeting.replies.all()}
    assert len(links) == 2
    for letter in Letter.objects.all():
        found = {token for token in links if token in letter.text}
        mine = {token_of(meeting.replies.get(person=letter.person))}
        assert (found, letter.is_secret) == (mine, True)
        assert f"/reply/{next(iter(mine))}/?answer=yes" in letter.html
        assert "お待ちしています。" in letter.text
        assert "多摩テクノプラザ 会議室" in letter.text
    notice = Notice.objects.get()
    assert (notice.kind, notice.sent_by, notice.words) == ("notice", secretary.user, "お待ちしています。")
    assert set(notice.deliveries.values_list("channel", flat=True)) == {"email"}


def test_without_words_no_empty_paragraph_stays(meeting, people, secretary):
    notices.send(meeting=meeting, by=secretary.user, people=people)
    letter = Letter.objects.all()[0]
    assert "《" not in letter.text
    assert "\n\n\n" not in letter.text


def test_the_calendar_goes_along(meeting, people, secretary):
    notices.send(meeting=meeting, by=secretary.user, people=people)
    (mail,) = [delivery.message(letter) for letter in Letter.objects.all()[:1]]
    ((name, text, kind),) = mail.attachments
    assert (name, kind) == ("meeting.ics", "text/calendar")
    assert meeting.uid in text
    assert "BEGIN:VCALENDAR" in text


def test_nobody_chosen_is_nobody_told(meeting, secretary):
    with pytest.raises(ValidationError, match="まだ、だれにも送っていません"):
        notices.send(meeting=meeting, by=secretary.user, people=[])
    meeting.refresh_from_db()
    assert (meeting.state, Reply.objects.count(), Letter.objects.count(), Notice.objects.count()) == (
        "draft",
        0,
        0,
        0,
    )


def test_strangers_are_not_told(meeting, secretary, outsider, left_member):
    for stranger in (outsider, left_member):
        with pytest.raises(ValidationError, match="会員でなくなった方"):
            notices.send(meeting=meeting, by=secretary.user, people=[stranger.person])
    assert Letter.objects.count() == 0


def test_two_who_send_at_once_send_once(meeting, people, secretary):
    shown = notices.mark_of(meeting)
    notices.send(meeting=meeting, by=secretary.user, people=people, shown=shown)
    with pytest.raises(ValidationError, match="ほかの方が案内を送りました"):
        notices.send(meeting=meeting, by=secretary.user, people=people, shown=shown)
    assert Letter.objects.count() == 2


def test_who_is_off_mail_stands_on_paper(meeting, people, member, secretary, group):
    fax = make_membership(group, representatives=[make_person(contact_method="fax")])
    nothing = make_membership(group, representatives=[make_person(email="")])
    Person.objects.filter(pk=member.person.pk).update(email="hanako@kodama.example.net")
    bounces.record(letter=None, address="hanako@kodama.example.net", is_hard=True)
    off = [each.representatives.get().person for each in (fax, nothing)]
    sent = notices.send(meeting=meeting, by=secretary.user, people=[*people, *off])
    assert (sent.letters, {*sent.by_hand}, sent.total) == (1, {member.person, *off}, 4)
    assert sent_to("notice") == [secretary.person.email]
    assert Delivery.objects.filter(channel="paper", letter=None).count() == 3


def test_later_ones_are_told_apart(meeting, people, secretary, group):
    notices.send(meeting=meeting, by=secretary.user, people=people)
    later = make_membership(group).representatives.get().person
    notices.send(meeting=meeting, by=secretary.user, people=[later])
    assert (meeting.replies.count(), Letter.objects.count()) == (3, 3)


@pytest.mark.parametrize("state", ["cancelled", "over"])
def test_of_what_is_over_nobody_is_told(meeting, people, secretary, state):
    if state == "cancelled":
        meetings.cancel(meeting=meeting)
    else:
        Meeting.objects.update(starts_at=NOW - datetime.timedelta(days=1), ends_at=NOW, reply_until=None)
    with pytest.raises(ValidationError):
        notices.send(meeting=meeting, by=secretary.user, people=people)


def test_a_change_is_told_to_all_who_were_invited_and_attend_still(group, member, secretary):
    meeting = told_meeting(group, secretary.user)
    gone = reply_of(meeting, member)
    replies.answer(reply=reply_of(meeting, secretary), source="link", answer="yes")
    memberships.leave(membership=member.membership, since=NOW.date(), reason="busy")
    meetings.move(meeting=meeting, place="昭島市民会館")
    sent = notices.tell_change(meeting=meeting, by=secretary.user, words="会場が変わりました。")
    assert (sent.letters, sent_to("change")) == (1, [secretary.person.email])
    (letter,) = Letter.objects.filter(kind="events/change")
    assert "昭島市民会館" in letter.text
    assert "いまのお返事：出席します。" in letter.text
    assert gone.deliveries.count() == 1


def test_before_the_notice_a_change_is_told_to_nobody(meeting, secretary):
    assert notices.tell_change(meeting=meeting, by=secretary.user).total == 0
    assert Notice.objects.count() == 0


def test_that_it_is_off_is_told_once_with_the_reason(group, member, secretary):
    meeting = told_meeting(group, secretary.user)
    assert notices.tell_cancelled(meeting=meeting, by=secretary.user).total == 0
    meetings.cancel(meeting=meeting, reason="大雪のため")
    totals = [notices.tell_cancelled(meeting=meeting, by=secretary.user).total for _ in range(2)]
    assert totals == [2, 0]
    (letter, _) = Letter.objects.filter(kind="events/cancelled")
    assert "中止の理由：大雪のため" in letter.text
    assert "/reply/" not in letter.text
    assert "STATUS:CANCELLED" in delivery.message(letter).attachments[0][1]


def test_the_minutes_are_told_to_the_group_and_not_to_its_guests(group, member, secretary, outsider):
    meeting = make_meeting(group, DAY, reply_until=UNTIL)
    InvitedGroup.objects.create(meeting=meeting, group=outsider.membership.group, state="agreed")
    notices.send(meeting=meeting, by=secretary.user, people=[member.person, outsider.person])
    assert notices.tell_minutes(meeting=meeting, by=secretary.user).letters == 2
    assert sent_to("minutes") == sorted([member.person.email, secretary.person.email])
    assert f"/meetings/{meeting.pk}/minutes/" in Letter.objects.filter(kind="events/minutes")[0].text
    assert notices.tell_minutes(meeting=meeting, by=secretary.user).total == 0


def test_the_silent_are_reminded_once_a_day(group, member, secretary):
    many_members(group, 2)
    meeting = told_meeting(group, secretary.user)
    replies.answer(reply=reply_of(meeting, member), source="link", answer="open")
    assert notices.remind(meeting=meeting, by=secretary.user).letters == 3
    assert member.person.email not in sent_to("reminder")
    with pytest.raises(ValidationError, match="お願いできる方はいません"):
        notices.remind(meeting=meeting, by=secretary.user)
    assert len(sent_to("reminder")) == 3


def test_a_letter_that_went_astray_is_written_anew(group, member, secretary):
    from events.telling import renewing

    meeting = told_meeting(group, secretary.user)
    reply = reply_of(meeting, member)
    old = reply.deliveries.get().letter
    replies.renew_link(reply=reply)
    new = renewing.renew_letter(old)
    reply.refresh_from_db()
    assert token_of(reply) in new.text
    assert reply.deliveries.get().letter == new
    meetings.cancel(meeting=meeting)
    with pytest.raises(ValidationError, match="もう送れません"):
        renewing.renew_letter(new)
