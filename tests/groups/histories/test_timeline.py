"""A group's years: its stages, how many members, who came and went, as far as the reader may know it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import lifecycle, memberships
from groups.histories.drawing import drawing_of
from groups.histories.timeline import life_of
from groups.models import Group
from tests.factories import make_company, make_group, make_membership, make_officer, make_person


def day(year, month=4, date=1):
    return datetime.date(year, month, date)


def join(group, name, on, **fields):
    return make_membership(group, company=make_company(name=name), on=on, **fields)


@pytest.fixture
def lived(group):
    """けやき会, from 2012: one stays, one leaves and comes back, one asked not to be listed, one is gone."""
    join(group, "残る社", day(2013), consent="yes")
    back = join(group, "戻る社", day(2013, 5))
    memberships.leave(membership=back, since=day(2016), reason="busy")
    memberships.resume(membership=back, since=day(2018))
    memberships.rest(membership=back, since=day(2020))
    join(group, "伏せる社", day(2019), consent="no")
    memberships.leave(membership=join(group, "去った社", day(2014, 3, 31)), since=day(2026), reason="busy")
    return group


def by_year(life, get):
    return {year.year: said for year in life.years if (said := get(year))}


def test_members_are_counted_at_the_end_of_each_year(visitor, lived):
    life = life_of(lived, _user(visitor))
    assert [year.members for year in life.years] == [0, 3, 3, 3, 2, 2, 3, 4, 4, 4, 4, 4, 4, 4, 3]
    assert (life.years[0].label, life.years[-1].end) == ("平成24年度", day(2026, 11, 25))
    assert life.years[1].end == day(2014, 3, 31)


def test_visitors_read_stages_anniversaries_and_figures(visitor, lived):
    make_officer(lived, make_person(family_name="代田"), role="chair")
    life = life_of(lived, _user(visitor))
    assert by_year(life, lambda year: year.events) == {
        2012: ["発足年度（平成24年7月5日から）"],
        2013: ["自主運営（平成25年4月1日から）"],
        2022: ["10周年"],
    }
    assert (life.inside, life.leaders) == (False, [])
    assert by_year(life, lambda year: year.came.names + year.went.names + year.led) == {}
    assert drawing_of(life).bars == []


def test_members_read_names_by_consent_and_officers_all(lived, member, secretary, staff):
    came = {2013: ["残る社", "戻る社", "去った社"], 2018: ["戻る社"], 2019: ["伏せる社"]}
    own = [member.membership.company.name, secretary.membership.company.name]
    for actor in (staff, secretary):
        life = life_of(lived, _user(actor))
        everybody = {**came, 2013: [came[2013][0], *own, came[2013][1], came[2013][2]]}
        assert by_year(life, lambda year: sorted(year.came.names)) == {
            year: sorted(names) for year, names in everybody.items()
        }
        assert by_year(life, lambda year: year.went.names) == {2016: ["戻る社"], 2026: ["去った社"]}
        assert by_year(life, lambda year: year.came.unnamed + year.went.unnamed) == {}
    life = life_of(lived, _user(member))
    assert by_year(life, lambda year: sorted(year.came.names)) == {
        2013: sorted(["残る社", "戻る社", *own]),
        2018: ["戻る社"],
    }
    assert by_year(life, lambda year: year.came.unnamed) == {2013: 1, 2019: 1}
    assert by_year(life, lambda year: year.went.unnamed) == {2026: 1}


def test_who_led_is_told_year_by_year(lived, member):
    gone = make_person(family_name="前田", given_name="")
    make_officer(lived, gone, role="chair", since=day(2015), until=day(2017, 3, 31))
    leader = join(lived, "代表の社", day(2013), consent="yes").representatives.get().person
    make_officer(lived, leader, role="chair", since=day(2024))
    make_officer(lived, leader, role="board", since=day(2020))
    life = life_of(lived, _user(member))
    hidden, own = ["（お名前は出していません）"], [leader.name]
    assert by_year(life, lambda year: year.led) == {
        2015: hidden, 2016: hidden, 2024: own, 2025: own, 2026: own,
    }  # fmt: skip


def test_the_years_end_with_the_group_and_reach_to_what_is_planned(visitor, launched_group, group):
    lifecycle.move(group=launched_group, to=Group.Stage.SELF_MANAGED, since=day(2027))
    life = life_of(launched_group, _user(visitor))
    assert [(year.year, year.members) for year in life.years] == [(2026, 0), (2027, None)]
    lifecycle.move(group=group, to=Group.Stage.DISSOLVED, since=day(2020))
    assert life_of(group, _user(visitor)).years[-1].year == 2020
    unknown = make_group(founded_year=2030, stage=Group.Stage.LAUNCHED, since=day(2026, 7))
    assert [year.year for year in life_of(unknown, _user(visitor)).years] == [2026]


def test_the_drawing_keeps_inside_its_sheet_and_within_the_years(secretary, lived):
    make_officer(lived, secretary.person, role="chair", since=day(2001), until=day(2030))
    lifecycle.move(group=lived, to=Group.Stage.DORMANT, since=day(2025))
    old = make_group(founded_year=1984, since=day(1985), name="古い会")
    for group in (lived, old):
        drawing = drawing_of(life_of(group, _user(secretary)))
        xs = [mark.x for mark in [*drawing.ticks, *drawing.anniversaries]]
        xs += [edge for band in [*drawing.stages, *drawing.leaders] for edge in (band.x, band.x + band.width)]
        xs += [edge for bar in drawing.bars for edge in (bar.x, bar.x + bar.width)]
        assert min(xs) >= 96
        assert max([*xs, drawing.now]) <= drawing.width
        assert drawing.width <= 1097
    assert [band.key for band in drawing_of(life_of(lived, _user(secretary))).stages] == [
        "launched",
        "self_managed",
        "dormant",
    ]


def test_the_page_asks_as_much_for_many_members_as_for_one(secretary, lived):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            answer = secretary.client.get(f"/groups/{lived.slug}/timeline/")
        assert answer.status_code == 200
        return len(queries)

    few = asked()
    for number in range(30):
        join(lived, f"第{number}社", day(2020))
        make_officer(lived, make_person(), role="chair", since=day(2014))
    assert asked() <= few


def _user(actor):
    from django.contrib.auth.models import AnonymousUser

    return actor.user or AnonymousUser()
