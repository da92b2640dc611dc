"""採否の発表: nothing is missing, all letters were looked at, and then everything happens at once or not at all."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import lifecycle
from groups.models import Application, ApplicationStep, Group, Membership
from groups.recruitment import announcing, results, telling
from members.models import Company, Letter, Person
from tests.factories import make_application, make_company, make_login, make_membership, make_person
from tests.groups.recruitment.closed_rounds import (
    ACCEPT,
    DECLINE,
    TODAY,
    WAIT,
    announce,
    closed_round,
    decided,
)

NUMBER = "7000012050002"
State = Application.State


@pytest.fixture
def call(office):
    return closed_round(office)


def codes(call) -> list[str]:
    return [lack.code for lack in announcing.missing(call)]


def states(call) -> list[str]:
    return list(call.applications.order_by("serial").values_list("state", flat=True))


def test_all_happens_at_once(call, staff):
    accepted = decided(call, ACCEPT, staff.user)
    decided(call, WAIT, staff.user)
    declined = decided(call, DECLINE, staff.user, contact_email="")
    done = announce(call, staff.user)
    assert done == announcing.Announced(accepted=1, waitlisted=1, declined=1, by_mail=2, by_post=1)
    assert states(call) == [State.ACCEPTED, State.WAITLISTED, State.DECLINED]
    call.refresh_from_db()
    assert (call.announced_by, call.announced_at is not None) == (staff.user, True)
    accepted.refresh_from_db()
    assert [each.member.name for each in call.group.memberships.belonging(TODAY)] == [accepted.name]
    assert accepted.membership.company.name == accepted.name
    letters = Letter.objects.order_by("pk").values_list("kind", "to")
    assert list(letters) == [
        ("groups/application_accepted", "applicant1@example.jp"),
        ("groups/application_waitlisted", "applicant2@example.jp"),
    ]
    steps = ApplicationStep.objects.filter(application=declined)
    assert [(each.state, each.by) for each in steps] == [(State.DECLINED, staff.user)]


def test_before_it_is_announced_nobody_is_told(call, staff):
    rows = [decided(call, decision, staff.user) for decision in (ACCEPT, WAIT, DECLINE)]
    assert {telling.state_for_applicant(each)[0] for each in rows} == {"審査中"}


@pytest.mark.parametrize(
    ("decision", "fields", "code"),
    [
        ("", {}, "undecided"),
        ("", {"state": "submitted"}, "undecided"),
        (ACCEPT, {"state": "submitted"}, "not_reviewed"),
        (ACCEPT, {"state": "info_requested"}, "asked"),
        (ACCEPT, {"is_new_company": False}, "unmatched"),
        (ACCEPT, {"corporate_number": NUMBER}, "number"),
    ],
)
def test_what_is_missing_is_told_of_the_application(call, staff, decision, fields, code):
    make_company(corporate_number=NUMBER)
    application = decided(call, decision, staff.user, **fields)
    assert [(lack.code, lack.application) for lack in announcing.missing(call)] == [(code, application)]
    with pytest.raises(ValidationError, match=application.number):
        announce(call, staff.user)
    assert not Letter.objects.exists()


def test_a_number_of_the_matched_company_itself_is_no_obstacle(call, staff):
    company = make_company(corporate_number=NUMBER)
    decided(call, ACCEPT, staff.user, known_company=company, corporate_number=NUMBER)
    assert codes(call) == []


def test_two_people_decide_where_the_round_asks_for_it(office, staff):
    call = closed_round(office, needs_two=True)
    application = decided(call, ACCEPT, staff.user)
    assert codes(call) == ["unapproved"]
    application.approved_by = make_login(make_person())
    application.save()
    assert codes(call) == []


def test_nobody_before_the_end_and_without_an_application(office):
    call = closed_round(office, closes_on=TODAY, launch_on=datetime.date(2027, 2, 1))
    assert codes(call) == ["open", "nobody"]


def test_more_than_there_are_places(office, staff):
    call = closed_round(office, capacity=1)
    for _ in range(2):
        decided(call, ACCEPT, staff.user)
    assert codes(call) == ["capacity"]


def test_without_a_forming_group(call, staff):
    decided(call, ACCEPT, staff.user)
    lifecycle.move(group=call.group, to=Group.Stage.LAUNCHED, since=TODAY)
    assert codes(call) == ["no_forming_group"]
    call.group = None
    assert codes(call) == ["no_group"]


def test_two_applications_of_one_company_are_not_both_accepted(call, staff):
    company = make_company()
    for _ in range(2):
        decided(call, ACCEPT, staff.user, known_company=company)
    one = decided(call, ACCEPT, staff.user, name="㈱光", phone="03-1111-2222")
    other = decided(call, ACCEPT, staff.user, name="株式会社 光", phone="0311112222")
    decided(call, WAIT, staff.user, name="株式会社光", phone="03-1111-2222")
    assert codes(call) == ["twice", "twice"]
    assert [one.number in lack.what and other.number in lack.what for lack in announcing.missing(call)] == [
        False,
        True,
    ]


def test_a_company_that_is_in_the_group_already_is_no_second_member(call, staff):
    before = make_membership(call.group, company=make_company())
    decided(call, ACCEPT, staff.user, known_company=before.company)
    announce(call, staff.user)
    assert list(call.group.memberships.all()) == [before]


def test_announced_twice_is_refused_in_words(call, staff):
    decided(call, ACCEPT, staff.user)
    announce(call, staff.user)
    with pytest.raises(ValidationError, match="二度はお知らせできません"):
        announce(call, staff.user)
    assert Letter.objects.count() == 1


def test_what_changed_since_it_was_looked_at_is_refused(call, staff):
    application = decided(call, ACCEPT, staff.user)
    shown = announcing.fingerprint(results.results_of(call))
    application.contact_email = "other@example.jp"
    application.save()
    with pytest.raises(ValidationError, match="変わりました"):
        announcing.announce(round=call, shown=shown, by=staff.user)
    assert states(call) == [State.UNDER_REVIEW]


def test_an_error_in_the_middle_leaves_nothing(call, staff, monkeypatch):
    for decision in (ACCEPT, ACCEPT, DECLINE):
        decided(call, decision, staff.user)
    queue, queued = results.queue, []

    def breaks(result):
        if len(queued) == 2:
            raise RuntimeError("killed")
        queued.append(queue(result))

    monkeypatch.setattr(results, "queue", breaks)
    before = (Company.objects.count(), Person.objects.count())
    with pytest.raises(RuntimeError):
        announce(call, staff.user)
    assert states(call) == [State.UNDER_REVIEW] * 3
    assert (Company.objects.count(), Person.objects.count()) == before
    assert (Letter.objects.count(), Membership.objects.count(), ApplicationStep.objects.count()) == (0, 0, 0)
    call.refresh_from_db()
    assert call.announced_at is None


def test_drafts_and_withdrawn_applications_are_left_alone(call, staff):
    decided(call, DECLINE, staff.user)
    make_application(call, state=State.DRAFT)
    make_application(call, state=State.WITHDRAWN)
    assert announce(call, staff.user).declined == 1
    assert sorted(states(call)) == [State.DECLINED, State.DRAFT, State.WITHDRAWN]


def test_twenty_three_at_once_cost_as_many_queries_each_as_one(office, staff):
    costs = []
    # What is read once for all is read by the first.
    for year, count in ((2026, 1), (2025, 1), (2024, 2), (2023, 23)):
        call = closed_round(office, fiscal_year=year, **_days(year))
        for number in range(count):
            decided(call, ACCEPT, staff.user, phone=f"03-{year}-{number:04}")
        with CaptureQueriesContext(connection) as asked:
            announce(call, staff.user)
        costs.append(len(asked))
        assert call.group.memberships.belonging(TODAY).count() == count
    _, one, two, many = costs
    assert many - one == 22 * (two - one)


def _days(year: int) -> dict:
    return {
        "opens_on": datetime.date(year, 4, 1),
        "closes_on": datetime.date(year, 4, 30),
        "launch_on": datetime.date(year, 7, 10),
    }
