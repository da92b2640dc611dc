"""Who works where: colleagues move from a day on, and somebody is always left."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups import staffing
from groups.models import StaffAssignment
from members import accounts
from tests.factories import make_login, make_office, make_person, make_staff

APRIL, MARCH = datetime.date(2027, 4, 1), datetime.date(2027, 3, 31)


@pytest.fixture
def colleague(office):
    person = make_person()
    make_login(person)
    return make_staff(person, office=office)


def test_moves_and_leaves_from_a_day_on(staff, colleague):
    third = make_staff(make_person(), office=colleague.office)
    other = make_office()
    staffing.transfer(on=APRIL, to={colleague: other, third: None}, by=staff.user)
    rows = StaffAssignment.objects.filter(person__in=[colleague.person, third.person]).order_by("since", "pk")
    assert [(row.person, row.office, row.until) for row in rows] == [
        (colleague.person, colleague.office, MARCH),
        (third.person, third.office, MARCH),
        (colleague.person, other, None),
    ]
    assert {row.history.first().history_change_reason for row in rows} == {"職員の異動（令和9年4月1日から）"}


def test_who_moves_already_is_not_moved_twice(staff, colleague):
    other, third = make_office(), make_office()
    staffing.transfer(on=APRIL, to={colleague: other}, by=staff.user)
    for place in (None, third):
        with pytest.raises(ValidationError) as twice:
            staffing.transfer(on=APRIL, to={colleague: place}, by=staff.user)
        assert twice.value.messages == [
            f"{colleague.person}さんは、令和9年4月1日からの配置が、もう登録されています。"
            "職員の一覧から、その配置を直してください。"
        ]
    assert [row.office for row in StaffAssignment.objects.on(APRIL).filter(person=colleague.person)] == [
        other
    ]


def test_the_last_who_can_log_in_stays(staff, colleague):
    own = staff.person.staff_assignments.get()
    accounts_less = make_staff(make_person(), office=colleague.office)
    assert not accounts.has_login(accounts_less.person)
    with pytest.raises(ValidationError) as own_leaving:
        staffing.transfer(on=APRIL, to={own: None}, by=staff.user)
    assert own_leaving.value.code == staffing.OWN_LEAVING
    with pytest.raises(ValidationError) as nobody:
        staffing.transfer(on=APRIL, to={own: None, colleague: None}, by=staff.user, confirmed=True)
    assert nobody.value.messages == [
        "令和9年4月1日に、ログインできる職員が一人もいなくなります。先に、次の職員を登録してください。"
    ]
    assert set(StaffAssignment.objects.values_list("until", flat=True)) == {None}
    staffing.transfer(on=APRIL, to={own: None}, by=staff.user, confirmed=True)
    with pytest.raises(ValidationError):
        staffing.correct(assignment=colleague, office=colleague.office, since=colleague.since, until=MARCH)
    with pytest.raises(ValidationError):
        staffing.correct(
            assignment=colleague,
            office=colleague.office,
            since=colleague.since,
            until=datetime.date(2027, 12, 31),
        )
    with pytest.raises(ValidationError):
        staffing.transfer(on=datetime.date(2027, 10, 1), to={colleague: None}, by=staff.user)


def test_only_what_has_not_begun_is_taken_back(staff, colleague):
    coming = staffing.assign(person=colleague.person, office=make_office(), since=APRIL)
    staffing.withdraw(assignment=coming)
    with pytest.raises(ValidationError):
        staffing.withdraw(assignment=colleague)
    assert list(StaffAssignment.objects.filter(person=colleague.person)) == [colleague]
