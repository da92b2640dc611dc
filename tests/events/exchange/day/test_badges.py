"""Badges: what stands on one, who gets one, how often it was printed."""

import re

import pytest
from django.core.exceptions import ValidationError

from events.exchange.day import badge_jobs
from events.exchange.day.badge_jobs import Asked, Print, What, ask, asked_for, fetch
from events.exchange.day.badges import Badge, badge_of
from events.models import Registration
from groups.papers.badges import Layout
from members.models import Export
from tests.events.exchange.day.reading import pages_of, text_of
from tests.exchange_factories import make_exchange, make_partner_group, make_registration

Kind = Registration.Kind


def prints(exchange) -> list[int]:
    rows = Registration.objects.filter(exchange=exchange).order_by("pk")
    return list(rows.values_list("badge_prints", flat=True))


def printed(exchange, asked: Asked) -> Print:
    found = asked_for(exchange, ask(exchange=exchange, asked=asked))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_shape_and_a_word(kind):
    badge = Badge(kind)
    assert badge.look.shape
    assert badge.look.room
    others = [Badge(each).look for each in Kind if each != kind]
    assert badge.look.shape not in {each.shape for each in others}
    assert badge.look.room not in {each.room for each in others}


def test_what_stands_on_one(exchange, group):
    row = make_registration(
        exchange, kind="member", group=group, kana="カクウ ハナコ", affiliation="青葉製作所"
    )
    badge = badge_of(row)
    assert (badge.group, badge.name, badge.affiliation, badge.foot) == (
        "けやき会",
        "架空 花子",
        "青葉製作所",
        "No. 1　［写真不可］",
    )
    row.photo_agreed = True
    assert badge_of(row, again=True).foot == "No. 1　［再発行］"
    partner = make_registration(exchange, kind="partner", partner_group=make_partner_group())
    assert badge_of(partner).group == "公社の架空会"


def test_new_ones_once(exchange):
    for name in ("架空 花子", "仮空 次郎"):
        make_registration(exchange, name)
    make_registration(exchange, state="cancelled")
    assert badge_jobs.new(exchange) == 2
    assert len(printed(exchange, Asked()).people) == 2
    assert (prints(exchange), badge_jobs.new(exchange)) == ([1, 1, 0], 0)
    with pytest.raises(ValidationError, match="まだ刷っていない名札は、ありません"):
        ask(exchange=exchange, asked=Asked())


def test_a_reprint_is_marked(exchange, staff):
    one, other = (make_registration(exchange, name) for name in ("架空 花子", "仮空 次郎"))
    printed(exchange, Asked(only=one.pk))
    job = printed(exchange, Asked(What.ALL))
    assert (set(job.people), job.again) == ({one.pk, other.pk}, [one.pk])
    text = text_of(fetch(exchange=exchange, print_=job, by=staff.user))
    assert text.count("再発行") == 1
    assert prints(exchange) == [2, 1]


def test_fetched_again_it_is_the_same(exchange, staff):
    make_registration(exchange)
    job = printed(exchange, Asked())
    for _ in range(2):
        assert "再発行" not in text_of(fetch(exchange=exchange, print_=job, by=staff.user))
    assert prints(exchange) == [1]
    copies = Export.objects.order_by("copy_number").values_list("subject", "copy_number", "row_count")
    assert list(copies) == [("joint/2026/badges", 1, 1), ("joint/2026/badges", 2, 1)]


def test_chosen_kinds_and_groups(exchange, group, other_group):
    rows = [
        make_registration(exchange, kind="member", group=group),
        make_registration(exchange, kind="member", group=other_group),
        make_registration(exchange, kind="press"),
    ]
    kinds = Asked(What.CHOSEN, kinds=["press"])
    assert list(badge_jobs.of(exchange, kinds)) == [rows[2]]
    both = Asked(What.CHOSEN, kinds=["member"], groups=[group.pk])
    assert list(badge_jobs.of(exchange, both)) == [rows[0]]
    assert badge_jobs.kinds_of(exchange) == ["member", "press"]


def test_blank_ones_tell_of_nobody(exchange, staff):
    job = printed(exchange, Asked(What.BLANK, blanks=3))
    text = text_of(fetch(exchange=exchange, print_=job, by=staff.user))
    assert (text.count("お名前"), Export.objects.count()) == (3, 0)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(What.ALL), "名札にする方が、いません"),
        (Asked(What.BLANK), "白い名札の枚数"),
        (Asked(What.BLANK, blanks=51), "50枚まで"),
        (Asked(only=0), "参加の決まっていない方"),
    ],
)
def test_refused(exchange, asked, said):
    with pytest.raises(ValidationError, match=said):
        ask(exchange=exchange, asked=asked)


def test_who_has_cancelled_since_is_not_on_it(exchange, staff):
    row = make_registration(exchange)
    make_registration(exchange, "仮空 次郎")
    job = printed(exchange, Asked())
    row.state = "cancelled"
    row.save()
    assert "架空" not in text_of(fetch(exchange=exchange, print_=job, by=staff.user)).replace("仮空", "")


def test_only_of_its_exchange(exchange):
    make_registration(exchange)
    name = ask(exchange=exchange, asked=Asked())
    other = make_exchange(fiscal_year=2027, day=exchange.day.replace(year=2028))
    assert asked_for(other, name) is None
    assert asked_for(exchange, "x") is None
    assert asked_for(exchange, name) is not None


def test_nothing_is_counted_when_it_breaks(exchange, monkeypatch):
    make_registration(exchange)

    def breaks(*about) -> None:
        raise RuntimeError

    monkeypatch.setattr(badge_jobs.cache, "set", breaks)
    with pytest.raises(RuntimeError):
        ask(exchange=exchange, asked=Asked())
    assert prints(exchange) == [0]


@pytest.mark.parametrize(("layout", "pages"), [(Layout.TEN, 3), (Layout.EIGHT, 3)])
def test_twenty_three(exchange, staff, layout, pages):
    for number in range(23):
        make_registration(
            exchange, f"架空 花子{number}", kana="カクウ ハナコ", affiliation="株式会社青葉製作所"
        )
    job = printed(exchange, Asked(layout=layout))
    content = fetch(exchange=exchange, print_=job, by=staff.user)
    told = pages_of(content)
    assert len(told) == pages
    assert sorted(re.findall(r"No. (\d+)", "".join(told)), key=int) == [str(each) for each in range(1, 24)]
