"""How far the rosters have come in: all groups, what waits first, then the reader's own."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_group, make_membership, make_office
from tests.groups.batches import NEW, make_batch, report_of

COUNTS = {"new": 21, "changed": 0, "same": 0, "doubtful": 0}


def page(actor, **asked):
    return actor.client.get(reverse("office_imports"), asked)


def names(response):
    return [row.group.name for row in response.context["rows"]]


def test_what_waits_comes_first_then_the_own_office_then_by_age(staff, group):
    elsewhere = make_office(name="本部", short_name="本部", slug="honbu")
    make_group(name="よその会", office=elsewhere, founded_year=1990)
    waiting = make_group(name="よその途中会", office=elsewhere, founded_year=2020)
    make_group(name="ふるい会", office=group.office, founded_year=1987)
    make_batch(waiting, staff.user, "reading")

    assert names(page(staff)) == ["よその途中会", "ふるい会", "けやき会", "よその会"]


def test_each_group_says_when_who_and_how_many(staff, group, launched_group):
    make_membership(group)
    make_batch(
        group,
        None,
        "committed",
        counts=COUNTS | {"new": 3},
        finished_at=timezone.now() - datetime.timedelta(days=9),
    )
    last = make_batch(group, staff.user, "committed", counts=COUNTS)
    make_batch(group, staff.user, "discarded")
    open_batch = make_batch(launched_group, staff.user, "previewed", report_of(NEW))

    response = page(staff)

    first, second = response.context["rows"]
    assert (first.group, first.open, first.last) == (launched_group, open_batch, None)
    assert (second.group.member_count, second.open, second.last) == (1, None, last)
    words = response.content.decode()
    assert "2グループ中1グループが、取込済みです。" in words
    assert "2026/11/25　職田 員子" in words
    assert "新規21・変更0・同じ0" in words
    assert reverse("import_preview", args=[open_batch.pk]) in words
    assert reverse("roster_import", args=[group.slug]) in words


@pytest.mark.parametrize("state", ["undone", "discarded", "undoing"])
def test_what_was_taken_back_has_not_come_in(staff, group, state):
    make_batch(group, staff.user, state)

    assert "1グループ中0グループが、取込済みです。" in page(staff).content.decode()


def test_one_office(staff, group):
    make_group(name="よその会", office=make_office(slug="honbu"))

    assert names(page(staff, office="honbu")) == ["よその会"]
    assert names(page(staff, office="\0")) == ["けやき会", "よその会"]
    make_office(slug="nobody-yet")
    empty = page(staff, office="nobody-yet")
    assert "あてはまるグループは、ありません" in empty.content.decode()


def test_an_office_that_does_not_exist_is_told_and_asks_for_nothing(staff, group):
    every = page(staff, office="nowhere")
    assert names(every) == ["けやき会"]
    assert "この値ではしぼり込めません。一覧から選んでください。" in every.content.decode()


def test_groups_that_do_not_meet_are_not_asked_for_a_roster(staff, group):
    for stage in ("forming", "dormant", "dissolved"):
        make_group(stage=stage)

    assert names(page(staff)) == ["けやき会"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_much_for_thirty_groups_as_for_one(staff, django_assert_num_queries, number):
    for _ in range(number):
        group = make_group()
        make_batch(group, staff.user, "committed", report_of(NEW), counts=COUNTS)
        make_batch(group, staff.user, "previewed", report_of(NEW))

    with django_assert_num_queries(6):
        page(staff)


@pytest.mark.parametrize("who", ["member", "secretary", "adviser", "left_member"])
def test_the_overview_is_the_offices(request, who):
    assert page(request.getfixturevalue(who)).status_code == 403
