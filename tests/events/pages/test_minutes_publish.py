"""Publishing says what it does and how many are told; versions; the papers of a 総会; to-dos."""

import datetime

import pytest

from events.models import Minutes
from tests.events.minutes.making import item, met, published, to_do, written
from tests.strictness import parse_strictly


@pytest.fixture
def draft(group, secretary, member):
    meeting = met(group)
    written(meeting, secretary.user, body="はじめの文", public_summary="話しました")
    return meeting


def url(meeting, page):
    return f"/meetings/{meeting.pk}/{page}"


def test_looked_at_first_then_published_then_told_again(draft, secretary, member):
    text = secretary.client.get(url(draft, "minutes/publish/")).content.decode()
    parse_strictly(text)
    assert "2名にメールで知らせる" in text
    assert Minutes.objects.get().state == "draft"
    answer = secretary.client.post(url(draft, "minutes/publish/"), {"tell": "on"})
    assert answer.headers["Location"] == url(draft, "minutes/")
    assert Minutes.objects.get().state == "published"
    assert "2名に知らせる" in secretary.client.get(url(draft, "minutes/publish/")).content.decode()
    secretary.client.post(url(draft, "minutes/publish/"), {"again": "yes"})
    assert draft.notices.count() == 2


def test_the_way_to_publish_is_short(draft, secretary):
    """Edit page, save and go on, publish: three steps after the meeting's page."""
    text = secretary.client.get(url(draft, "minutes/edit/")).content.decode()
    assert "保存して、公開へ進む" in text


def test_members_do_not_publish(draft, member):
    assert member.client.get(url(draft, "minutes/publish/")).status_code == 404
    published(met(draft.group, datetime.date(2026, 10, 14)), member.user)
    assert member.client.post(url(draft, "minutes/publish/"), {"tell": "on"}).status_code == 404
    assert Minutes.objects.get(meeting=draft).state == "draft"


def test_an_earlier_version_is_looked_at_and_put_back(draft, secretary, member):
    minutes = Minutes.objects.get()
    first = Minutes.history.get().history_id
    minutes.body = "次の文"
    minutes.save()
    text = secretary.client.get(url(draft, "minutes/versions/")).content.decode()
    parse_strictly(text)
    assert f"/minutes/restore/?version={first}" in text
    look = secretary.client.get(url(draft, f"minutes/restore/?version={first}"))
    assert "次の文" in look.content.decode()
    sent = {"version": first, "now": Minutes.history.latest("history_id").history_id}
    secretary.client.post(url(draft, "minutes/restore/"), sent)
    assert Minutes.objects.get().body == "はじめの文"
    assert member.client.get(url(draft, "minutes/versions/")).status_code == 404


def test_papers_of_a_general_meeting(group, secretary, member):
    meeting = met(group, kind="general")
    item(meeting, "会費", is_motion=True, votes_for=2, votes_against=0, votes_abstained=0)
    blank = member.client.get(url(meeting, "proxy.pdf"))
    assert (blank.status_code, blank.content[:4]) == (200, b"%PDF")
    assert member.client.get(url(meeting, "result.pdf")).status_code == 404
    published(meeting, secretary.user)
    assert member.client.get(url(meeting, "result.pdf")).content.startswith(b"%PDF")
    text = member.client.get(url(meeting, "minutes/")).content.decode()
    assert "会員2、出席0、委任状0、計0、定足数2（過半数）→ 不成立" in text
    assert "賛成2　反対0　保留0" in text


def test_other_meetings_have_no_such_papers(group, secretary):
    meeting = met(group)
    assert [secretary.client.get(url(meeting, page)).status_code for page in ("proxy.pdf", "result.pdf")] == [
        404,
        404,
    ]


def test_votes_are_typed_for_motions(group, secretary):
    meeting = met(group, kind="general")
    said = item(meeting, "会費")
    typed = {
        f"item-{said.pk}-votes_for": "5",
        f"item-{said.pk}-votes_against": "1",
        f"item-{said.pk}-votes_abstained": "0",
    }
    secretary.client.post(url(meeting, "minutes/edit/"), typed)
    said.refresh_from_db()
    assert (said.is_motion, said.votes_for, said.votes_against) == (True, 5, 1)


def test_to_dos_of_the_group(group, secretary, member, outsider, visitor):
    meeting = met(group)
    todo = to_do(meeting, "下見に行く")
    published(meeting, secretary.user)
    page = f"/groups/{group.slug}/todos/"
    assert "下見に行く" in member.client.get(page).content.decode()
    assert "すんだ<span" not in member.client.get(page).content.decode()
    assert outsider.client.get(page).status_code == 403
    assert "下見に行く" in member.client.get(f"/groups/{group.slug}/").content.decode()
    assert "下見に行く" not in visitor.client.get(f"/groups/{group.slug}/").content.decode()
    assert member.client.post(f"/todos/{todo.pk}/done/", {"done": "yes"}).status_code == 403
    assert outsider.client.post(f"/todos/{todo.pk}/done/", {"done": "yes"}).status_code == 404
    secretary.client.post(f"/todos/{todo.pk}/done/", {"done": "yes"})
    todo.refresh_from_db()
    assert todo.done_on == datetime.date(2026, 11, 25)
    text = secretary.client.get(page).content.decode()
    parse_strictly(text)
    assert "まだに戻す" in text


def test_of_two_who_publish_at_once_the_second_tells_nobody_again(draft, secretary):
    """Each has the page open that publishes; the second one sends it when the first is done."""
    secretary.client.post(url(draft, "minutes/publish/"), {"tell": "on"})
    text = secretary.client.post(url(draft, "minutes/publish/"), {"tell": "on"}).content.decode()
    assert "もう公開されています" in text
    assert draft.notices.count() == 1
    again = secretary.client.get(url(draft, "minutes/publish/")).content.decode()
    assert 'name="again"' in again
