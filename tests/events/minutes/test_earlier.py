"""Versions of the minutes: told, compared, put back."""

import pytest
from django.core.exceptions import ValidationError

from events.minutes import earlier
from events.minutes.writing import Content, write
from events.models import Minutes
from tests.events.minutes.making import item, met, to_do, written


@pytest.fixture
def rewritten(group, secretary):
    """Minutes whose text and whose item were written twice."""
    meeting = met(group)
    said = item(meeting, summary="はじめの要約")
    minutes = written(meeting, secretary.user, body="はじめの文")
    said.summary, minutes.body = "次の要約", "次の文"
    write(minutes=minutes, by=secretary.user, content=Content(items=[said]))
    to_do(meeting)
    return minutes


def first_of(minutes):
    return earlier.version_of(minutes, str(Minutes.history.earliest("history_id").history_id))


def test_a_version_says_what_would_change(rewritten):
    changes = [(each.label, each.old, each.new) for each in first_of(rewritten).changes]
    assert changes == [
        ("話し合ったこと", "次の文", "はじめの文"),
        ("「自社紹介」の内容", "次の要約", "はじめの要約"),
    ]


def test_restored_with_the_summaries_of_that_moment(rewritten, secretary):
    version = first_of(rewritten)
    earlier.restore(minutes=rewritten, version=version, shown=str(version.now), by=secretary.user)
    rewritten.refresh_from_db()
    assert rewritten.body == "はじめの文"
    assert rewritten.meeting.agenda.get().summary == "はじめの要約"
    assert rewritten.meeting.todos.count() == 1
    row = Minutes.history.latest("history_id")
    assert row.history_change_reason == "議事録を11月25日10:00の内容に戻す"


def test_saved_meanwhile_is_not_written_over(rewritten, secretary):
    version = first_of(rewritten)
    rewritten.body = "もっと新しい文"
    write(minutes=rewritten, by=secretary.user)
    with pytest.raises(ValidationError, match="もう一度お確かめください"):
        earlier.restore(minutes=rewritten, version=version, shown=str(version.now), by=secretary.user)
    rewritten.refresh_from_db()
    assert rewritten.body == "もっと新しい文"


@pytest.mark.parametrize("asked", ["", "x", "9" * 12, "-1", "9" * 30, "１"])
def test_there_is_no_such_version(rewritten, asked):
    assert earlier.version_of(rewritten, asked) is None


def test_a_version_of_other_minutes_is_none(rewritten, other_group, secretary):
    other = written(met(other_group), secretary.user)
    row = Minutes.history.filter(id=other.pk).get()
    assert earlier.version_of(rewritten, str(row.history_id)) is None


def test_the_list_tells_who_and_what(rewritten, secretary):
    page, lines = earlier.page_of(rewritten, secretary.user, "")
    assert page.paginator.count == len(lines) >= 1
    assert {line.who for line in lines if line.title} == {str(secretary.user)}
    assert lines[0].entry.told
