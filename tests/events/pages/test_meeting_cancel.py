"""/meetings/<pk>/cancel/: says who is told, asks why, and calls it off."""

import datetime

import pytest

from events.models import Meeting, Notice
from tests.events.pages.test_meeting_edit import announced
from tests.factories import make_meeting
from tests.strictness import parse_strictly


@pytest.fixture
def planned(group) -> Meeting:
    return make_meeting(group, datetime.date(2026, 12, 9))


def url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/cancel/"


def test_looking_changes_nothing_and_says_what_it_means(secretary, planned):
    announced(planned, secretary)
    answer = secretary.client.get(url(planned))
    parse_strictly(answer.content)
    assert "中止にして、1名に知らせる" in answer.content.decode()
    planned.refresh_from_db()
    assert planned.state == "announced"


def test_everybody_who_was_told_is_told_with_the_reason(secretary, planned):
    announced(planned, secretary)
    assert secretary.client.post(url(planned), {"reason": "台風のため"}).status_code == 302
    planned.refresh_from_db()
    assert (planned.state, planned.cancel_reason) == ("cancelled", "台風のため")
    assert [*Notice.objects.values_list("kind", flat=True)] == ["notice", "cancelled"]
    assert "理由：台風のため" in secretary.client.get(f"/meetings/{planned.pk}/").content.decode()


def test_without_a_notice_nobody_is_told(secretary, planned):
    assert "だれにもお知らせは送りません" in secretary.client.get(url(planned)).content.decode()
    secretary.client.post(url(planned), {"reason": "台風のため"})
    assert not Notice.objects.exists()


def test_a_reason_is_needed(secretary, planned):
    answer = secretary.client.post(url(planned), {"reason": ""})
    assert "中止の理由を入れてください" in answer.content.decode()
    planned.refresh_from_db()
    assert planned.state == "draft"


def test_a_second_time_it_says_so(secretary, planned):
    secretary.client.post(url(planned), {"reason": "台風のため"})
    assert "この会合は、中止にできません" in secretary.client.get(url(planned)).content.decode()


def test_who_may(visitor, member, outsider, staff, planned):
    for actor, status in ((visitor, 302), (member, 403), (outsider, 403), (staff, 403)):
        assert actor.client.post(url(planned), {"reason": "x"}).status_code == status
    planned.refresh_from_db()
    assert planned.state == "draft"
