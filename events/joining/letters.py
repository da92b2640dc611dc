"""The letters between groups: to those who speak for one. They name nobody but the officer who asked or answered."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from events.joining.officers import reached, speakers_for
from events.models import InvitedGroup, Meeting, OfferAnswer
from iri_exchange.lib import japan
from members import letters
from members.models import Person


def asked(*, invitation: InvitedGroup, by: Any) -> int:
    """「いっしょに開きませんか」, to the asked group: how many letters."""
    meeting = invitation.meeting
    values = _about(meeting) | {"たずねられたグループ": invitation.group.name, "お願いした人": _name(by)}
    link = _address("meeting_joint", meeting.pk)
    return _write("joint_asked", speakers_for(invitation.group), values, link)


def answered(*, invitation: InvitedGroup, by: Any, said: str) -> int:
    """What the asked group said, to the group whose meeting it is. `said`: a sentence."""
    meeting = invitation.meeting
    values = _about(meeting) | {
        "答えたグループ": invitation.group.name,
        "お返事": said,
        "お返事をした人": _name(by),
        "ことば": invitation.words,
    }
    return _write("joint_answered", speakers_for(meeting.group), values, _address("meeting", meeting.pk))


def news(*, meeting: Meeting, to: Iterable[Person], said: str) -> int:
    """Something about a joint meeting changed. `said`: a sentence or two."""
    values = _about(meeting) | {"お知らせ": said}
    return _write("joint_news", to, values, _address("meeting", meeting.pk))


def offer_answered(*, answer: OfferAnswer, by: Any) -> int:
    """A group would like to, to the group that offered."""
    values = {
        "グループ": answer.group.name,
        "呼びかけ": answer.offer.topic,
        "手をあげた人": _name(by),
        "ことば": answer.words,
    }
    return _write("offer_answered", speakers_for(answer.offer.group), values, _address("offer_board"))


def _write(kind: str, people: Iterable[Person], values: dict[str, str], link: str) -> int:
    written = [
        letters.write(
            kind=f"events/{kind}",
            to=person.email,
            values={"お名前": str(person), **values},
            person=person,
            link=link,
        )
        for person in reached(people)
    ]
    return len(written)


def _about(meeting: Meeting) -> dict[str, str]:
    """What everybody may know of it; where and what about stands on its page."""
    return {
        "グループ": meeting.group.name,
        "会合": meeting.name,
        "日": japan.full_date(meeting.day),
    }


def _name(by: Any) -> str:
    return f"{by.person}さん" if by and by.person_id else "異業種交流グループ事務局"


def _address(name: str, *args: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
