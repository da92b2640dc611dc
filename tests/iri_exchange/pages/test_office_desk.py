"""The office's desk: what is due, what is worth a look, figures that lead to what they count."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from groups import memberships
from tests.factories import (
    make_application,
    make_company,
    make_group,
    make_meeting,
    make_membership,
    make_office,
    make_officer,
    make_person,
    make_round,
)
from tests.groups.batches import make_batch
from tests.strictness import parse_strictly


@pytest.fixture
def group(group):
    """Has somebody in an office; what the desk says otherwise has tests of its own."""
    make_officer(group, make_person())
    return group


def desk(actor):
    return actor.client.get(reverse("office_desk"))


def test_an_unfinished_import_waits_on_the_desk(staff, group):
    batch = make_batch(group, staff.user, "previewed")

    [due] = desk(staff).context["dues"]

    assert (due.what, due.url, due.is_late) == (
        "けやき会の名簿の取込を終える",
        reverse("import_preview", args=[batch.pk]),
        True,
    )


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("reading", "けやき会の名簿：読み取り中"),
        ("writing", "けやき会の名簿：取込中"),
        ("undoing", "けやき会の名簿：取り消し中"),
    ],
)
def test_work_under_way_is_named_and_waits_for_nobody(staff, group, state, what):
    make_batch(group, None, state)

    [due] = desk(staff).context["dues"]

    assert (due.what, due.action, due.is_late) == (what, "ようすを見る", False)


@pytest.mark.parametrize("state", ["committed", "undone", "discarded"])
def test_a_finished_import_is_not_on_the_desk(staff, group, state):
    make_batch(group, staff.user, state)

    assert desk(staff).context["dues"] == []


def test_what_waits_stands_above_what_goes_on_by_itself(staff, group):
    for state in ("reading", "previewed", "writing"):
        make_batch(group, staff.user, state)

    assert [due.is_late for due in desk(staff).context["dues"]] == [True, False, False]


def test_a_file_that_came_by_the_command_names_nobody(staff, group):
    make_batch(group, None, "previewed", filename="meibo.xlsx")

    [due] = desk(staff).context["dues"]

    assert due.why == "meibo.xlsxは、まだ取り込まれていません。"


@pytest.mark.parametrize(("until", "is_due"), [((2026, 12, 31), True), ((2027, 3, 31), False)])
def test_terms_that_end_soon_without_a_successor_are_due(staff, group, until, is_due):
    make_officer(
        group, make_person(), role="chair", since=datetime.date(2025, 4, 1), until=datetime.date(*until)
    )

    assert [due.what for due in desk(staff).context["dues"]] == (
        ["けやき会の次の役員を確かめる"] if is_due else []
    )


def test_terms_of_many_groups_that_end_on_one_day_are_one_thing_to_do(staff, group, launched_group):
    """The terms of a group in its launch year are told by the list of its handover."""
    days = {"since": datetime.date(2025, 4, 1), "until": datetime.date(2026, 12, 31)}
    for each in (group, launched_group, *(make_group(name=f"森{number}会") for number in range(3))):
        make_officer(each, make_person(), role="chair", **days)

    [due] = desk(staff).context["dues"]

    assert due.what == "4グループの次の役員を確かめる"
    assert staff.client.get(due.url).status_code == 200


def test_a_known_successor_quiets_the_desk(staff, group):
    make_officer(
        group, make_person(), role="chair", since=datetime.date(2025, 4, 1), until=datetime.date(2026, 12, 31)
    )
    make_officer(group, make_person(), role="chair", since=datetime.date(2027, 1, 1))

    assert desk(staff).context["dues"] == []


def test_groups_without_any_officer_are_due_by_name_as_long_as_they_are_few(staff, group, launched_group):
    assert desk(staff).context["dues"] == []
    alone = [make_group(name=f"ひとり{number}会") for number in range(4)]

    [due] = desk(staff).context["dues"]

    assert (due.what, due.is_late) == ("役員のいない4グループの役員を登録する", True)
    assert due.why.startswith("ひとり0会、ひとり1会、ひとり2会、ほか。")
    make_officer(alone[0], make_person())
    dues = desk(staff).context["dues"]
    assert [due.what for due in dues] == [
        f"役員のいないグループ：{each}の役員を登録する" for each in alone[1:]
    ]


@pytest.mark.parametrize(
    ("closes_on", "results_on", "what", "day", "is_late"),
    [
        ("2026-11-30", None, "多摩の募集：応募2件", "2026-11-30", False),
        ("2026-11-20", "2026-12-04", "多摩の募集の結果を決めて、お知らせする", "2026-12-04", False),
        ("2026-11-20", None, "多摩の募集の結果を決めて、お知らせする", "2026-11-20", True),
    ],
)
def test_a_call_is_due_until_its_results_are_announced(
    staff, group, office, closes_on, results_on, what, day, is_late
):
    days = {"closes_on": closes_on, "results_on": results_on}
    days = {name: on and datetime.date.fromisoformat(on) for name, on in days.items()}
    call = make_round(office=office, **days)
    for decision in ("", "accept"):
        make_application(call, decision=decision, decided_by=staff.user if decision else None)

    [due] = desk(staff).context["dues"]

    assert (due.what, due.day.isoformat(), due.is_late) == (what, day, is_late)
    assert due.why.endswith("採否がまだ決まっていない応募が1件あります。")
    assert due.url == reverse("round_inbox", args=[call.pk])


def test_signals_name_the_groups_or_lead_to_the_list_they_count(staff, group):
    make_membership(group, company=make_company(kana=""))

    signals = {signal.what: signal for signal in desk(staff).context["signals"]}

    assert signals["会員が12を下回ったグループ"].groups == [group]
    gap = signals["フリガナのない会員"]
    assert (gap.count, gap.url) == (1, reverse("office_members") + "?gap=kana")
    assert staff.client.get(gap.url).context["page"].paginator.count == 1


def test_figures_count_what_their_lists_show(staff, group, launched_group):
    resting = make_membership(group)
    make_membership(launched_group)
    memberships.rest(membership=resting, since=datetime.date(2026, 10, 1))

    context = desk(staff).context

    assert (context["group_count"], context["member_count"], context["on_leave"]) == (2, 2, 1)
    assert context["stages"] == [("launched", "発足年度", 1), ("self_managed", "自主運営", 1)]
    page = staff.client.get(reverse("office_members"), {"status": "on_leave"}).context["page"]
    assert [membership.pk for membership in page] == [resting.pk]


def test_every_figure_is_that_of_the_list_it_links_to(staff, group, launched_group):
    memberships.rest(membership=make_membership(group), since=datetime.date(2026, 10, 1))
    for stage in ("dormant", "forming", "dissolved"):
        make_membership(make_group(stage=stage))

    links = parse_strictly(desk(staff).content).findall(".//div[@class='figures']/a")

    assert [link.findtext("b") for link in links] == ["2", "1", "1", "4", "1"]
    for link in links:
        context = staff.client.get(link.get("href")).context
        listed = context["page"].paginator.count if "page" in context else context["total"]["groups"]
        assert link.findtext("b") == str(listed), link.get("href")


def test_the_title_block_counts_the_groups_of_the_readers_own_office(staff, group, launched_group):
    make_group(office=make_office())

    answer = desk(staff)

    assert (answer.context["own_count"], answer.context["group_count"]) == (2, 3)
    assert "<dt>担当</dt><dd>2グループ</dd>" in answer.content.decode()


def test_meetings_of_the_launch_year_are_the_offices_work(staff, group, launched_group):
    """A group that runs itself does its own."""
    over = make_meeting(launched_group, datetime.date(2026, 11, 18))
    make_meeting(group, datetime.date(2026, 11, 18))

    [due] = [due for due in desk(staff).context["dues"] if "定例会" in due.what]

    assert (due.what, due.url, due.is_late) == (
        "あけぼの会の第1回 定例会：出席をとる",
        reverse("attendance", args=[over.pk]),
        True,
    )


@pytest.mark.parametrize("hour", [0, 8, 23])
def test_a_file_came_on_the_day_it_was_in_tokyo(staff, group, hour):
    with time_machine.travel(datetime.datetime(2026, 11, 25, hour, 0, tzinfo=ZoneInfo("Asia/Tokyo"))):
        make_batch(group, staff.user, "previewed")

    [due] = desk(staff).context["dues"]

    assert due.day == datetime.date(2026, 11, 25)


@pytest.mark.parametrize("number", [1, 10])
def test_the_desk_asks_as_much_for_ten_groups_as_for_one(staff, django_assert_num_queries, number):
    for _ in range(number):
        make_membership(make_group())

    with django_assert_num_queries(26):
        desk(staff)


@pytest.mark.parametrize("who", ["member", "secretary", "adviser", "left_member"])
def test_the_desk_is_the_offices(request, who):
    assert desk(request.getfixturevalue(who)).status_code == 403
