"""周年: found for this fiscal year and the next, and told to the office and on the group's page."""

import datetime

import pytest
from django.urls import reverse

from groups.models import Group
from iri_exchange.office.succession import anniversaries, reminding
from tests.factories import make_group

TODAY = datetime.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("years", "is_round"),
    [
        (0, False),
        (5, False),
        (10, True),
        (20, True),
        (25, True),
        (30, True),
        (35, False),
        (75, False),
        (100, True),
    ],
)
def test_round_years(years, is_round):
    assert anniversaries.is_round(years) == is_round


@pytest.mark.parametrize(
    ("founded", "words"),
    [(1987, "来年度 40周年"), (1986, "今年度 40周年"), (2001, "今年度 25周年"), (1985, None), (2026, None)],
)
def test_this_year_before_the_next(founded, words):
    found = anniversaries.of_group(Group(founded_year=founded), 2026)
    assert (found.words if found else None) == words


def test_march_belongs_to_the_year_before(db):
    group = make_group(founded_year=1987)
    assert reminding.age_of(group, datetime.date(2027, 3, 31)).anniversary.words == "来年度 40周年"
    assert reminding.age_of(group, datetime.date(2027, 4, 1)).anniversary.words == "今年度 40周年"


def test_the_office_is_told(staff, office):
    make_group(name="プラザ62", founded_year=1987, office=office)
    make_group(name="終わった会", founded_year=1997, office=office, stage=Group.Stage.DISSOLVED)
    page = staff.client.get(reverse("office_desk")).content.decode()
    assert "プラザ62は、令和9年度に40周年を迎えます" in page
    assert "終わった会" not in page


def test_everybody_reads_it_on_the_groups_page(visitor, office):
    group = make_group(founded_year=1997, office=office)
    page = visitor.client.get(reverse("group", args=[group.slug])).content.decode()
    assert "30年目" in page
    assert "来年度 30周年" in page
    ended = make_group(founded_year=1997, office=office, stage=Group.Stage.DISSOLVED)
    assert "30周年</span>" not in visitor.client.get(reverse("group", args=[ended.slug])).content.decode()
