"""Whom one would like to meet."""

import pytest
from django.core.exceptions import ValidationError

from events.exchange.entering import entries
from events.exchange.tables import seating, wishing
from events.models import JointExchange, Registration, Wish
from tests.exchange_factories import make_partner_group, make_registration


def wanted_by(row) -> set[int]:
    return set(row.wishes.values_list("wanted_id", flat=True))


def test_the_wishes_are_those_and_no_others(party):
    who, *others = party
    assert wishing.choose(registration=who, wanted=[each.pk for each in others[:5]]) == 5
    assert wishing.choose(registration=who, wanted=[others[0].pk, others[7].pk]) == 2
    assert wanted_by(who) == {others[0].pk, others[7].pk}
    assert wishing.choose(registration=who, wanted=[]) == 0


def test_only_those_who_come_and_agreed_can_be_chosen(exchange, party):
    who = party[0]
    silent = make_registration(exchange, "無言 一郎")
    gone = make_registration(exchange, "取消 一郎", state="cancelled", is_listed=True)
    not_there = make_registration(exchange, "見学 一郎", wants_tables=False, is_listed=True)
    sent = [silent.pk, gone.pk, not_there.pk, who.pk, party[1].pk]
    assert wishing.choose(registration=who, wanted=sent) == 1
    assert wanted_by(who) == {party[1].pk}


def test_nobody_of_the_same_group_is_offered_or_chosen(exchange, party):
    """They never share a table."""
    who, *others = party
    fellows = {row.pk for row in others if row.group_id == who.group_id}
    assert len(fellows) == 2
    assert {row.pk for row in wishing.to_choose(who)} == {row.pk for row in others} - fellows
    assert wishing.choose(registration=who, wanted=sorted(fellows)) == 0
    partners = make_partner_group()
    kind = {"kind": "partner", "partner_group": partners, "is_listed": True}
    one, other = (make_registration(exchange, f"公社組 {each}", **kind) for each in "一二")
    assert other not in wishing.to_choose(one)
    assert other in wishing.to_choose(who)


def test_more_than_five_are_too_many(party):
    with pytest.raises(ValidationError, match="5名まで"):
        wishing.choose(registration=party[0], wanted=[each.pk for each in party[1:7]])
    assert Wish.objects.count() == 0


def test_when_nothing_can_be_wished(exchange, party, plan, staff):
    seating.show(exchange=exchange, by=staff.user)
    with pytest.raises(ValidationError, match="もう変えられません"):
        wishing.choose(registration=party[0], wanted=[party[1].pk])
    entries.cancel(registration=party[0])
    with pytest.raises(ValidationError, match="参加する方だけ"):
        wishing.choose(registration=party[0], wanted=[])
    JointExchange.objects.update(state="held")
    assert "終わりました" in wishing.why_not(Registration.objects.get(pk=party[2].pk))
    JointExchange.objects.update(table_rounds=0)
    assert "分散会がありません" in wishing.why_not(Registration.objects.get(pk=party[2].pk))


def test_search_by_name_company_group_and_trade_but_not_by_address(exchange, party):
    one = make_registration(
        exchange,
        "髙橋 ミナ",
        kana="タカハシ ミナ",
        affiliation="㈱青葉",
        trade="E",
        is_listed=True,
        email="secret@example.jp",
    )
    for query in ("高橋", "たかはし", "青葉", "製造", "高橋　青葉"):
        assert [row.pk for row in wishing.found(party[0], query)] == [one.pk], query
    assert wishing.found(party[0], "secret") == []
    assert len(wishing.found(party[0], "架空会2")) == 3
    assert len(wishing.found(party[0], "")) == 34


def test_the_office_sees_numbers(exchange, party):
    wishing.choose(registration=party[0], wanted=[party[1].pk, party[2].pk])
    wishing.choose(registration=party[1], wanted=[party[0].pk])
    assert wishing.wish_counts(exchange) == {"people": 2, "wishes": 3}


def test_all_or_nothing(party, monkeypatch):
    wishing.choose(registration=party[0], wanted=[party[1].pk])

    def broken(*about):
        raise RuntimeError

    monkeypatch.setattr(wishing.history, "create", broken)
    with pytest.raises(RuntimeError):
        wishing.choose(registration=party[0], wanted=[party[2].pk])
    assert wanted_by(party[0]) == {party[1].pk}
