"""The filters and tags that every template has."""

import datetime

import pytest
from django.template import Context, Template

from groups.models import Group, Membership
from iri_exchange.lib.marks import MARKS, NO_MARK
from iri_exchange.templatetags import portal
from tests.factories import make_office

DAY = datetime.date(2026, 12, 10)


def drawn(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wareki", "令和8年12月10日"),
        ("full_date", "令和8年（2026年）12月10日（木）"),
        ("short_date", "12/10 木"),
        ("era_month", "R8.12"),
    ],
)
def test_date_filters(name, text):
    assert drawn(f"{{{{ day|{name} }}}}", day=DAY) == text
    assert drawn(f"{{{{ day|{name} }}}}", day=None) == ""


def test_fiscal_year():
    assert drawn("{{ year|fiscal_year }}", year=2026) == "令和8年度"


@pytest.mark.parametrize(
    ("stage", "pill"),
    [
        ("launched", '<span class="pill pill-new">発足年度</span>'),
        ("self_managed", '<span class="pill">自主運営</span>'),
        ("dissolved", '<span class="pill pill-done">解散</span>'),
        (None, ""),
        ("", ""),
    ],
)
def test_stage_pill(stage, pill):
    assert drawn("{% stage_pill stage %}", stage=stage) == pill


@pytest.mark.parametrize(
    ("status", "pill"),
    [
        ("active", '<span class="pill">在会</span>'),
        ("on_leave", '<span class="pill pill-rest">休会</span>'),
        ("left", '<span class="pill pill-done">退会</span>'),
        (None, ""),
    ],
)
def test_status_pill(status, pill):
    assert drawn("{% status_pill status %}", status=status) == pill


def test_every_state_has_a_shape():
    assert set(portal.PILL_SHAPES) == {*Group.Stage.values, *Membership.Status.values}


def test_mark_shapes():
    assert drawn("{% mark_shapes key %}", key="geta") == MARKS["geta"].shapes
    assert drawn("{% mark_shapes key %}", key="") == NO_MARK.shapes


@pytest.mark.django_db
def test_offices():
    office = make_office(name="多摩テクノプラザ")
    assert portal.offices() == [office]


def test_may_asks_the_rule(staff, member, group, rf):
    source = '{% may "office.work" as may_work %}{{ may_work }}'
    answers = []
    for actor in (staff, member):
        request = rf.get("/")
        request.user = actor.user
        answers.append(drawn(source, request=request))
    assert answers == ["True", "False"]


def test_links_to_groups():
    links = portal.group_links([("keyaki", "けやき会"), ("a-b", "A<B")])
    assert links == '<a href="/groups/keyaki/">けやき会</a>、<a href="/groups/a-b/">A&lt;B</a>'
    assert portal.group_links([("keyaki", "新しい名前")]) == '<a href="/groups/keyaki/">新しい名前</a>'
    assert (portal.group_links([]), hasattr(links, "__html__")) == ("", True)


def test_a_long_text_is_clipped():
    assert [portal.clipped("歯車の製造", most) for most in (4, 5, 6)] == [
        "歯車の…",
        "歯車の製造",
        "歯車の製造",
    ]
