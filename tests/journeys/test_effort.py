"""What it costs: an applicant types for ten minutes at most, the office needs 25 steps from 23 decisions to a launched group."""

import datetime
import sys
from typing import Any

import pytest
import time_machine

from groups.models import Application, Group, Membership
from groups.recruitment import deciding, reviewing
from tests.factories import make_application, make_company, make_round
from tests.journeys import applicants
from tests.journeys.conftest import JAPAN, at, at_the_desk
from tests.journeys.walking import Walker

LETTERS_A_MINUTE, SECONDS_A_FIELD = 200, 2
MOST_MINUTES, MOST_STEPS = 10, 25
KNOWN = ("ほのか工房株式会社", "042-699-0001")


def minutes(walker: Walker) -> float:
    """Of typing, and of finding each field."""
    return walker.keys / LETTERS_A_MINUTE + walker.touched * SECONDS_A_FIELD / 60


def tell(capsys: Any, figures: str) -> None:
    """Whoever runs the test reads them."""
    with capsys.disabled():
        sys.stdout.write(f"\n{figures}\n")


def test_an_applicant_types_for_ten_minutes_at_most(office, capsys):
    make_round(office=office)
    facts = applicants.IN_FULL
    walker = Walker("はるか").open("/").follow("募集のページ").follow("募集のページへ").follow("応募する")
    walker.send("郵便番号から住所を入れる", postal_code=facts["postal_code"])
    rest = {name: value for name, value in facts.items() if name != "postal_code"}
    walker.send("この内容を確かめる", **rest | {"street": walker.value("street") + "9-8"})
    with time_machine.travel(datetime.datetime(2026, 11, 25, 10, 9, tzinfo=JAPAN)):
        walker.send("この内容で送る").reads("あと一つです")
    assert Application.objects.get().city == "青梅市"
    figures = f"{walker.keys} letters, {walker.touched} fields, {len(walker.did)} steps"
    tell(capsys, f"applying: {figures}, {minutes(walker):.1f} minutes")
    assert minutes(walker) <= MOST_MINUTES


def test_a_form_that_is_sent_empty_leads_on(office):
    """What is missing stands beside the field, and nothing that was typed is lost."""
    make_round(office=office)
    walker = Walker("はるか").open("/").follow("募集のページ").follow("募集のページへ").follow("応募する")
    walker.send("この内容を確かめる", name="株式会社はるか", employees="たくさん").reads("直してください")
    assert (walker.value("name"), walker.value("employees")) == ("株式会社はるか", "たくさん")
    assert walker.offers("この内容を確かめる")


@pytest.fixture
def decided(last_year, clerks):
    """23 applications, each decided by the first of the office; nobody has looked yet whether the directory knows them."""
    last_year.announced_at = datetime.datetime(2026, 6, 12, 10, tzinfo=JAPAN)
    call = make_round(
        office=last_year.office,
        fiscal_year=2027,
        opens_on=datetime.date(2027, 4, 6),
        closes_on=datetime.date(2027, 5, 17),
        results_on=datetime.date(2027, 6, 14),
        launch_on=datetime.date(2027, 7, 12),
        capacity=18,
        needs_two=True,
    )
    with at(5, 10):
        make_company(name=KNOWN[0], phone=KNOWN[1])
        rows = [make_application(call) for _ in range(22)]
        rows.append(make_application(call, name=KNOWN[0], phone=KNOWN[1], contact_email=""))
    with at(6, 1):
        reviewing.take_up_all(round=call, by=clerks[0])
        for place, row in enumerate(reversed(rows)):
            decision = "accept" if place < 18 else "wait" if place < 21 else "decline"
            deciding.decide(application=row, decision=decision, by=clerks[0])
    return call


def test_from_23_decisions_to_a_launched_group(decided, clerks, capsys):
    with at(6, 14):
        second = at_the_desk(clerks[1]).follow("応募を見る").send("まとめて確認する")
        first = at_the_desk(clerks[0]).follow("応募を見る").follow("結果をお知らせする準備を見る")
        first.send("名簿に似た企業のない22件を、新しい企業として進める")
        first.follow("応募を開く", beside=KNOWN[0]).send("この企業と同じ")
        first.follow("結果をお知らせする準備へ進む").send("23件をお知らせする", count="23")
        first.follow("郵便でお知らせする手紙を出す").follow("発会の準備をする")
        launch(first)
    group = decided.group
    group.refresh_from_db()
    launched = group.stage_on(decided.launch_on) == Group.Stage.LAUNCHED
    members = Membership.objects.filter(group=group).count()
    assert (launched, members, group.meetings.count()) == (True, 18, 9)
    steps = [*second.did, *first.did]
    tell(capsys, f"23 decisions to a launched group: {len(steps)} steps: {'  '.join(steps)}")
    assert len(steps) <= MOST_STEPS


def launch(clerk: Walker) -> None:
    clerk.send(
        "保存して、発会式へ進む", name="あおい会", kana="アオイカイ", slug="aoi", introduction="18社です。"
    )
    clerk.send("保存して、役員・助言者へ進む").send("保存して、定例会へ進む")
    clerk.send("この決まりで日を出す").send("保存して、招待へ進む").send("保存して、確かめる")
    clerk.send("発会する").follow("発会の名簿（PDF）").follow("グループのページへ")
    clerk.follow("会合の予定・案内・出席・議事録")
