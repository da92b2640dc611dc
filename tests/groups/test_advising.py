"""Advisers: commissioned, put right, asked for once more, and answered."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import advising, lifecycle
from groups.models import AdviserRequest, Group
from tests.factories import make_adviser, make_group, make_person

APRIL, MARCH = datetime.date(2026, 4, 1), datetime.date(2027, 3, 31)


@pytest.fixture
def young_group(office) -> Group:
    """On its own since this April; the fiscal year is its first."""
    return make_group(slug="wakaba", since=APRIL, founded_year=2025, office=office)


def test_the_usual_term_is_the_launch_year_and_then_what_is_left_of_this_one(launched_group, group):
    today = datetime.date(2026, 11, 25)
    assert advising.usual_term(launched_group, today) == (datetime.date(2026, 7, 10), MARCH)
    assert advising.usual_term(group, today) == (today, MARCH)


def test_nobody_advises_a_group_twice_at_a_time(group):
    person = make_person()
    first = advising.commission(group=group, person=person, since=APRIL, until=MARCH)
    with pytest.raises(ValidationError) as refused:
        advising.commission(group=group, person=person, since=MARCH)
    assert refused.value.messages == [
        "この方は、令和8年4月1日から令和9年3月31日まで、このグループの助言者です。重ならない日にしてください。"
    ]
    after = MARCH + datetime.timedelta(days=1)
    second = advising.commission(group=group, person=person, since=after)
    with pytest.raises(ValidationError):
        advising.correct(term=first, since=APRIL, until=None)
    advising.correct(term=first, since=APRIL, until=datetime.date(2026, 12, 31), note="12月まで")
    assert list(group.advisers.order_by("since").values_list("until", "note")) == [
        (datetime.date(2026, 12, 31), "12月まで"),
        (None, ""),
    ]
    advising.withdraw(term=second)
    with pytest.raises(ValidationError):
        advising.withdraw(term=first)
    assert list(group.advisers.all()) == [first]


def test_a_wish_is_answered_once(young_group, secretary, staff):
    adviser = make_person()
    make_adviser(young_group, adviser, since=datetime.date(2025, 7, 1), until=datetime.date(2026, 3, 31))
    asked = advising.ask(group=young_group, note="ぜひ。", by=secretary.user)
    assert asked.fiscal_year == 2026
    with pytest.raises(ValidationError) as twice:
        advising.ask(group=young_group, note="", by=secretary.user)
    assert twice.value.messages == ["この年度のお願いは、もう届いています。"]
    with pytest.raises(ValidationError) as outside:
        advising.accept(
            request=asked,
            person=adviser,
            since=APRIL,
            until=datetime.date(2027, 4, 1),
            by=staff.user,
        )
    assert outside.value.messages == ["令和8年度の中の日にしてください。"]
    today = datetime.date(2026, 11, 25)
    assert advising.year_asked_for(asked, today) == (today, MARCH)
    term = advising.accept(request=asked, person=adviser, since=today, until=MARCH, by=staff.user)
    asked.refresh_from_db()
    assert (asked.state, asked.term, asked.answered_by) == (AdviserRequest.State.ACCEPTED, term, staff.user)
    with pytest.raises(ValidationError) as answered:
        advising.accept(request=asked, person=adviser, since=today, until=MARCH, by=staff.user)
    assert answered.value.messages == ["この依頼には、もうお返事がしてあります。"]


def test_a_no_has_a_reason_and_the_group_may_ask_again(young_group, secretary, staff):
    asked = advising.ask(group=young_group, note="", by=secretary.user)
    with pytest.raises(ValidationError):
        advising.decline(request=asked, answer="", by=staff.user)
    advising.decline(request=asked, answer="都合がつきません。", by=staff.user)
    again = advising.ask(group=young_group, note="もう一度。", by=secretary.user)
    advising.take_request_back(request=again, by=secretary.user)
    assert list(young_group.adviser_requests.order_by("pk").values_list("state", "answer")) == [
        ("declined", "都合がつきません。"),
        ("withdrawn", ""),
    ]


def test_only_officers_of_a_group_in_its_first_own_year_ask(young_group, secretary, staff):
    def may_ask(group):
        return secretary.user.has_perm("groups.ask_for_adviser", group)

    from tests.factories import make_officer

    old = secretary.membership.group
    make_officer(young_group, secretary.person, since=APRIL)
    secretary.user._standing = None
    assert [
        may_ask(young_group),
        may_ask(old),
        staff.user.has_perm("groups.ask_for_adviser", young_group),
    ] == [
        True,
        False,
        False,
    ]
    lifecycle.move(group=young_group, to=Group.Stage.DISSOLVED, since=datetime.date(2026, 11, 1))
    secretary.user._standing = None
    assert may_ask(young_group) is False
