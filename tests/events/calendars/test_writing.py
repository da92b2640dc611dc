"""A calendar that two parsers understand: whole, folded, escaped, with a zone."""

import datetime

import icalendar
import pytest
import vobject

from events import meetings
from events.calendars import showing
from events.calendars.invitation import ics_of
from events.models import Meeting
from tests.factories import make_meeting

DAY = datetime.date(2026, 12, 9)
TITLE = "工場の話; はじめに, 「線」\\ 𠮷野 葛\U000e0100城" + "とても長い題です" * 6


def both(text):
    """What stands in it, as two parsers read it: (uid, summary, description, begin, end, sequence, status)."""
    ours = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert ours.errors == []
    theirs = vobject.readOne(text).vevent
    one = tuple(str(ours[key]) for key in ("UID", "SUMMARY", "DESCRIPTION", "STATUS"))
    other = tuple(getattr(theirs, key).value for key in ("uid", "summary", "description", "status"))
    assert one == other
    assert (ours["DTSTART"].dt, ours["DTEND"].dt) == (theirs.dtstart.value, theirs.dtend.value)
    return ours


def test_two_parsers_read_the_same(group):
    met = make_meeting(group, DAY, title=TITLE, note="一行目\n二行目", online_url="https://meet.example.jp/a")
    event = both(ics_of(met))
    assert event["UID"] == f"meeting-{met.pk}@iri-exchange"
    assert event["SUMMARY"] == "けやき会 第1回 定例会"
    assert str(event["DESCRIPTION"]).startswith(TITLE)
    assert event["DTSTART"].dt.isoformat() == "2026-12-09T15:00:00+09:00"
    assert event["LOCATION"] == "多摩テクノプラザ 会議室"
    assert str(event["URL"]).endswith(f"/meetings/{met.pk}/")


def test_lines_are_folded_and_ended_as_the_standard_says(group):
    text = ics_of(make_meeting(group, DAY, title=TITLE))
    assert text.replace("\r\n", "").count("\n") == text.replace("\r\n", "").count("\r") == 0
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    for line in text.encode().split(b"\r\n"):
        line.decode()  # no letter is torn apart
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo" in text
    assert "DTSTART;TZID=Asia/Tokyo:20261209T150000" in text


def test_a_change_and_an_end_are_known_by_their_number(group):
    met = make_meeting(group, DAY)
    uid = icalendar.Calendar.from_ical(ics_of(met)).walk("VEVENT")[0]["UID"]
    meetings.move(meeting=met, starts_at=met.starts_at + datetime.timedelta(minutes=30))
    moved = both(ics_of(Meeting.objects.get()))
    assert (moved["UID"], moved["SEQUENCE"], moved["STATUS"]) == (uid, 1, "TENTATIVE")
    meetings.cancel(meeting=met, reason="台風のため")
    gone = both(ics_of(Meeting.objects.get()))
    assert (gone["UID"], gone["SEQUENCE"], gone["STATUS"]) == (uid, 2, "CANCELLED")
    assert (str(gone["SUMMARY"]), "台風のため" in gone["DESCRIPTION"]) == (
        "【中止】けやき会 第1回 定例会",
        True,
    )


@pytest.mark.parametrize("state", list(Meeting.State))
def test_the_same_meeting_gives_the_same_text(group, state):
    met = make_meeting(group, DAY)
    Meeting.objects.filter(pk=met.pk).update(state=state)
    first, again = (ics_of(Meeting.objects.get()) for _ in range(2))
    assert first == again


def test_a_calendar_without_meetings_is_one(db):
    text = showing.public_calendar()
    assert icalendar.Calendar.from_ical(text).walk("VEVENT") == []
    assert vobject.readOne(text).name == "VCALENDAR"
