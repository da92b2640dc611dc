"""The agenda: its lines in their order; what hangs on a line stays with it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events.models import AgendaItem, Meeting
from events.planning import agenda
from events.planning.agenda import Line
from iri_exchange.lib import history
from tests.factories import make_meeting


@pytest.fixture
def meeting(group) -> Meeting:
    made = make_meeting(group, datetime.date(2026, 12, 9))
    agenda.write(meeting=made, lines=[Line("自社紹介"), Line("情報交換")])
    return made


def titles(meeting: Meeting) -> list[tuple[int, str]]:
    return [(item.position, item.title) for item in meeting.agenda.all()]


def test_lines_change_places_and_stay_themselves(meeting):
    first, second = agenda.lines_of(meeting)
    assert agenda.write(meeting=meeting, lines=[second, first, Line("次回の日")])
    assert titles(meeting) == [(1, "情報交換"), (2, "自社紹介"), (3, "次回の日")]
    assert {line.pk for line in agenda.lines_of(meeting)} >= {first.pk, second.pk}


def test_the_same_once_more_writes_nothing(meeting):
    before = history.of(AgendaItem).count()
    version = agenda.version_of(meeting)
    assert not agenda.write(meeting=meeting, lines=agenda.lines_of(meeting))
    assert (history.of(AgendaItem).count(), agenda.version_of(meeting)) == (before, version)


def test_a_line_goes_unless_the_minutes_tell_of_it(meeting):
    first, second = agenda.lines_of(meeting)
    AgendaItem.objects.filter(pk=second.pk).update(summary="よい話だった")
    agenda.write(meeting=meeting, lines=[second])
    assert titles(meeting) == [(1, "情報交換")]
    with pytest.raises(ValidationError, match="議事録から消してください"):
        agenda.write(meeting=meeting, lines=[])
    assert titles(meeting) == [(1, "情報交換")]
    assert first.pk not in {line.pk for line in agenda.lines_of(meeting)}


def test_a_line_of_another_meeting_is_a_new_one(meeting, other_group):
    foreign = make_meeting(other_group, datetime.date(2026, 12, 9))
    agenda.write(meeting=foreign, lines=[Line("よその話", pk=agenda.lines_of(meeting)[0].pk)])
    assert titles(foreign) == [(1, "よその話")]
    assert titles(meeting) == [(1, "自社紹介"), (2, "情報交換")]


def test_what_cannot_be_seen_is_refused(meeting):
    with pytest.raises(ValidationError, match="目に見えない文字"):
        agenda.write(meeting=meeting, lines=[Line("自社\u200b紹介")])
