"""The board: offered, put right, taken down, answered, and what became of it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from events.joining import offers
from events.joining.board import board_of
from events.models import GroupOffer
from groups import lifecycle
from groups.models import Group
from members.models import Letter
from tests.events.joining.making import everything, fresh, officer_of, sent
from tests.factories import make_meeting

TOKYO = ZoneInfo("Asia/Tokyo")
DECEMBER, MARCH = datetime.date(2026, 12, 1), datetime.date(2027, 3, 1)


@pytest.fixture
def host(group):
    return officer_of(group, family_name="主田", given_name="催")


@pytest.fixture
def guest(other_group):
    return officer_of(other_group, family_name="客野", given_name="招")


@pytest.fixture
def offer(group, host) -> GroupOffer:
    return offers.post(
        group=group, by=host.user, topic="工場を見る", first_month=DECEMBER, last_month=MARCH, hosts=True, place="立川"
    )  # fmt: skip


def shown(actor) -> list[str]:
    board = board_of(fresh(actor))
    return [row.offer.topic for _, rows in board.months for row in rows]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"first_month": MARCH, "last_month": DECEMBER}, "終わりの月"),
        (
            {"first_month": datetime.date(2026, 9, 1), "last_month": datetime.date(2026, 10, 1)},
            "これからの月",
        ),
        ({"place": "立川"}, "会場を用意できる"),
        ({"topic": ""}, "この"),
    ],
)
def test_what_no_offer_is(about, said, group, host):
    whole = {"topic": "工場を見る", "first_month": DECEMBER, "last_month": MARCH} | about
    with pytest.raises(ValidationError, match=said):
        offers.post(group=group, by=host.user, **whole)
    assert not GroupOffer.objects.exists()


@pytest.mark.parametrize("stage", [Group.Stage.DORMANT, Group.Stage.DISSOLVED])
def test_a_group_that_does_not_meet_offers_and_answers_nothing(stage, offer, other_group, guest, member):
    lifecycle.move(group=other_group, to=stage, since=datetime.date(2026, 11, 1))
    with pytest.raises(ValidationError, match="会合を開いていない"):
        offers.post(group=other_group, by=guest.user, topic="x", first_month=DECEMBER, last_month=MARCH)
    with pytest.raises(ValidationError, match="会合を開いていない"):
        offers.answer(offer=offer, group=other_group, by=guest.user)


def test_what_a_group_offered_that_meets_no_more_is_not_shown(offer, group, guest):
    assert shown(guest) == ["工場を見る"]
    lifecycle.move(group=group, to=Group.Stage.DORMANT, since=datetime.date(2026, 11, 20))
    assert shown(guest) == []


def test_it_goes_by_itself_with_its_last_month(offer, guest):
    with time_machine.travel(datetime.datetime(2027, 3, 31, 23, 59, 59, tzinfo=TOKYO)):
        board = board_of(fresh(guest))
        assert [month for month, _ in board.months] == [MARCH]
    with time_machine.travel(datetime.datetime(2027, 4, 1, tzinfo=TOKYO)):
        assert shown(guest) == []


def test_taken_down_once_and_for_all(offer, host, guest, other_group):
    offers.close(offer=offer)
    first = GroupOffer.objects.get().closed_at
    offers.close(offer=offer)
    assert (GroupOffer.objects.get().closed_at, shown(host)) == (first, [])
    for verb in (
        lambda: offers.change(offer=offer, topic="べつ"),
        lambda: offers.answer(offer=offer, group=other_group, by=guest.user),
    ):
        with pytest.raises(ValidationError, match="下げてあります"):
            verb()


def test_who_raises_a_hand_is_told_to_the_officers_and_seen_by_them_alone(
    offer, host, guest, other_group, member
):
    offers.answer(offer=offer, group=other_group, by=guest.user, words="ぜひ")
    assert sent() == [("offer_answered", "主田")]
    text = Letter.objects.get(kind="events/offer_answered").text
    assert [word for word in ("客野 招さん", "みなと会", "ぜひ", "工場を見る") if word not in text] == []
    seen = {who: board_of(fresh(who)).months[0][1][0].answers for who in (host, guest, member)}
    assert [len(seen[who]) for who in (host, guest, member)] == [1, 0, 0]
    with pytest.raises(ValidationError, match="もう手をあげています"):
        offers.answer(offer=offer, group=other_group, by=guest.user)


def test_nobody_answers_their_own(offer, group, host):
    with pytest.raises(ValidationError, match="自分のグループ"):
        offers.answer(offer=offer, group=group, by=host.user)


def test_what_became_of_it_is_the_first_meeting(offer, group, other_group, guest):
    answer = offers.answer(offer=offer, group=other_group, by=guest.user)
    theirs = make_meeting(other_group, datetime.date(2026, 12, 9))
    first, second = (make_meeting(group, datetime.date(2026, 12, day)) for day in (9, 16))
    for meeting in (theirs, first, second):
        offers.planned(answer=answer, meeting=meeting)
    answer.refresh_from_db()
    assert answer.meeting == first


def test_killed_in_the_middle_of_an_answer_nothing_is_done(offer, other_group, guest, monkeypatch):
    before = everything()

    def killed(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("events.joining.letters.offer_answered", killed)
    with pytest.raises(RuntimeError):
        offers.answer(offer=offer, group=other_group, by=guest.user)
    assert everything() == before


def test_thirty_offers_cost_as_many_questions_as_one(
    offer, group, other_group, guest, host, django_assert_num_queries
):
    offers.answer(offer=offer, group=other_group, by=guest.user)
    user = fresh(host)
    board_of(user)
    with django_assert_num_queries(9):
        board_of(user)
    for number in range(30):
        more = offers.post(
            group=group, by=host.user, topic=f"{number}", first_month=DECEMBER, last_month=MARCH
        )
        offers.answer(offer=more, group=other_group, by=guest.user)
    with django_assert_num_queries(9):
        board_of(user)
