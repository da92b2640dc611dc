"""The board, what is put on it, and the page on which a group answers another."""

import datetime

import pytest

from events.joining import offers
from events.models import GroupOffer, InvitedGroup, Meeting, OfferAnswer, Reply
from tests.events.joining.making import officer_of, row_of
from tests.events.pages.test_meeting_edit import form_of
from tests.events.pages.test_meeting_new import sent
from tests.events.told import told_meeting
from tests.factories import make_meeting
from tests.strictness import parse_strictly

DECEMBER, MARCH = datetime.date(2026, 12, 1), datetime.date(2027, 3, 1)
BOARD = "/events/board/"


def page(actor, path: str = BOARD) -> str:
    answer = actor.client.get(path)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.text


@pytest.fixture
def guest(other_group):
    return officer_of(other_group)


@pytest.fixture
def offer(group, secretary) -> GroupOffer:
    return offers.post(
        group=group, by=secretary.user, topic="工場を見る", first_month=DECEMBER, last_month=MARCH
    )


def test_empty_it_says_what_to_do(member, secretary):
    assert "呼びかけがありません" in page(member)
    assert "/groups/keyaki/offers/new/" in page(secretary)
    assert "/groups/keyaki/offers/new/" not in page(member)


def test_from_the_offer_to_the_meeting(secretary, guest, other_group, group):
    form = page(secretary, "/groups/keyaki/offers/new/")
    assert "2026年12月" in form
    typed = {
        "topic": "工場を見る",
        "first_month": "2026-12-01",
        "last_month": "2027-03-01",
        "hosts": "on",
        "place": "立川",
    }
    assert secretary.client.post("/groups/keyaki/offers/new/", typed).status_code == 302
    offer = GroupOffer.objects.get()
    assert "いっしょに開きたい" in page(guest)
    answer_url = f"/offers/{offer.pk}/answer/"
    page(guest, answer_url)
    guest.client.post(answer_url, {"group": other_group.pk, "words": "ぜひ"})
    answer = OfferAnswer.objects.get()
    assert (answer.group, answer.words) == (other_group, "ぜひ")
    assert "ぜひ" in page(secretary)
    assert "ぜひ" not in page(guest)
    url = f"/groups/keyaki/meetings/new/?with=minato&offer={offer.pk}"
    assert url.replace("&", "&amp;") in page(secretary)
    made = secretary.client.get(url).context["form"]
    assert (made["title"].value(), made["invited"].value()) == ("工場を見る", [other_group.pk])
    secretary.client.post(url, sent(invited=[other_group.pk]))
    answer.refresh_from_db()
    assert (answer.meeting, row_of(answer.meeting, other_group).state) == (Meeting.objects.get(), "asked")
    assert "になりました" in page(secretary)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(secretary):
    typed = {"topic": "", "words": "くわしい話", "first_month": "2027-03-01", "last_month": "2026-12-01"}
    answer = secretary.client.post("/groups/keyaki/offers/new/", typed)
    assert "topic" in answer.context["form"].errors
    assert "くわしい話" in answer.text
    answer = secretary.client.post("/groups/keyaki/offers/new/", typed | {"topic": "見学"})
    assert "終わりの月を、始まりの月より後にしてください。" in answer.text


def test_it_is_put_right_and_the_second_to_save_sees_both(secretary, offer):
    url = f"/offers/{offer.pk}/edit/"
    data = form_of(secretary.client.get(url))
    assert secretary.client.post(url, data | {"topic": "町を歩く"}).status_code == 302
    answer = secretary.client.post(url, data | {"topic": "山を歩く"})
    assert [(each.mine, each.theirs) for each in answer.context["form"].conflict.fields] == [
        ("山を歩く", "町を歩く")
    ]
    parse_strictly(answer.content)


def test_it_is_taken_down(secretary, member, offer):
    assert member.client.post(f"/offers/{offer.pk}/close/").status_code == 403
    assert secretary.client.post(f"/offers/{offer.pk}/close/").status_code == 302
    assert "工場を見る" not in page(member)


def test_a_seat_is_taken_from_the_board(outsider, member, group, secretary):
    meeting = told_meeting(group, secretary.user, open_seats=1)
    url = f"/meetings/{meeting.pk}/seat/"
    assert url in page(outsider)
    assert url not in page(member)
    assert outsider.client.get(url).status_code == 405
    assert outsider.client.post(url).headers["Location"] == f"/meetings/{meeting.pk}/"
    assert Reply.objects.get(is_seat=True).person == outsider.person
    assert "席をとってあります" in page(outsider)
    assert outsider.client.get(f"/meetings/{meeting.pk}/reply/").status_code == 200
    assert member.client.post(url).status_code == 403


def test_the_meetings_page_leads_to_the_seats(outsider, member, group, secretary):
    meeting = told_meeting(group, secretary.user, open_seats=1)
    way = '/events/board/#seats"'
    assert way in outsider.client.get(f"/meetings/{meeting.pk}/").text
    assert way not in member.client.get(f"/meetings/{meeting.pk}/").text


def test_seats_before_the_notice_are_nobodys(outsider, group, secretary):
    meeting = make_meeting(group, datetime.date(2026, 12, 10), open_seats=1)
    assert f"/meetings/{meeting.pk}/seat/" not in page(outsider)
    assert outsider.client.post(f"/meetings/{meeting.pk}/seat/").status_code == 403


@pytest.fixture
def asked(secretary, group, guest, other_group) -> Meeting:
    secretary.client.post("/groups/keyaki/meetings/new/", sent(invited=[other_group.pk], later="1"))
    return Meeting.objects.get()


@pytest.mark.parametrize(("said", "state"), [("yes", "agreed"), ("no", "declined")])
def test_two_clicks_answer(said, state, asked, guest, other_group, outsider):
    url = f"/meetings/{asked.pk}/joint/"
    assert url in page(guest, "/my/")
    assert url in page(guest, "/groups/minato/meetings/")
    text = page(guest, url)
    assert "いっしょに開く" in text
    assert row_of(asked, other_group).state == "asked"
    guest.client.post(url, form_of(guest.client.get(url)) | {"answer": said, "words": "楽しみです"})
    row = row_of(asked, other_group)
    assert (row.state, row.words, row.answered_by) == (state, "楽しみです", guest.user)
    assert "楽しみです" in page(guest, url)
    assert url not in page(guest, "/my/")
    assert outsider.client.get(url).status_code == 403


def test_without_a_button_nothing_is_said_and_the_words_stay(asked, guest, other_group):
    url = f"/meetings/{asked.pk}/joint/"
    answer = guest.client.post(url, form_of(guest.client.get(url)) | {"words": "考え中です"})
    parse_strictly(answer.content)
    assert "考え中です" in answer.text
    assert row_of(asked, other_group).state == "asked"


def test_the_form_of_the_meeting_shows_what_was_answered_and_asks_again(asked, secretary, other_group):
    InvitedGroup.objects.update(state="declined", answered_at=asked.starts_at)
    url = f"/meetings/{asked.pk}/edit/"
    answer = secretary.client.get(url)
    parse_strictly(answer.content)
    assert "みなと会（見送り。選ぶと、もう一度たずねます）" in answer.text
    data = form_of(answer)
    secretary.client.post(url, data)
    assert row_of(asked, other_group).state == "declined"
    secretary.client.post(url, form_of(secretary.client.get(url)) | {"invited": [other_group.pk]})
    assert row_of(asked, other_group).state == "asked"


def test_a_group_that_is_chosen_no_longer_is_asked_no_longer(asked, secretary, other_group):
    url = f"/meetings/{asked.pk}/edit/"
    secretary.client.post(url, form_of(secretary.client.get(url)))
    assert not InvitedGroup.objects.exists()
