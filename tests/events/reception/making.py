"""Meetings of today with replies, plainly made."""

import datetime
from typing import Any

from django.utils import timezone

from events.models import Meeting, Reply
from groups.models import Group, Membership
from members.models import Person, User
from tests.factories import make_company, make_meeting, make_membership, make_person

TODAY = datetime.date(2026, 11, 25)


def make_named(group: Group, family: str, kana: str, **fields: Any) -> Membership:
    """A company with one representative, both of this name."""
    company = make_company(name=f"株式会社{family}", kana=kana)
    person = make_person(family_name=family, given_name="", family_kana=kana, given_kana="")
    return make_membership(group, company=company, representatives=[person], consent="yes", **fields)


def person_of(membership: Membership) -> Person:
    return membership.person or membership.representatives.get().person


def make_reply(meeting: Meeting, membership: Membership, answer: str = "", **fields: Any) -> Reply:
    """As if the person had answered by the link."""
    said = {"source": Reply.Source.LINK, "answered_at": timezone.now()} if answer else {}
    reply = Reply(
        meeting=meeting, membership=membership, person=person_of(membership), answer=answer, **said | fields
    )
    reply.full_clean()
    reply.save()
    return reply


def meeting_of(group: Group, answers: list[str], *, day: datetime.date = TODAY, **fields: Any) -> Meeting:
    """A meeting with a member for each answer, in the order of フリガナ."""
    meeting = make_meeting(group, day, **fields)
    for number, answer in enumerate(answers):
        member = make_named(group, f"会員{number}", f"カイイン{chr(ord('ア') + 2 * number)}")
        more = {"proxy_name": f"代理{number}"} if answer == "proxy" else {}
        make_reply(meeting, member, answer, **more)
    return meeting


def ticked(meeting: Meeting) -> dict[str, str]:
    """{name: kind} of everybody written down."""
    rows = meeting.attendances.select_related("person")
    return {row.person.name if row.person else row.name: row.kind for row in rows}


def somebody(user: User | None) -> User:
    assert user is not None
    return user
