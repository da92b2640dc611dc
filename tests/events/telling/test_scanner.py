"""A mail scanner opens every link of every letter: nothing changes by that."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from events import meetings
from events.replying import replies
from events.telling import notices, renewing
from members.models import Letter
from tests.events.told import reply_of, told_meeting

NOT_OURS = ("sessions", "usersessions")


def rows() -> dict[str, list]:
    """Every row of every table, but sessions."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and model._meta.app_label not in NOT_OURS
    }


@pytest.fixture
def letters(group, member, secretary) -> list[Letter]:
    """One of each kind."""
    meeting = told_meeting(group, secretary.user)
    notices.remind(meeting=meeting, by=secretary.user)
    replies.answer(reply=reply_of(meeting, secretary), source="link", answer="yes")
    notices.tell_change(meeting=meeting, by=secretary.user)
    renewing.send_link(reply=reply_of(meeting, member))
    notices.tell_minutes(meeting=meeting, by=secretary.user)
    off = told_meeting(group, secretary.user, title="見学", kind="visit")
    out = list(Letter.objects.all())  # as if they had gone out: what has not is taken back with the meeting
    meetings.cancel(meeting=off)
    notices.tell_cancelled(meeting=off, by=secretary.user)
    return [*out, *Letter.objects.filter(kind="events/cancelled")]


def links_in(letters: list[Letter]) -> set[str]:
    site = re.escape(settings.SITE_URL)
    return {
        link.removeprefix(settings.SITE_URL).replace("&amp;", "&")
        for letter in letters
        for link in re.findall(rf"{site}/[^\s\"<]*", f"{letter.text} {letter.html}")
    }


def test_looking_changes_nothing(letters):
    kinds = {letter.kind.removeprefix("events/") for letter in letters}
    assert kinds == {"notice", "reminder", "change", "reply_link", "minutes", "cancelled"}
    links = links_in(letters)
    more = {
        f"{link.split('?')[0]}{page}"
        for link in links
        if "/reply/" in link
        for page in ("done/", "meeting.ics")
    }
    assert len(links) > 6
    before = rows()
    for link in links | more:
        for method in ("get", "head", "options"):
            getattr(Client(), method)(link)
    assert rows() == before


def test_a_press_would_be_noticed(letters):
    before = rows()
    for link in links_in(letters):
        if "?answer=yes" in link:
            Client().post(link, {"answer": "yes"})
    assert rows() != before
