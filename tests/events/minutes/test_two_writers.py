"""Two send the minutes of one meeting at the same moment, on a database that locks rows: no text goes unseen."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from events.forms import minutes as minutes_forms
from events.minutes import reading, writing
from events.models import Meeting, Minutes
from iri_exchange.lib import versions
from tests.conftest import Actor, log_in
from tests.events.minutes.making import item, met, written
from tests.events.pages.test_minutes_edit import opened, url
from tests.factories import make_membership, make_officer
from tests.groups.importing.racing import Running, waiting

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]
TEXTS = ("髙橋の文", "児玉の文")
BOTH = 'class="both"'
Sending = tuple[Actor, str, dict[str, Any]]


@pytest.fixture
def officers(group, secretary) -> list[Actor]:
    membership = make_membership(group)
    chair = membership.representatives.get().person
    make_officer(group, chair, role="chair")
    return [secretary, log_in(chair, membership)]


@pytest.fixture
def meeting(group) -> Meeting:
    return met(group)


def sending(meeting: Meeting, sent: list[Sending]) -> list[Callable[[], Any]]:
    return [
        lambda who=who, page=page, typed=typed: who.client.post(url(meeting, page), typed)
        for who, page, typed in sent
    ]


def in_turn(meeting: Meeting, sent: list[Sending]) -> list[Any]:
    """The answers to all of them, which have come as far as to wait for the meeting, in this order."""
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        running = [waiting(send) for send in sending(meeting, sent)]
    return [each.result for each in running]


def two_texts(meeting: Meeting, officers: list[Actor]) -> list[Sending]:
    return [
        (who, "edit", opened(who, meeting) | {"body": text})
        for who, text in zip(officers, TEXTS, strict=True)
    ]


def unseen(answers: list[Any]) -> list[str]:
    """The texts that were taken, stand there no more, and were shown to nobody who saved after them."""
    stands, shown = Minutes.objects.get().body, [each for each in answers if BOTH in each.content.decode()]
    return [
        text
        for text, answer in zip(TEXTS, answers, strict=True)
        if answer.status_code == 302
        and text != stands
        and not any(text in each.content.decode() for each in shown)
    ]


@pytest.mark.parametrize("is_begun", [True, False])
def test_the_second_sees_both_texts(meeting, officers, is_begun):
    if is_begun:
        written(meeting, officers[0].user, body="はじめの文")
    first, second = answers = in_turn(meeting, two_texts(meeting, officers))
    assert first.status_code == 302
    assert all(text in second.content.decode() for text in (BOTH, *TEXTS))
    assert Minutes.objects.get().body == TEXTS[0]
    assert unseen(answers) == []


def test_whoever_does_not_wait_is_noticed(meeting, officers, monkeypatch):
    """The planted twin: it compares, and then writes, without a lock."""
    written(meeting, officers[0].user, body="はじめの文")
    together, write = threading.Barrier(2, timeout=20), writing.write

    def both_compared(**what: Any) -> Minutes:
        together.wait()
        return write(**what)

    def read(model: Any, **record: Any) -> Any:
        return model._base_manager.filter(**record).first()

    for module in (versions, minutes_forms):
        monkeypatch.setattr(module, "wait_for", read)
    for module in (reading, writing):
        monkeypatch.setattr(module, "wait_for", lambda meeting: meeting)
    monkeypatch.setattr(writing, "write", both_compared)
    running = [Running(send) for send in sending(meeting, two_texts(meeting, officers))]
    assert len(unseen([each.result for each in running])) == 1


@pytest.mark.parametrize("pages", [("edit", "autosave"), ("autosave", "edit")])
def test_what_saves_itself_waits_as_well(meeting, officers, pages):
    written(meeting, officers[0].user, body="はじめの文")
    sent = two_texts(meeting, officers)
    answers = in_turn(
        meeting, [(who, page, typed) for (who, _, typed), page in zip(sent, pages, strict=True)]
    )
    told = dict(zip(pages, answers, strict=True))
    assert told["autosave"].json()["saved"] is (pages[0] == "autosave")
    assert (BOTH in told["edit"].content.decode()) is (pages[0] == "autosave")
    assert Minutes.objects.get().body == TEXTS[0]


def test_two_items_at_once_are_both_written(meeting, officers):
    items = [item(meeting, f"話{number}") for number in range(2)]
    written(meeting, officers[0].user)
    answers = in_turn(
        meeting,
        [
            (who, "edit", opened(who, meeting) | {f"item-{said.pk}-summary": text})
            for who, said, text in zip(officers, items, TEXTS, strict=True)
        ],
    )
    assert [each.status_code for each in answers] == [302, 302]
    assert tuple(meeting.agenda.values_list("summary", flat=True)) == TEXTS
