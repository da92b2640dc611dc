"""Minutes are published: read by the members, who are told once, and again after a correction."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events import meetings
from events.minutes import publishing
from events.minutes.publishing import publish, tell_again, why_not
from events.models import InvitedGroup, Notice
from members.models import Letter
from tests.events.minutes.making import item, met, there, written


def test_the_meeting_was_held_and_the_members_are_told(group, other_group, outsider, secretary, member):
    meeting = met(group)
    InvitedGroup.objects.create(meeting=meeting, group=other_group, state="agreed")
    minutes = written(meeting, secretary.user, decisions="次は工場を見る")
    publish(meeting=meeting, by=secretary.user)
    minutes.refresh_from_db()
    meeting.refresh_from_db()
    assert (minutes.state, minutes.published_by, meeting.state) == ("published", secretary.user, "held")
    told = Letter.objects.exclude(person=None).values_list("person", flat=True)
    assert set(told) == {member.person.pk, secretary.person.pk}
    assert Notice.objects.get().kind == "minutes"


def test_published_without_a_letter(group, secretary, member):
    meeting = met(group)
    written(meeting, secretary.user)
    publish(meeting=meeting, by=secretary.user, tell=False)
    assert (Letter.objects.count(), Notice.objects.count()) == (0, 0)


def test_it_is_published_once_and_told_again_as_often_as_wanted(group, secretary, member):
    meeting = met(group)
    written(meeting, secretary.user)
    with pytest.raises(ValidationError, match="公開してから"):
        tell_again(meeting=meeting, by=secretary.user)
    publish(meeting=meeting, by=secretary.user)
    with pytest.raises(ValidationError, match="変えられません"):
        publish(meeting=meeting, by=secretary.user)
    assert Notice.objects.count() == 1
    tell_again(meeting=meeting, by=secretary.user)
    assert (Notice.objects.count(), Letter.objects.count()) == (2, 4)


def test_why_they_cannot_be_published(group, secretary):
    meeting = met(group, datetime.date(2026, 12, 9))
    assert why_not(meeting) == publishing.NOTHING
    minutes = written(meeting, secretary.user, body="")
    meeting.refresh_from_db()
    assert why_not(meeting) == publishing.NOTHING
    item(meeting, summary="話した")
    assert why_not(meeting) == publishing.TOO_EARLY
    with pytest.raises(ValidationError, match="始まる前"):
        publish(meeting=meeting, by=secretary.user)
    meetings.cancel(meeting=meeting, reason="大雪")
    assert why_not(meeting) == "中止になった会合の議事録は、公開できません。"
    minutes.refresh_from_db()
    assert minutes.state == "draft"


def test_the_numbers_of_a_general_meeting_are_written_down(group, secretary, member):
    meeting = met(group, kind="general")
    there(meeting, member.membership)
    written(meeting, secretary.user)
    minutes = publish(meeting=meeting, by=secretary.user, tell=False)
    assert (minutes.voters, minutes.quorum) == (2, 2)


def test_who_would_be_told(group, secretary, member):
    member.person.contact_method = "fax"
    member.person.email = ""
    member.person.save()
    told = publishing.members_told(met(group))
    assert (told.letters, told.by_hand) == (1, [member.person])
