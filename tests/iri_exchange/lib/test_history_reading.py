"""Histories read back in words, step by step, whoever's they are."""

import datetime

import pytest
import time_machine
from django.db.models import Q

from groups.models import Group, MembershipStatus
from iri_exchange.lib import history
from iri_exchange.lib.history_reading import (
    EMPTY,
    GONE,
    MOST_ROWS,
    Change,
    Source,
    differences,
    entries,
    latest,
    newest,
    steps,
)
from members.models import Company, FormerName
from tests.conftest import NOW
from tests.factories import make_company, make_group, make_membership, make_office

pytestmark = pytest.mark.django_db


def nobody(model, ids):
    return {}


def source(record, *told, **also):
    return Source(type(record), Q(id=record.pk), told, **also)


def later(seconds):
    return time_machine.travel(NOW + datetime.timedelta(seconds=seconds))


def save(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def changes(entry):
    return [(each.label, each.old, each.new) for one in entry.told for each in one.changes]


def test_values_are_told_as_people_read_them():
    group = make_group()
    office = make_office(name="本部")
    (was,) = latest(Group, group.pk)
    save(
        group,
        office=office,
        accepts_visits=False,
        meeting_weekday=4,
        meeting_time=datetime.time(15, 0),
        officers_run_meetings_from=datetime.date(2019, 5, 1),
        room="green",
        introduction="はじめ",
    )
    told = source(group, *(each.name for each in was.tracked_fields if each.name != "id"))
    names = {office.pk: "本部"}
    assert [tuple(vars(each).values()) for each in differences(told, was, group, lambda _, ids: names)] == [
        ("拠点", GONE, "本部"),
        ("紹介文", EMPTY, "はじめ"),
        ("見学を受け付ける", "はい", "いいえ"),
        ("色", "鋼", "深緑"),
        ("定例会の曜日", EMPTY, "金曜日"),
        ("定例会の時刻", EMPTY, "15:00"),
        ("役員が定例会を運営する日", EMPTY, "令和元年5月1日"),
    ]
    assert differences(told, group, group, nobody) == []


def test_a_long_text_is_known_as_one():
    assert [
        Change("", old, new).is_long for old, new in [("短い", "短い"), ("あ" * 41, ""), ("", "一\n二")]
    ] == [
        False,
        True,
        True,
    ]


def test_what_is_saved_within_two_seconds_by_one_is_one_step():
    company = make_company()
    for seconds, reason in [(10, ""), (11, ""), (12, "直し"), (30, ""), (31, "別"), (33.5, "別")]:
        with later(seconds), history.step(reason):
            save(company, phone=f"03-0000-{int(seconds * 10):04}")
    told = source(company, "phone")
    assert [(step.reason, step.count) for step in steps([told])] == [
        ("別", 1),
        ("別", 1),
        ("", 1),
        ("直し", 1),
        ("", 2),
        ("", 1),
    ]
    (first, *_) = entries([told], steps([told]), nobody)
    assert changes(first) == [("電話", "03-0000-0310", "03-0000-0335")]


def test_a_record_of_several_models_is_one_history_and_says_what_became_of_each():
    company = make_company()
    with later(10):
        former = FormerName.objects.create(company=company, name="旧", until=datetime.date(2020, 4, 1))
    with later(20):
        save(former, name="ふるい名")
        save(company, fax="03-0000-0001")
    with later(30):
        former.delete()
    both = [
        source(company, "name", "fax"),
        Source(
            FormerName, Q(company_id=company.pk), ("name", "until"), lambda row, _: f"旧社名「{row.name}」"
        ),
    ]
    found = entries(both, steps(both), nobody)
    assert [[(one.kind, one.what) for one in entry.told] for entry in found] == [
        [("-", "旧社名「ふるい名」（令和2年4月1日まで）")],
        [("~", ""), ("~", "旧社名「ふるい名」")],
        [("+", "旧社名「旧」（令和2年4月1日まで）")],
        [("+", "")],
    ]
    assert changes(found[1]) == [("FAX", EMPTY, "03-0000-0001"), ("旧社名", "旧", "ふるい名")]
    assert changes(found[3]) == [("企業名", "", company.name)]
    assert [entry.version for entry in found] == [
        None,
        company.history.order_by("history_id").last().history_id,
        None,
        company.history.order_by("history_id").first().history_id,
    ]


def test_fields_that_are_not_told_leave_no_trace():
    company = make_company()
    with later(10):
        save(company, pr="ないしょ")
    with later(20):
        save(company)
    assert len(steps([source(company, "phone")])) == 3
    assert len(entries([source(company, "phone")], steps([source(company, "phone")]), nobody)) == 1
    assert len(newest(source(company, "phone"), 3, nobody)) == 1
    assert [changes(entry) for entry in newest(source(company, "pr"), 2, nobody)] == [
        [("ひとことPR", EMPTY, "ないしょ")]
    ]
    assert newest(source(company, "pr"), 5, nobody)[-1].told[0].kind == "+"


def test_a_step_of_many_rows_is_counted_by_the_database(django_assert_max_num_queries):
    group = make_group()
    with later(10), history.step("まとめて"):
        for _ in range(MOST_ROWS + 1):
            make_membership(group)
    many = [Source(MembershipStatus, Q(), ("state",), lambda row, _: row.state)]
    with django_assert_max_num_queries(1):
        (step,) = steps(many)
    with django_assert_max_num_queries(0):
        (entry,) = entries(many, [step], nobody)
    assert (step.count, entry.told) == (MOST_ROWS + 1, ())


def test_two_steps_of_the_same_moment_by_different_people_keep_apart(staff, member):
    company = Company.objects.get(pk=member.membership.company_id)
    with later(10):
        for actor, phone in ((staff, "03-0000-0001"), (member, "03-0000-0002")):
            with history.step("", by=actor.user):
                save(company, phone=phone)
    told = [source(company, "phone")]
    found = entries(told, steps(told)[:2], nobody)
    assert {entry.step.user_id: changes(entry)[0][2] for entry in found} == {
        staff.user.pk: "03-0000-0001",
        member.user.pk: "03-0000-0002",
    }
