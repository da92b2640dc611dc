"""The list of a group whose year turns: filled from the records alone, and each reader's own."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from events.models import Todo, Turn
from groups import confirming
from groups.models import Bylaws
from iri_exchange.office.succession import checklist, reminding
from members import exports
from tests.factories import make_login, make_meeting, make_officer
from tests.iri_exchange.office.succession.conftest import TURN, YEAR_END

TODAY = datetime.date(2026, 11, 25)
TOKYO = datetime.timezone(datetime.timedelta(hours=9))
OF_OFFICERS = ["officers", "people", "bylaws", "contacts", "meetings", "turns", "book", "todos"]


def by_key(group, user) -> dict:
    return {item.key: item for item in checklist.items(group, user)}


def done(group, user) -> dict[str, bool]:
    return {key: item.done for key, item in by_key(group, user).items()}


def file_bylaws(group, user) -> None:
    Bylaws.objects.create(
        group=group, valid_from=TODAY, filename="会則.pdf", content=b"%PDF-", size=5, uploaded_by=user
    )


def make_ready(group, board) -> None:
    user = board.secretary.user
    for role, person in (("chair", board.chair), ("secretary", board.others[0])):
        make_officer(group, person, role=role, since=TURN, until=YEAR_END)
        make_login(person)
    file_bylaws(group, user)
    confirming.start(group=group, by=user)
    meeting = make_meeting(group, datetime.date(2027, 4, 20))
    Turn.objects.create(meeting=meeting, membership=board.secretary.membership, role="duty")
    exports.log(
        about=group, subject=f"groups/{group.slug}/handover", by=user, variant="office", file_format="pdf",
        as_of=TODAY, columns=[], row_count=0, purpose="", people=[], companies=[],
    )  # fmt: skip


def test_nothing_is_there_but_what_is(group, board):
    found = by_key(group, board.secretary.user)
    assert list(found) == OF_OFFICERS
    assert {key for key, item in found.items() if item.done} == {"todos"}
    assert found["officers"].says == "令和9年4月1日からの代表幹事が、まだ登録されていません。"
    assert found["officers"].url == reverse("group_election", args=[group.slug])
    assert all(item.url and item.action for item in found.values())


def test_everything_is_there(group, board):
    make_ready(group, board)
    assert set(done(group, board.secretary.user).values()) == {True}
    assert checklist.missing(checklist.items(group, board.secretary.user)) == []


def test_the_office_reads_of_the_register_alone(group, board, staff):
    make_ready(group, board)
    meeting = group.meetings.get()
    Todo.objects.create(meeting=meeting, what="会場のかぎを返す")
    found = by_key(group, staff.user)
    assert list(found) == ["officers", "people", "bylaws", "contacts", "meetings"]
    assert "かぎ" not in repr(found)
    assert found["meetings"].url == ""


def test_the_last_asking_counts_for_a_year(group, board):
    with time_machine.travel(datetime.datetime(2025, 11, 24, 10, tzinfo=TOKYO)):
        confirming.start(group=group, by=board.secretary.user)
    item = by_key(group, board.secretary.user)["contacts"]
    assert not item.done
    assert "令和7年11月24日" in item.says
    with time_machine.travel(datetime.datetime(2026, 11, 24, 10, tzinfo=TOKYO)):
        assert by_key(group, board.secretary.user)["contacts"].done


def test_a_book_of_last_winter_is_no_longer_the_one(group, board):
    make_ready(group, board)
    with time_machine.travel(datetime.datetime(2027, 3, 20, tzinfo=TOKYO)):
        assert not done(group, board.secretary.user)["book"]


def test_december_to_november(group, board):
    """The year of the group is meant, not the office's."""
    group.fiscal_year_start = 12
    group.save()
    make_meeting(group, datetime.date(2026, 12, 10))
    found = by_key(group, board.secretary.user)
    assert found["meetings"].done
    assert "令和8年12月1日" in found["officers"].says
    assert found["officers"].done


def test_the_box_comes_three_months_before(group, board, member):
    user = board.secretary.user
    assert reminding.of_page(group, user, TODAY) is None
    january = datetime.date(2027, 1, 1)
    with time_machine.travel(datetime.datetime(2027, 1, 1, 0, 0, tzinfo=TOKYO)):
        shown = reminding.of_page(group, user, january)
        assert (shown.day, shown.done, shown.total) == (TURN, 0, 6)
        assert reminding.of_page(group, member.user, january) is None
        assert [each.group for each in reminding.own({group.pk}, user, january)] == [group]


def test_it_stands_on_the_pages(group, board):
    with time_machine.travel(datetime.datetime(2027, 1, 5, 10, tzinfo=TOKYO)):
        board.secretary.client.force_login(board.secretary.user)
        page = board.secretary.client.get(reverse("group", args=[group.slug])).content.decode()
        assert "次の年度の準備" in page
        assert reverse("group_readiness", args=[group.slug]) in page
        assert "次の年度の準備" in board.secretary.client.get(reverse("my_page")).content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_the_queries_do_not_grow(group, board, django_assert_max_num_queries, count):
    make_ready(group, board)
    for person in board.others[:count]:
        make_officer(group, person, role="board", since=TURN)
    for day in range(1, count + 1):
        make_meeting(group, datetime.date(2027, 5, day))
    with django_assert_max_num_queries(16):
        checklist.items(group, board.secretary.user)
