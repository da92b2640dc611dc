"""A company closes: what ends is shown first, written together, and taken back as it was."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import closing, memberships
from groups.models import Membership, Representative
from tests.factories import make_company, make_membership, make_officer, make_person

SINCE, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 9, 30)


def test_shows_then_ends_then_takes_back(group, other_group):
    company = make_company()
    person = make_person(company=company)
    first = make_membership(group, company=company, representatives=[person])
    second = make_membership(other_group, company=company, representatives=[person])
    make_officer(group, person, role="chair")
    make_officer(group, make_person(), role="secretary")

    shown = closing.affected(company, SINCE)
    assert [
        (each.membership, len(each.ending.representatives), len(each.ending.offices), each.alone)
        for each in shown
    ] == [(first, 1, 1, None), (second, 1, 0, None)]

    closed = closing.close(company=company, status="closed", since=SINCE, note="お電話で")
    company.refresh_from_db()
    assert company.status == "closed"
    assert [row.status_on(SINCE) for row in (first, second)] == ["left", "left"]
    assert {row.statuses.get(since=SINCE).reason for row in (first, second)} == {"closed"}
    assert list(Representative.objects.filter(person=person).values_list("until", flat=True)) == [LAST, LAST]
    assert group.officer_terms.get(person=person).until == LAST
    assert closing.affected(company, SINCE) == []

    assert closing.take_back(closing=closed) == [(first, 0), (second, 0)]
    company.refresh_from_db()
    assert company.status == "continuing"
    assert [row.status_on(SINCE) for row in (first, second)] == ["active", "active"]
    assert list(Representative.objects.filter(person=person).values_list("until", flat=True)) == [None, None]
    assert group.officer_terms.get(person=person).until is None
    with pytest.raises(ValidationError):
        closing.take_back(closing=closed)


def test_only_what_ended_with_the_closing_comes_back(group, other_group):
    company = make_company()
    left, ended = (make_membership(each, company=company) for each in (group, other_group))
    memberships.leave(membership=left, since=SINCE, reason="closed", note="先に聞いた")
    closed = closing.close(company=company, status="closed", since=SINCE, note="取引先から聞いた")
    assert ended.statuses.get(since=SINCE).note == ""  # the office's note is not for the group
    assert [row.membership for row in closing.ended_by(closed)] == [ended]
    assert closing.take_back(closing=closed) == [(ended, 0)]
    assert [row.status_on(SINCE) for row in (left, ended)] == ["left", "active"]


def test_a_group_left_without_officers_is_confirmed_first(group):
    company = make_company()
    person = make_person(company=company)
    membership = make_membership(group, company=company, representatives=[person])
    make_officer(group, person)
    with pytest.raises(ValidationError) as alone:
        closing.close(company=company, status="closed", since=SINCE)
    assert alone.value.messages == [
        "けやき会（令和8年11月25日から）に、役員がいなくなります。それでよければ、確認の欄に印を付けてください。"
    ]
    assert membership.status_on(SINCE) == Membership.Status.ACTIVE
    closing.close(company=company, status="closed", since=SINCE, confirmed=True)
    assert membership.status_on(SINCE) == Membership.Status.LEFT


def test_refuses_a_day_to_come_twice_and_a_merger_into_itself(group):
    company, heir = make_company(), make_company()
    for about, sentence in [
        ({"status": "closed", "since": datetime.date(2026, 11, 26)}, closing.FUTURE),
        (
            {"status": "merged", "since": SINCE, "merged_into": company},
            "合併した先には、ほかの企業を選んでください。",
        ),
        (
            {"status": "closed", "since": SINCE, "merged_into": heir},
            "合併した先は、合併のときだけ入れてください。",
        ),
    ]:
        with pytest.raises(ValidationError) as refused:
            closing.close(company=company, **about)
        assert refused.value.messages == [sentence]
    closing.close(company=company, status="merged", since=SINCE, merged_into=heir)
    with pytest.raises(ValidationError) as twice:
        closing.close(company=company, status="closed", since=SINCE)
    assert twice.value.messages == ["この企業の廃業・合併は、もう登録されています。"]


def test_which_group_stands_against_it_is_told(group):
    company = make_company()
    membership = make_membership(group, company=company)
    memberships.rest(membership=membership, since=SINCE)
    with pytest.raises(ValidationError) as refused:
        closing.close(company=company, status="closed", since=SINCE)
    assert refused.value.messages[0].startswith("けやき会：")
    company.refresh_from_db()
    assert company.status == "continuing"


@pytest.mark.parametrize("came_back", [True, False])
def test_what_is_no_more_joins_nothing_later(group, came_back):
    """Not on a day between the closing and today, nor back from a rest that nobody thought of."""
    company, november = make_company(), datetime.date(2026, 11, 1)
    membership = make_membership(
        group, company=company, on=datetime.date(2013, 4, 1) if came_back else november
    )
    if came_back:
        memberships.rest(membership=membership, since=datetime.date(2026, 9, 1))
        memberships.resume(membership=membership, since=november)
    with pytest.raises(ValidationError) as refused:
        closing.close(company=company, status="closed", since=SINCE)
    assert refused.value.messages == [
        "けやき会：令和8年11月1日からの「在会」が、もう登録されています。"
        "廃業・合併の日を確かめるか、先にその会員の記録を直してください。"
    ]
    assert membership.status_on(november) == "active"
    closing.close(company=company, status="closed", since=datetime.date(2026, 11, 2))
    assert membership.status_on(datetime.date(2026, 11, 25)) == "left"
