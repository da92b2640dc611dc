"""The figures of a call: what is counted, beside last year's, and where each number leads."""

import datetime

from groups.models import Application
from groups.recruitment.statistics import figures_of
from tests.factories import make_application, make_office, make_round

JST = datetime.timezone(datetime.timedelta(hours=9))
State = Application.State


def at(*day, hour=10):
    return datetime.datetime(*day, hour, tzinfo=JST)


def received(call, *day, hour=10, **fields):
    moment = at(*day, hour=hour)
    application = make_application(call, sent_at=moment, **fields)
    Application.objects.filter(pk=application.pk).update(confirmed_at=moment)


def last_years(office):
    return make_round(
        office=office,
        fiscal_year=2025,
        opens_on=datetime.date(2025, 11, 4),
        closes_on=datetime.date(2025, 11, 28),
    )


def lines(figures, title):
    [table] = [table for table in figures.tables if table.title == title]
    return [(line.label, line.count, line.before, line.query) for line in table.lines]


def test_days_count_from_the_opening_to_today(office):
    call = make_round(office=office)
    received(call, 2026, 11, 1)
    received(call, 2026, 11, 3, hour=0)
    received(call, 2026, 11, 3, hour=23)
    figures = figures_of(call)
    assert len(figures.days) == 25
    assert [(day.day.day, day.count, day.total, day.query) for day in figures.busy_days] == [
        (1, 1, 1, "received=2026-11-01"),
        (3, 2, 3, "received=2026-11-03"),
    ]
    assert (figures.total, figures.last, figures.total_before) == (3, None, None)


def test_last_year_stands_on_the_day_equally_far_from_its_opening(office):
    call, before = make_round(office=office), last_years(office)
    received(call, 2026, 11, 3)
    received(before, 2025, 11, 6)
    received(before, 2025, 11, 7)
    figures = figures_of(call)
    assert [(day.day.day, day.count, day.count_before, day.total_before) for day in figures.busy_days] == [
        (3, 1, 1, 1),
        (4, 0, 1, 2),
    ]
    assert (figures.last, figures.total_before) == (before, 2)


def test_another_offices_last_year_is_not_compared(office):
    last_years(make_office(slug="honbu"))
    assert figures_of(make_round(office=office)).last is None


def test_what_staff_entered_after_the_end_is_counted_on_its_day(office, staff):
    call = make_round(office=office, closes_on=datetime.date(2026, 11, 10))
    received(call, 2026, 11, 12, route=Application.Route.PAPER, entered_by=staff.user)
    days = figures_of(call).days
    assert (len(days), days[-1].count, days[-1].day.day) == (12, 1, 12)


def test_what_staff_entered_before_the_opening_is_counted_on_its_own_day(office, staff):
    """The number leads to the list of that day: the two are the same."""
    call = make_round(office=office)
    received(call, 2026, 10, 30, route=Application.Route.FAX, entered_by=staff.user)
    received(call, 2026, 11, 1)
    for day in figures_of(call).busy_days:
        page = staff.client.get(f"/office/recruitment/{call.pk}/?{day.query}")
        assert page.context["page"].paginator.count == day.count == 1
    assert [(str(day.day), day.total) for day in figures_of(call).busy_days] == [
        ("2026-10-30", 1),
        ("2026-11-01", 2),
    ]


def test_tables_hold_what_occurs_in_the_order_of_the_choices(office):
    call, before = make_round(office=office), last_years(office)
    received(call, 2026, 11, 3, industry="I", source="member")
    received(call, 2026, 11, 3, industry="E", source="site", state=State.UNDER_REVIEW)
    received(call, 2026, 11, 4, industry="E", source="site", state=State.UNDER_REVIEW)
    received(before, 2025, 11, 6, industry="", state=State.DECLINED)
    figures = figures_of(call)
    assert lines(figures, "状態") == [
        ("受付", 1, 0, "state=submitted"),
        ("審査中", 2, 0, "state=under_review"),
        ("不採択", 0, 1, "state=declined"),
    ]
    assert [line[1:] for line in lines(figures, "業種")] == [
        (2, 0, "industry=E"),
        (1, 0, "industry=I"),
        (0, 1, "industry=none"),
    ]
    assert lines(figures, "届き方") == [("ウェブ", 3, 1, "route=web")]
    assert [line[1:3] for line in lines(figures, "知ったきっかけ")] == [(2, 0), (1, 0), (0, 1)]


def test_what_nobody_confirmed_is_not_counted(office):
    call = make_round(office=office)
    make_application(call, state=State.DRAFT)
    figures = figures_of(call)
    assert (figures.total, figures.busy_days, [table.lines for table in figures.tables]) == (0, [], [[]] * 4)


def test_three_questions_however_many_applications(office, django_assert_num_queries):
    call, _ = make_round(office=office), last_years(office)
    for day in range(1, 16):
        received(call, 2026, 11, day)
    with django_assert_num_queries(3):
        figures_of(call)
